"""The verb on decisions: record what an agency decided. Reviews by panels will end in this same call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.journal.recording import record
from longleaf.quality import stating
from longleaf.quality.access import may_decide
from longleaf.quality.errors import DecisionChanged, MayNotDecide
from longleaf.quality.events import Event
from longleaf.quality.models import Instrument, QualityDecision
from longleaf.quality.status import Judges, Outcome

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person, State

# What the decision is. The other fields say how sure we are of it, and may be mended.
DECISIVE = ("outcome", "valid_until", "scope", "families", "pathways", "conditions")


@transaction.atomic
def record_decision(
    *,
    state: State,
    decided_by: Organisation,
    outcome: Outcome,
    valid_from: date,
    acting_person: Person | None,
    version: Version | None = None,
    organisation: Organisation | None = None,
    valid_until: date | None = None,
    instrument: Instrument | None = None,
    scope: str = "",
    families: Iterable[str] = (),
    pathways: Iterable[str] = (),
    conditions: str = "",
    follows: QualityDecision | None = None,
    standing: str = "official",
    source_ids: Iterable[str] = (),
    note: str = "",
    anew: bool = False,
) -> QualityDecision:
    """Record a decision on a version of a micro-credential or on an organisation: exactly one of the two.

    As what an organisation is judged is told by the instrument; without one it is judged as an issuer. `follows` is the
    decision on an issuer because of which this one on a version was taken.
    Whatever recognises is signed by the organisation that decided, as a statement of its own (`quality.stating`). The
    same decision again changes nothing and returns what is there. Without an acting person the system records it,
    as when a pack is loaded. Raises `MayNotDecide`, and `DecisionChanged` where the same organisation decided otherwise
    from the same day on: a decision is not changed, a later one takes its place. Whoever asked what holds, and so knows
    that this is a later one, says so with `anew`; then it takes the place of one of the same day as well.
    """
    if acting_person is not None and not may_decide(acting_person, decided_by):
        raise MayNotDecide
    decision = QualityDecision(
        state=state,
        version=version,
        organisation=organisation,
        decided_by=decided_by,
        instrument=instrument,
        outcome=outcome,
        valid_from=valid_from,
        valid_until=valid_until,
        judged_as=_judged_as(organisation, instrument),
        scope=scope,
        families=sorted(families),
        pathways=sorted(pathways),
        conditions=conditions,
        follows=follows,
        standing=standing,
        source_ids=list(source_ids),
        note=note,
    )
    before = None if anew else _same_day(decision)
    if before is not None:
        decision = _mended(before, decision)
    else:
        decision.full_clean()
        decision.save(force_insert=True)
        record(Event.DECISION_RECORDED, actor=acting_person, subject=_subject(decision), data=_data(decision))
    stating.keep_up(decision=decision, acting_person=acting_person)
    return decision


def _same_day(decision: QualityDecision) -> QualityDecision | None:
    same = {"decided_by": decision.decided_by, "valid_from": decision.valid_from}
    decided = QualityDecision.objects.select_for_update().filter(**same)
    subject = {"version": decision.version, "organisation": decision.organisation, "judged_as": decision.judged_as}
    found = list(decided.filter(**subject).order_by("pk"))
    # Where there are several of that day, a pack that is loaded again means the one that says the same.
    alike = (each for each in found if not _changed(each, decision))
    return next(alike, found[0] if found else None)


def _judged_as(organisation: Organisation | None, instrument: Instrument | None) -> Judges:
    if organisation is None:
        return Judges.DESIGN
    return Judges(instrument.judges) if instrument else Judges.AGENCY


def _changed(before: QualityDecision, now: QualityDecision) -> list[str]:
    return [name for name in DECISIVE if getattr(before, name) != getattr(now, name)]


def _mended(before: QualityDecision, now: QualityDecision) -> QualityDecision:
    changed = _changed(before, now)
    if changed:
        raise DecisionChanged(
            f"{now.decided_by} already decided on {_subject(now)} from {now.valid_from} on, with another "
            f"{' and another '.join(changed).replace('_', ' ')}. A decision is not changed: record a later one."
        )
    for name in ("instrument", "standing", "source_ids", "note"):
        setattr(before, name, getattr(now, name))
    before.save(update_fields=["instrument", "standing", "source_ids", "note"])
    return before


def _subject(decision: QualityDecision) -> str:
    if decision.version:
        return f"micro-credential:{decision.version.micro_credential.slug}"
    return f"organisation:{decision.organisation.code}" if decision.organisation else "nothing"


def _data(decision: QualityDecision) -> dict[str, object]:
    as_what = {} if decision.version else {"judged_as": decision.judged_as}
    runs = {"pathways": decision.pathways} if decision.pathways else {}
    return {
        **as_what,
        **runs,
        "outcome": decision.outcome,
        "version": decision.version.number if decision.version else None,
        "decided_by": decision.decided_by.code,
        "valid_from": decision.valid_from.isoformat(),
        "valid_until": decision.valid_until.isoformat() if decision.valid_until else None,
        "instrument": str(decision.instrument) if decision.instrument else None,
    }
