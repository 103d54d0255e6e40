"""The verbs of training and of the certification test: draw the next training anchor, begin a test, close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.dates import day, end_of_day
from longleaf.kit.numbers import number
from longleaf.panels.calibration import standing
from longleaf.panels.calibration.checking import close_check, open_check
from longleaf.panels.calibration.choosing import anchors_for
from longleaf.panels.calibration.gates import Gate, gate_from
from longleaf.panels.calibration.gating import gate_document, gate_for
from longleaf.panels.calibration.results import Given, result_of
from longleaf.panels.errors import NoSuchCertification, TestNotOpen, TooFewAnchors
from longleaf.panels.events import Event
from longleaf.panels.instruments import rubric_of_edition
from longleaf.panels.models import Assignment, Certification, CheckReading, Panel, RubricEdition, Sitting
from longleaf.panels.status import AT_WORK, AnchorUse, AssignmentStatus, CertificationStatus, PanelStatus, Purpose

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# Nobody waits for a reading in training, so it may take its time.
TRAINING_TAKES = timedelta(days=30)
MAY_TEST = frozenset({CertificationStatus.IN_TRAINING, CertificationStatus.CERTIFIED})


@dataclass(frozen=True)
class Opening:
    """Whether somebody may begin the test now; else why not, and from when on where time alone is missing."""

    because: str = ""
    not_before: datetime | None = None
    attempts_left: int = 0

    @property
    def is_open(self) -> bool:
        return not self.because


@transaction.atomic
def train(*, edition: RubricEdition, acting_person: Person) -> Assignment:
    """Begin to train for a rubric, or go on: the anchor that comes next. Raises what both steps raise."""
    held = standing.enter_training(edition=edition, acting_person=acting_person)
    return next_in_training(certification=held, acting_person=acting_person)


@transaction.atomic
def next_in_training(*, certification: Certification, acting_person: Person) -> Assignment:
    """The training anchor that somebody is reading, or else the next one. Raises `TooFewAnchors` where none is left."""
    held = _own(certification, acting_person)
    reading = _under_way(held, Purpose.TRAINING).first()
    if reading is not None:
        return reading
    now = timezone.now()
    found = anchors_for(acting_person, held.edition, AnchorUse.TRAINING, key=held.ref)
    if not found:
        raise TooFewAnchors("There is no anchor to train on yet. A lead assessor has to set some.")
    return open_check(
        purpose=Purpose.TRAINING,
        reader=acting_person,
        edition=held.edition,
        anchor=found[0],
        certification=held,
        due_at=end_of_day(now + TRAINING_TAKES),
        now=now,
    )


@transaction.atomic
def begin_test(*, certification: Certification, acting_person: Person) -> Sitting:
    """Begin the test: so many anchors as the gate asks, unseen ones first, without feedback until it is over.

    The test under way is returned as it is. Raises `TestNotOpen` and `TooFewAnchors`.
    """
    held = _own(certification, acting_person)
    going_on = held.sittings.filter(closed_at__isnull=True).first()
    if going_on is not None:
        return going_on
    now, gate = timezone.now(), gate_for(held.edition)
    opening = opening_of(held, gate, now=now)
    if not opening.is_open:
        raise TestNotOpen(opening.because)
    return _sit(held, gate, now)


def opening_of(certification: Certification, gate: Gate, *, now: datetime) -> Opening:
    """Whether the test is open to somebody: trained enough, attempts left, waited long enough."""
    if certification.status == CertificationStatus.UNCERTIFIED:
        return Opening("Train first.")
    if certification.status not in MAY_TEST:
        return Opening("A lead assessor decides first how you go on.")
    trained = trained_on(certification)
    if certification.status == CertificationStatus.IN_TRAINING and trained < gate.training_anchors:
        return Opening(f"Train on {number(gate.training_anchors - trained, 'more anchor')} first.")
    missed = _missed_sittings(certification)
    left = attempts_left(certification, gate)
    if left <= 0:
        return Opening("Every attempt at the test is used. A lead assessor can send you back to training.")
    if missed and missed[0].closed_at:
        open_from = missed[0].closed_at + timedelta(days=gate.test.wait_days)
        if now < open_from:
            return Opening(f"You can try again from {day(open_from)} on.", open_from, left)
    return Opening(attempts_left=left)


def attempts_left(certification: Certification, gate: Gate) -> int:
    """How often somebody may still miss the test."""
    return gate.test.attempts - len(_missed_sittings(certification))


def may_tell_levels(certification: Certification) -> bool:
    """Whether somebody may be shown the true levels of anchors they were tested on: certified and not taking the test
    anew, or without an attempt left. Whoever will be tested again could pass on what they remember.
    """
    if certification.sittings.filter(closed_at__isnull=True).exists():
        return False
    is_certified = certification.status == CertificationStatus.CERTIFIED and not _missed_sittings(certification)
    return is_certified or attempts_left(certification, gate_for(certification.edition)) <= 0


def trained_on(certification: Certification) -> int:
    """How many works somebody has trained on since they were sent to train; the same one twice counts once."""
    done = certification.check_readings.filter(
        purpose=Purpose.TRAINING,
        drawn_at__gte=certification.training_since,
        panel__assignments__status=AssignmentStatus.SUBMITTED,
    )
    return done.values("anchor__evidence").distinct().count()


def close_when_read(sitting: Sitting) -> None:
    """Close a test when its last reading is in. The caller holds the lock of its certificate."""
    if not _readings_of(sitting).filter(status__in=AT_WORK).exists():
        _close(sitting)


def close_ended(*, now: datetime) -> int:
    """Close every test whose time is over, with what was read; returns how many."""
    over = Sitting.objects.filter(closed_at__isnull=True, closes_at__lt=now).values_list("pk", "certification")
    return sum(_close_ended(pk, certification, now) for pk, certification in list(over))


@transaction.atomic
def _close_ended(pk: int, certification: int, now: datetime) -> int:
    # In the order in which a reading is handed in: panels, seats, certificate.
    panels = list(Panel.objects.select_for_update().filter(check_reading__sitting=pk).order_by("pk"))
    seats = Assignment.objects.select_for_update().filter(panel__in=panels, status__in=AT_WORK)
    unread = list(seats.order_by("pk").values_list("pk", flat=True))
    standing.lock(certification)
    sitting = Sitting.objects.filter(pk=pk, closed_at__isnull=True).first()
    if sitting is None:
        return 0
    Assignment.objects.filter(pk__in=unread).update(status=AssignmentStatus.EXPIRED)
    for panel in panels:
        if panel.status == PanelStatus.CHECKING:
            close_check(panel)
    _close(sitting)
    return 1


def draw_instead(sitting: Sitting, *, now: datetime) -> str:
    """Give somebody another anchor in a test that is under way, one whose work they never met; its reference, or ""
    where there is none. The caller holds the lock of the certificate and has taken the other one out."""
    held = sitting.certification
    key = f"{sitting.ref}:{sitting.check_readings.count()}"
    found = anchors_for(held.person, held.edition, AnchorUse.UNSEEN, key=key, unseen_only=True)
    if not found:
        return ""
    open_check(
        purpose=Purpose.TEST,
        reader=held.person,
        edition=held.edition,
        anchor=found[0],
        certification=held,
        sitting=sitting,
        due_at=sitting.closes_at,
        now=now,
    )
    return found[0].ref


def _sit(held: Certification, gate: Gate, now: datetime) -> Sitting:
    found = anchors_for(held.person, held.edition, AnchorUse.UNSEEN, key=f"{held.ref}:{held.sittings.count()}")
    if len(found) < gate.test.anchors:
        raise TooFewAnchors(
            f"The test takes {number(gate.test.anchors, 'anchor')} and there are {len(found)} for you. "
            "A lead assessor has to set more."
        )
    closes_at = end_of_day(now + timedelta(days=gate.test.finish_within_days))
    document = gate_document(held.edition)
    sitting = Sitting.objects.create(certification=held, gate=document, begun_at=now, closes_at=closes_at)
    for anchor in found[: gate.test.anchors]:
        open_check(
            purpose=Purpose.TEST,
            reader=held.person,
            edition=held.edition,
            anchor=anchor,
            certification=held,
            sitting=sitting,
            due_at=closes_at,
            now=now,
        )
    data = {"sitting": sitting.ref, "person": held.person.ref, "anchors": gate.test.anchors}
    record(Event.TEST_BEGUN, actor=held.person, subject=standing.subject_of(held), data=data)
    return sitting


def _close(sitting: Sitting) -> None:
    held = sitting.certification
    result = _result(sitting)
    sitting.result, sitting.passed, sitting.closed_at = result, not result["missed"], timezone.now()
    sitting.save(update_fields=["result", "passed", "closed_at"])
    data = {"sitting": sitting.ref, "passed": sitting.passed, "exact": result["exact"], "missed": result["missed"]}
    record(Event.TEST_CLOSED, actor=None, subject=standing.subject_of(held), data=data)
    if sitting.passed and held.status in MAY_TEST:
        standing.certify(certification=held, on=timezone.localdate(), acting_person=None)


def _result(sitting: Sitting) -> dict[str, Any]:
    checks = sitting.check_readings.select_related("anchor")
    truth: Mapping[int, Mapping[str, Any]] = {each.panel_id: each.anchor.truth for each in checks if each.anchor}
    refs = {each.panel_id: each.anchor.ref for each in checks if each.anchor}
    given = [
        Given(
            refs[reading.panel_id], rating.criterion, rating.level, truth[reading.panel_id][rating.criterion]["level"]
        )
        for reading in _readings_of(sitting).filter(status=AssignmentStatus.SUBMITTED).prefetch_related("ratings")
        for rating in reading.ratings.all()
    ]
    # Names that a gate had not when the test began have their defaults.
    gate = gate_from(sitting.gate).test
    return result_of(rubric_of_edition(sitting.certification.edition), given, asked=len(truth), gate=gate)


def _readings_of(sitting: Sitting) -> QuerySet[Assignment]:
    return Assignment.objects.filter(panel__check_reading__sitting=sitting)


def _under_way(certification: Certification, purpose: Purpose) -> QuerySet[Assignment]:
    checks = CheckReading.objects.filter(certification=certification, purpose=purpose)
    return Assignment.objects.filter(panel__check_reading__in=checks, status__in=AT_WORK).order_by("pk")


def _missed_sittings(certification: Certification) -> list[Sitting]:
    """Tests that were not passed and still count, the newest first."""
    in_training = certification.status == CertificationStatus.IN_TRAINING
    since = certification.training_since if in_training else certification.watched_since
    missed = certification.sittings.filter(passed=False, begun_at__gte=since or certification.training_since)
    return list(missed.order_by("-closed_at"))


def _own(certification: Certification, acting_person: Person) -> Certification:
    held = standing.lock(certification.pk)
    if held.person_id != acting_person.pk:
        raise NoSuchCertification
    return held
