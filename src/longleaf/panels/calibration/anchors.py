"""The verbs on anchors: draft one, read it to set its levels, put it in use, replace it, retire it.

Whoever sets the levels reads the work at the desk like any reader, without seeing what the others found. The levels
stand where enough readers agree on every criterion; else a lead assessor who has read it decides, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.dates import end_of_day
from longleaf.kit.numbers import number
from longleaf.kit.status import require_move
from longleaf.panels.access import may_be_asked_to_set
from longleaf.panels.calibration.access import require_lead
from longleaf.panels.calibration.checking import open_check
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.errors import LevelsNotSet, NotLeadAssessor, ReasonMissing
from longleaf.panels.events import Event
from longleaf.panels.models import Anchor, Assignment, CheckReading, RubricEdition
from longleaf.panels.status import ANCHOR_MOVES, AnchorStatus, AnchorUse, AssignmentStatus, Purpose

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

SETTING_TAKES = timedelta(days=30)


@transaction.atomic
def draft(
    *,
    edition: RubricEdition,
    evidence: str,
    title: str,
    use: AnchorUse,
    barred_people: Iterable[Person] = (),
    barred_organisations: Iterable[Organisation] = (),
    replaces: Anchor | None = None,
    like: Anchor | None = None,
    acting_person: Person,
) -> Anchor:
    """Make an anchor of a piece of work. `evidence` is the reference under which the calling app keeps it.

    Whoever is barred knows the work, such as its author and those who read it before, and never gets it; so does
    whoever is barred from the anchor that this one `replaces`, or of which it is made anew for a later text (`like`).
    Raises `NotLeadAssessor`, and `ReasonMissing` for an anchor without a title.
    """
    require_lead(acting_person, edition)
    if not title.strip():
        sentence = "Give it a title by which lead assessors know it. Readers never see it."
        raise ReasonMissing(sentence, fields={"title": sentence})
    known = [each for each in (replaces, like) if each]
    anchor = Anchor.objects.create(
        edition_id=edition.standard_id,
        evidence=evidence,
        title=title.strip(),
        use=use,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        barred_people=sorted(
            {person.ref for person in barred_people}
            | {acting_person.ref}
            | {ref for each in known for ref in each.barred_people}
        ),
        barred_organisations=sorted(
            {organisation.pk for organisation in barred_organisations}
            | {key for each in known for key in each.barred_organisations}
        ),
    )
    data = {"use": use.value, "version": anchor.version, **({"like": like.ref} if like else {})}
    _record(Event.ANCHOR_DRAFTED, anchor, acting_person, data)
    return anchor


@transaction.atomic
def read_to_set(*, anchor: Anchor, acting_person: Person) -> Assignment:
    """Open the reading in which somebody says what they find in an anchor; the same one when asked again.

    Raises `NotLeadAssessor` for anybody who is neither an assessor nor a lead of the pool, and `WrongState` for an
    anchor that is in use.
    """
    held = _lock(anchor)
    if not may_be_asked_to_set(acting_person, held.edition.pool_id):
        raise NotLeadAssessor("Only assessors and lead assessors of this pool set the levels of its anchors.")
    known = CheckReading.objects.filter(anchor=held, reader=acting_person, purpose=Purpose.SETTING).first()
    if known is not None:
        return Assignment.objects.get(panel=known.panel_id)
    _require_draft(held)
    held.barred_people = sorted({*held.barred_people, acting_person.ref})
    held.save(update_fields=["barred_people"])
    now = timezone.now()
    return open_check(
        purpose=Purpose.SETTING,
        reader=acting_person,
        edition=held.edition,
        anchor=held,
        due_at=end_of_day(now + SETTING_TAKES),
        now=now,
    )


@transaction.atomic
def put_in_use(*, anchor: Anchor, because: str = "", acting_person: Person) -> Anchor:
    """Let the levels stand that its readers found. What it replaces is retired.

    Raises `LevelsNotSet` where too few have read it, or they differ and the gate lets no lead decide or the lead has
    not read it; `ReasonMissing` where the lead decides and does not say why.
    """
    held = _lock(anchor)
    require_lead(acting_person, held.edition)
    require_move(ANCHOR_MOVES, AnchorStatus(held.status), AnchorStatus.IN_USE, what="This anchor")
    readings = _finished(held)
    gate = gate_for(held.edition)
    if len(readings) >= gate.agreeing and _agree(readings):
        held.truth, held.set_by = _truth(readings), sorted(reading.rater.ref for reading in readings)
    else:
        own = _decided_by(acting_person, readings, may_decide=gate.lead_decides, agreeing=gate.agreeing)
        _require_reason(because)
        held.truth, held.set_by, held.set_because = _truth([own]), [acting_person.ref], because.strip()
    held.status, held.in_use_since = AnchorStatus.IN_USE, timezone.now()
    held.save()
    levels = {code: each["level"] for code, each in held.truth.items()}
    _record(Event.ANCHOR_IN_USE, held, acting_person, {"set_by": held.set_by, "levels": levels})
    if held.replaces and held.replaces.status == AnchorStatus.IN_USE:
        retire(anchor=held.replaces, because=f"Replaced by version {held.version}.", acting_person=acting_person)
    return held


@transaction.atomic
def retire(*, anchor: Anchor, because: str, acting_person: Person | None) -> Anchor:
    """Take an anchor out of use. Readings of it that are under way go on and count."""
    held = _lock(anchor)
    if acting_person is not None:
        require_lead(acting_person, held.edition)
    _require_reason(because)
    require_move(ANCHOR_MOVES, AnchorStatus(held.status), AnchorStatus.RETIRED, what="This anchor")
    held.status, held.retired_at, held.retired_because = AnchorStatus.RETIRED, timezone.now(), because.strip()
    held.save(update_fields=["status", "retired_at", "retired_because"])
    _record(Event.ANCHOR_RETIRED, held, acting_person, {"because": held.retired_because})
    return held


def retire_those_of(*, evidence: str, because: str) -> int:
    """Retire every anchor that was made of a piece of work, for instance when its author takes it back."""
    alive = Anchor.objects.filter(evidence=evidence).exclude(status=AnchorStatus.RETIRED)
    return len([retire(anchor=each, because=because, acting_person=None) for each in alive])


def subject_of(anchor: Anchor) -> str:
    """How the journal names an anchor. Lead assessors read these lines; nobody else does."""
    return f"anchor:{anchor.ref}"


def _finished(anchor: Anchor) -> list[Assignment]:
    checks = anchor.check_readings.filter(purpose=Purpose.SETTING)
    found = Assignment.objects.filter(panel__check_reading__in=checks, status=AssignmentStatus.SUBMITTED)
    return list(found.select_related("rater").prefetch_related("ratings").order_by("pk"))


def _agree(readings: Sequence[Assignment]) -> bool:
    given = [{rating.criterion: rating.level for rating in reading.ratings.all()} for reading in readings]
    return all(each == given[0] for each in given)


def _truth(readings: Iterable[Assignment]) -> dict[str, Any]:
    """Each criterion's level, with what was written about it, in an order that tells no hand."""
    truth: dict[str, Mapping[str, Any]] = {}
    said: dict[str, set[str]] = {}
    for reading in readings:
        for rating in reading.ratings.all():
            said.setdefault(rating.criterion, set()).add(rating.comment.strip())
            words = "\n\n".join(sorted(said[rating.criterion] - {""}))
            truth[rating.criterion] = {"level": rating.level, "rationale": words}
    return dict(truth)


def _decided_by(lead: Person, readings: Sequence[Assignment], *, may_decide: bool, agreeing: int) -> Assignment:
    own = next((reading for reading in readings if reading.rater_id == lead.pk), None)
    if own is None or not may_decide:
        raise LevelsNotSet(
            f"{number(agreeing, 'reader')} have to agree on every criterion"
            + (", or a lead assessor who has read it decides. Read it first." if may_decide else ".")
        )
    return own


def _require_reason(because: str) -> None:
    if not because.strip():
        sentence = "Say in a few words why."
        raise ReasonMissing(sentence, fields={"because": sentence})


def _require_draft(anchor: Anchor) -> None:
    if anchor.status != AnchorStatus.DRAFT:
        raise LevelsNotSet("Its levels are set. A new version of it can be made instead.")


def _lock(anchor: Anchor) -> Anchor:
    rows = Anchor.objects.select_for_update(of=("self",))
    return rows.select_related("edition__pool", "edition__rubric", "replaces").get(pk=anchor.pk)


def _record(event: Event, anchor: Anchor, acting_person: Person | None, data: Mapping[str, Any]) -> None:
    record(event, actor=acting_person, subject=subject_of(anchor), data={"rubric": anchor.edition.ref, **data})
