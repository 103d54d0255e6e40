"""Reads: where an assessor stands, what a check showed, and what a lead assessor looks after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.engines.rubrics import Criterion, Rubric
from longleaf.panels.calibration.access import (
    certifications_led_by,
    checks_known_to,
    editions_led_by,
    editions_open_to,
    may_lead,
)
from longleaf.panels.calibration.asking import AskedNow, asked_of
from longleaf.panels.calibration.back_reading import still_to_draw
from longleaf.panels.calibration.gates import Gate
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.calibration.lopsided import passed_by_habit
from longleaf.panels.calibration.testing import Opening, may_tell_levels, opening_of, trained_on
from longleaf.panels.errors import NoSuchCertification
from longleaf.panels.instruments import rubric_of_edition
from longleaf.panels.models import (
    Anchor,
    Assignment,
    Certification,
    CheckReading,
    DriftAlarm,
    Panel,
    RubricEdition,
    Sitting,
)
from longleaf.panels.status import (
    AT_WORK,
    AnchorStatus,
    AnchorUse,
    AssignmentStatus,
    CertificationStatus,
    Purpose,
    Source,
)

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class OwnStanding:
    """Where an assessor stands with one rubric, and what they can do next."""

    edition: RubricEdition
    asked: AskedNow
    certification: Certification | None
    trained: int
    opening: Opening | None
    sitting: Sitting | None

    @property
    def gate(self) -> Gate:
        return self.asked.gate

    @property
    def to_train_on(self) -> int:
        return self.asked.training

    @property
    def has_begun(self) -> bool:
        """Whether they did something here themselves; whoever only reads is watched without it."""
        return self.status not in {None, CertificationStatus.UNCERTIFIED}

    @property
    def waits_for_anchors(self) -> bool:
        """Whether there is nothing to do yet, because nobody can be certified and there is no sample to train on."""
        return bool(self.asked.nobody_yet) and not self.has_begun and not self.to_train_on

    @property
    def status(self) -> CertificationStatus | None:
        return CertificationStatus(self.certification.status) if self.certification else None

    @property
    def is_certified(self) -> bool:
        return self.status is CertificationStatus.CERTIFIED

    @property
    def may_train(self) -> bool:
        return bool(self.to_train_on) and self.status in {
            None,
            CertificationStatus.UNCERTIFIED,
            CertificationStatus.IN_TRAINING,
            CertificationStatus.LAPSED,
            CertificationStatus.CERTIFIED,
        }


@dataclass(frozen=True)
class Held:
    """One criterion of a check: what its reader gave, and what it is held against."""

    criterion: Criterion
    given: str
    true: str
    steps: int
    rationale: str

    @property
    def direction(self) -> str:
        """`as`, `above` or `below`."""
        return "as" if self.steps == 0 else "above" if self.steps > 0 else "below"


@dataclass(frozen=True)
class LedStandard:
    """A rubric of a pool as its lead assessor sees it."""

    edition: RubricEdition
    asked: AskedNow
    people: Mapping[str, int]
    alarms: int


@dataclass(frozen=True)
class Reader:
    """Somebody who reads by a rubric: where they stand, and what was seen of them lately, by source."""

    certification: Certification
    alarm: DriftAlarm | None
    to_read_again: int


@dataclass(frozen=True)
class Seen:
    """What was seen of somebody on one criterion from one source."""

    source: Source
    criterion: str
    of: int
    exact: int
    mean: float


def own_standings(person: Person) -> list[OwnStanding]:
    """Every rubric of the pools that somebody reads for, with where they stand. What was begun is asked one by one."""
    editions = list(editions_open_to(person).select_related("pool", "rubric").order_by("title", "-number"))
    held = {each.edition_id: each for each in _own_certifications(person)}
    newest: set[tuple[int, str, str]] = set()
    asked = asked_of(editions)
    shown = []
    for edition in editions:
        scope = (edition.pool_id, edition.kind, edition.instrument)
        # An older text is of interest only to those who hold something for it.
        if scope in newest and edition.pk not in held:
            continue
        newest.add(scope)
        shown.append(_standing(edition, asked[edition.pk], held.get(edition.pk)))
    # Where nothing is asked and nothing is there to train on, all there is to tell is that nobody is certified yet.
    return [
        each for each in shown if each.has_begun or each.asked.is_required or each.to_train_on or each.waits_for_anchors
    ]


def own_edition(person: Person, ref: str) -> RubricEdition:
    """A rubric that somebody may train for. Raises `NoSuchCertification` for any other."""
    found = editions_open_to(person).select_related("pool", "rubric").filter(ref=ref).first()
    if found is None:
        raise NoSuchCertification
    return found


def own_certification(person: Person, ref: str) -> Certification:
    """Somebody's own standing. Raises `NoSuchCertification` for any other."""
    found = _own_certifications(person).filter(ref=ref).first() if person.is_authenticated else None
    if found is None:
        raise NoSuchCertification
    return found


def own_check(person: Person, ref: str) -> tuple[Assignment, CheckReading]:
    """A check of which somebody knows that it is one. Raises `NoSuchCertification` for every other reading alike."""
    known = checks_known_to(person).select_related("anchor", "sitting", "certification", "read_again__panel__rubric")
    seat = Assignment.objects.select_related("panel__rubric", "panel__edition__rubric").filter(ref=ref).first()
    check = known.filter(panel=seat.panel_id).first() if seat else None
    if seat is None or check is None:
        raise NoSuchCertification
    return seat, check


def own_sitting(person: Person, ref: str) -> Sitting:
    """Somebody's own test. Raises `NoSuchCertification` for any other."""
    found = Sitting.objects.select_related("certification__edition__rubric").filter(
        ref=ref, certification__person=person.pk
    )
    sitting = found.first()
    if sitting is None:
        raise NoSuchCertification
    return sitting


def readings_in(sitting: Sitting) -> list[Assignment]:
    """The readings of a test, in the order in which they were drawn."""
    found = Assignment.objects.filter(panel__check_reading__sitting=sitting)
    return list(found.select_related("panel").order_by("pk"))


def sittings_of(certification: Certification) -> list[Sitting]:
    """Every test of somebody, the newest first."""
    return list(certification.sittings.order_by("-begun_at"))


def what_it_showed(seat: Assignment, check: CheckReading) -> list[Held] | None:
    """How a finished check compares, criterion by criterion; None while that would tell too early.

    A training reading compares at once, a back-reading with what the assessor had found, and a test when nobody can
    pass one from memory (`testing.may_tell_levels`). Whoever sets an anchor's levels is shown nothing.
    """
    if seat.status != AssignmentStatus.SUBMITTED or check.purpose == Purpose.SETTING:
        return None
    if check.purpose == Purpose.TEST and not (check.certification and may_tell_levels(check.certification)):
        return None
    return _compared(seat, check)


def _compared(seat: Assignment, check: CheckReading) -> list[Held] | None:
    rubric = rubric_of_edition(check.certification.edition) if check.certification else None
    if rubric is None:
        return None
    given = {rating.criterion: rating.level for rating in seat.ratings.all()}
    if check.read_again is not None:
        first = {rating.criterion: rating for rating in check.read_again.ratings.all()}
        return _held(rubric, {code: each.level for code, each in first.items()}, given, _comments(seat))
    truth = check.anchor.truth if check.anchor else {}
    levels = {code: each["level"] for code, each in truth.items()}
    return _held(rubric, given, levels, {code: each["rationale"] for code, each in truth.items()})


def differences_in(sitting: Sitting) -> list[tuple[Assignment, list[Held]]]:
    """The readings of a closed test in which something differed, with what; none while that would tell too early."""
    if not may_tell_levels(sitting.certification):
        return []
    checks = {each.panel_id: each for each in sitting.check_readings.select_related("anchor", "certification__edition")}
    shown = []
    for seat in readings_in(sitting):
        found = _compared(seat, checks[seat.panel_id]) if seat.status == AssignmentStatus.SUBMITTED else None
        differ = [each for each in found or [] if each.steps]
        if differ:
            shown.append((seat, differ))
    return shown


def led_standards(person: Person) -> list[LedStandard]:
    """Every rubric of the pools that somebody leads, with counts, in a constant number of queries."""
    editions = list(editions_led_by(person).filter(same_as__isnull=True).select_related("pool", "rubric"))
    asked = asked_of(editions)
    people = Counter(Certification.objects.filter(edition__in=editions).values_list("edition", "status"))
    alarms = Counter(
        DriftAlarm.objects.filter(certification__edition__in=editions, looked_at__isnull=True).values_list(
            "certification__edition", flat=True
        )
    )
    return [
        LedStandard(
            edition=each,
            asked=asked[each.pk],
            people={status: number for (pk, status), number in people.items() if pk == each.pk},
            alarms=alarms[each.pk],
        )
        for each in sorted(editions, key=lambda each: (each.title, -each.number))
    ]


def led_edition(person: Person, ref: str) -> RubricEdition:
    """A rubric of a pool that somebody leads. Raises `NoSuchCertification` for any other."""
    found = editions_led_by(person).select_related("pool", "rubric", "same_as").filter(ref=ref).first()
    if found is None:
        raise NoSuchCertification
    return found


def led_anchor(person: Person, ref: str) -> Anchor:
    """An anchor of a pool that somebody leads. Raises `NoSuchCertification` for any other."""
    found = Anchor.objects.select_related("edition__pool", "edition__rubric").filter(ref=ref).first()
    if found is None or not may_lead(person, found.edition):
        raise NoSuchCertification
    return found


def work_in_use(evidence: Iterable[str]) -> set[str]:
    """Those references of work of which an anchor is made that is not retired, or that a reader still checks on."""
    refs = set(evidence)
    anchors = Anchor.objects.filter(evidence__in=refs).exclude(status=AnchorStatus.RETIRED)
    checks = Panel.objects.filter(evidence__in=refs, assignments__status__in=AT_WORK)
    return {*anchors.values_list("evidence", flat=True), *checks.values_list("evidence", flat=True)}


def led_certification(person: Person, ref: str) -> Certification:
    """The standing of somebody else in a pool that one leads. Raises `NoSuchCertification` for any other."""
    found = certifications_led_by(person).select_related("person", "edition__pool", "edition__rubric")
    held = found.filter(ref=ref).first()
    if held is None:
        raise NoSuchCertification
    return held


def anchors_on(edition: RubricEdition) -> list[Anchor]:
    """The anchors of a rubric: those whose levels are being set, then those in use, then the retired."""
    order = [AnchorStatus.DRAFT, AnchorStatus.IN_USE, AnchorStatus.RETIRED]
    found = Anchor.objects.filter(edition=edition.standard_id)
    return sorted(found, key=lambda each: (order.index(AnchorStatus(each.status)), each.use, each.pk))


def passed_by_habit_on(edition: RubricEdition) -> list[str]:
    """How the test of a rubric is passed without reading, by the anchors in use that it draws from, in words."""
    in_use = Anchor.objects.filter(edition=edition.standard_id, status=AnchorStatus.IN_USE, use=AnchorUse.UNSEEN)
    truths = {each.ref: {code: one["level"] for code, one in each.truth.items()} for each in in_use}
    return passed_by_habit(rubric_of_edition(edition), truths, gate_for(edition).test)


def readers_by(edition: RubricEdition, lead: Person) -> list[Reader]:
    """Everybody with a standing in a rubric but the lead, those with an open alarm first."""
    held = certifications_led_by(lead).filter(edition=edition.standard_id).select_related("person", "edition__pool")
    alarms = {
        each.certification_id: each
        for each in DriftAlarm.objects.filter(certification__in=held, looked_at__isnull=True)
    }
    again = still_to_draw(edition)
    readers = [Reader(each, alarms.get(each.pk), again.get(each.person_id, 0)) for each in held]
    return sorted(readers, key=lambda each: (each.alarm is None, each.certification.person.name))


def seen_of(certification: Certification) -> list[Seen]:
    """What was seen of somebody since they are watched, by source and criterion. For lead assessors alone: whoever is
    watched must not learn which readings were anchors."""
    rows: dict[tuple[str, str], list[float]] = {}
    observed = certification.observations.filter(seen_at__gte=certification.watched_since or timezone.now())
    for source, criterion, error in observed.values_list("source", "criterion", "error"):
        rows.setdefault((source, criterion), []).append(error)
    titles = rubric_of_edition(certification.edition).criterion_by_code
    return [
        Seen(Source(source), titles[criterion].title, len(errors), errors.count(0), fmean(errors))
        for (source, criterion), errors in sorted(rows.items())
    ]


def back_readings_of(lead: Person, certification: Certification) -> list[Assignment]:
    """What a lead is reading again of somebody, or has read again."""
    found = Assignment.objects.filter(
        panel__check_reading__certification=certification,
        panel__check_reading__purpose=Purpose.BACK_READING,
        rater=lead,
    )
    return list(found.select_related("panel").order_by("-pk"))


def _standing(edition: RubricEdition, asked: AskedNow, held: Certification | None) -> OwnStanding:
    return OwnStanding(
        edition=edition,
        asked=asked,
        certification=held,
        trained=trained_on(held) if held else 0,
        opening=opening_of(held, asked.gate, now=timezone.now()) if held else None,
        sitting=held.sittings.filter(closed_at__isnull=True).first() if held else None,
    )


def _own_certifications(person: Person) -> QuerySet[Certification]:
    return Certification.objects.filter(person=person.pk).select_related("edition__pool", "edition__rubric", "person")


def _held(
    rubric: Rubric, given: Mapping[str, str], true: Mapping[str, str], rationale: Mapping[str, str]
) -> list[Held]:
    ranks, titles = rubric.level_by_code, {code: level.title for code, level in rubric.level_by_code.items()}
    return [
        Held(
            criterion=criterion,
            given=titles[given[code]],
            true=titles[true[code]],
            steps=ranks[given[code]].rank - ranks[true[code]].rank,
            rationale=rationale.get(code, ""),
        )
        for code, criterion in rubric.criterion_by_code.items()
        if code in given and code in true
    ]


def _comments(seat: Assignment) -> dict[str, str]:
    return {rating.criterion: rating.comment for rating in seat.ratings.all()}
