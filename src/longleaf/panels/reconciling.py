"""The verbs of readers who differ: say something, give a level anew, be done. Then the rule goes on.

What was given blind stays as it is; a level that is given anew stands beside it with its reason. Nobody learns who the
others are (`panels.blindness`). Locks: the panel, then the seat, and the journal last.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels import convening, queries, rating
from longleaf.panels.access import may_talk
from longleaf.panels.calibration import watching
from longleaf.panels.errors import (
    NoSuchReading,
    NothingSaid,
    ReasonMissing,
    TalkIsOver,
    UnknownCriterion,
    UnknownLevel,
)
from longleaf.panels.events import Event
from longleaf.panels.holding import tidy
from longleaf.panels.instruments import rubric_of, rule_of
from longleaf.panels.models import Assignment, Panel, Remark, Revision
from longleaf.panels.status import PANEL_MOVES, AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def say(*, assignment: Assignment, criterion: str, text: str, acting_person: Person) -> Remark:
    """Say something to the other readers about a criterion on which they differ.

    Raises `NothingSaid`, `CommentTooLong`, `UnknownCriterion`, `TalkIsOver` and `NoSuchReading`.
    """
    seat = _in_the_room(assignment, acting_person)
    _require_differing(seat.panel, criterion)
    if not text.strip():
        sentence = "Write what you want to say to the others."
        raise NothingSaid(sentence, fields={f"remark-{criterion}": sentence})
    remark = Remark.objects.create(assignment=seat, criterion=criterion, text=tidy(text.strip()))
    _record(Event.REMARK_MADE, seat, acting_person, criterion=criterion)
    return remark


@transaction.atomic
def revise(*, assignment: Assignment, criterion: str, level: str, reason: str, acting_person: Person) -> Revision:
    """Give a level anew on a criterion on which readers differ, and say why.

    The same level as the one that stands is refused like an unknown one. Raises `UnknownLevel`, `ReasonMissing`,
    `CommentTooLong`, `UnknownCriterion`, `TalkIsOver` and `NoSuchReading`.
    """
    seat = _in_the_room(assignment, acting_person)
    _require_differing(seat.panel, criterion)
    stands = queries.levels_that_stand(seat)[criterion]
    if level not in rubric_of(seat.panel).level_by_code or level == stands:
        sentence = "Choose another level than the one that stands."
        raise UnknownLevel(sentence, fields={f"level-{criterion}": sentence})
    if not reason.strip():
        sentence = "Say in a few words what made you change it."
        raise ReasonMissing(sentence, fields={f"reason-{criterion}": sentence})
    revision = Revision.objects.create(assignment=seat, criterion=criterion, level=level, reason=tidy(reason.strip()))
    _record(Event.RATING_REVISED, seat, acting_person, criterion=criterion, before=stands, now=level)
    return revision


@transaction.atomic
def settle(*, assignment: Assignment, acting_person: Person) -> Panel:
    """Have talked it over. When every first reader has, the rule goes on. Doing it again changes nothing."""
    seat = _in_the_room(assignment, acting_person)
    # The last to settle lets the rule go on, which may move certificates: these are locked before the journal.
    watching.hold_readers(seat.panel)
    if seat.settled_at is None:
        seat.settled_at = timezone.now()
        seat.save(update_fields=["settled_at"])
        _record(Event.READER_SETTLED, seat, acting_person)
    if first_readings(seat.panel).filter(settled_at__isnull=True).exists():
        return seat.panel
    return _close(seat.panel)


@transaction.atomic
def close_when_over(*, panel: Panel, now: datetime) -> Panel:
    """Let the rule go on where the time to talk is over; before that, and where it went on already, nothing changes."""
    held = convening.lock(panel.pk)
    if held.status == PanelStatus.RECONCILING and held.talk_until and held.talk_until < now:
        watching.hold_readers(held)
        return _close(held)
    return held


def differing_in(panel: Panel) -> list[str]:
    """The criteria on which the first readers, blind, lay on two sides of the line, in the order of the rubric."""
    rubric, rule = rubric_of(panel), rule_of(panel)
    seats = list(first_readings(panel).prefetch_related("ratings"))
    found = []
    for criterion in rubric.criteria:
        levels = [each.level for seat in seats for each in seat.ratings.all() if each.criterion == criterion.code]
        if len({rule.is_met(rubric, level, criterion.code) for level in levels}) > 1:
            found.append(criterion.code)
    return found


def first_readings(panel: Panel) -> QuerySet[Assignment]:
    """The readings of the first readers that are in."""
    return panel.assignments.filter(status=AssignmentStatus.SUBMITTED, seat__lte=rule_of(panel).readers)


def _close(panel: Panel) -> Panel:
    require_move(PANEL_MOVES, PanelStatus(panel.status), PanelStatus.OPEN, what="The panel")
    panel.status, panel.talked_at = PanelStatus.OPEN, timezone.now()
    panel.save(update_fields=["status", "talked_at"])
    record(Event.ROOM_CLOSED, actor=None, subject=convening.subject_of(panel), data={"subject": panel.subject})
    return rating.conclude(panel)


def _in_the_room(assignment: Assignment, acting_person: Person) -> Assignment:
    panel = convening.lock(assignment.panel_id)
    seat = Assignment.objects.select_for_update(of=("self",)).select_related("panel__rubric").get(pk=assignment.pk)
    seat.panel = panel
    if not may_talk(acting_person, seat):
        raise NoSuchReading
    if panel.status != PanelStatus.RECONCILING:
        raise TalkIsOver
    return seat


def _require_differing(panel: Panel, criterion: str) -> None:
    if criterion not in differing_in(panel):
        raise UnknownCriterion(f"Nobody differs on “{criterion}”, so there is nothing to talk over.")


def _record(event: Event, seat: Assignment, acting_person: Person, **data: str) -> None:
    facts = {"panel": seat.panel.ref, "subject": seat.panel.subject, **data}
    record(event, actor=acting_person, subject=f"reading:{seat.ref}", data=facts)
