"""The verbs of a rater: take a reading up, rate, give it back, hand it in. Handing in the last reading decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.engines.rubrics import Outcome, Verdict
from longleaf.journal.recording import record
from longleaf.kit.dates import end_of_day
from longleaf.kit.status import require_move
from longleaf.panels import convening, eligibility, queries
from longleaf.panels.calibration import watching
from longleaf.panels.calibration.checking import close_check
from longleaf.panels.certification import may_be_given
from longleaf.panels.errors import (
    CheckIsNotGivenBack,
    IncompleteReading,
    NoSuchReading,
    NotCertified,
    ReasonMissing,
    StaleRating,
    UnknownCriterion,
    UnknownLevel,
)
from longleaf.panels.events import Event
from longleaf.panels.holding import hold, hold_with_panel, move, require_under_way, tidy
from longleaf.panels.instruments import OVERT, rubric_of, rule_of
from longleaf.panels.models import Assignment, Panel, Rating
from longleaf.panels.seats import criteria_of, outcome_of
from longleaf.panels.status import AT_WORK, PANEL_MOVES, AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def take_up(*, assignment: Assignment, acting_person: Person) -> Assignment:
    """Begin a reading that was offered. Taking up what is taken up changes nothing.

    Raises `NotCertified` for whoever may not be given live work by its rubric any more: what was only offered goes to
    somebody else (`panels.calibration.releasing`). Where they came too near to the work since, it is gone for them, as
    if it had never been offered (`NoSuchReading`): a reason would tell whose work it is (`panels.standing_aside`).
    """
    seat = hold_with_panel(assignment, acting_person)
    if seat.status == AssignmentStatus.STARTED:
        return seat
    if not may_be_given(acting_person, seat.panel):
        raise NotCertified
    if eligibility.come_too_near([seat], [seat.panel], now=timezone.now()):
        raise NoSuchReading
    move(seat, AssignmentStatus.STARTED)
    seat.started_at = timezone.now()
    seat.save(update_fields=["status", "started_at"])
    _record(Event.SEAT_TAKEN_UP, seat, acting_person)
    return seat


@transaction.atomic
def rate(
    *,
    assignment: Assignment,
    criterion: str,
    level: str | None = None,
    comment: str | None = None,
    revision: int,
    acting_person: Person,
) -> Rating:
    """Save a level, a comment or both for one criterion, as often as wanted until the reading is handed in.

    None leaves a field as it is, "" empties it. `revision` is the save on which the field was changed; saving again
    what is kept already is always fine. Raises `StaleRating` (with what is kept) when it was saved from elsewhere
    since, `UnknownCriterion` (also for one met in an earlier round), `UnknownLevel`, `CommentTooLong`,
    `ReadingNotTakenUp` and `ReadingIsOver`.
    """
    seat = hold(assignment, acting_person)
    require_under_way(seat)
    _require_known(seat, criterion, level)
    rating, _ = Rating.objects.select_for_update().get_or_create(assignment=seat, criterion=criterion)
    if level is not None:
        _keep(rating, "level", level, revision)
    if comment is not None:
        _keep(rating, "comment", tidy(comment), revision)
    rating.save()
    return rating


@transaction.atomic
def decline(*, assignment: Assignment, reason: str, acting_person: Person) -> Assignment:
    """Give a reading back, for instance for a conflict of interest; its seat is offered to somebody else.

    The reason stays with the seat and out of the journal: it may name the person whom the rater recognised.
    Raises `ReasonMissing`.
    """
    seat = hold_with_panel(assignment, acting_person)
    if seat.panel.kind.endswith(OVERT):
        raise CheckIsNotGivenBack("Nobody waits for this reading. Leave it as it is if you cannot read it.")
    if not reason.strip():
        sentence = "Say in a few words why you give this reading back."
        raise ReasonMissing(sentence, fields={"reason": sentence})
    move(seat, AssignmentStatus.DECLINED)
    seat.declined_because = reason.strip()
    seat.save(update_fields=["status", "declined_because"])
    _record(Event.SEAT_DECLINED, seat, acting_person)
    if seat.panel.status == PanelStatus.CHECKING:
        close_check(seat.panel)
    else:
        convening.fill_seats(panel=seat.panel)
    return seat


@transaction.atomic
def submit_reading(*, assignment: Assignment, acting_person: Person) -> Panel:
    """Hand a reading in and return its panel: open, waiting for a third or a lead, or decided with its outcome.

    Raises `IncompleteReading`, naming each criterion that has no level yet, or a level that does not meet without a
    comment: whoever is told *not yet* needs to know what to change.
    """
    seat = hold_with_panel(assignment, acting_person)
    require_under_way(seat)
    _require_complete(seat)
    watching.hold_readers(seat.panel)
    move(seat, AssignmentStatus.SUBMITTED)
    seat.submitted_at = timezone.now()
    seat.save(update_fields=["status", "submitted_at"])
    _record(Event.ADJUDICATED if seat.adjudicates else Event.READING_HANDED_IN, seat, acting_person)
    if seat.panel.status == PanelStatus.CHECKING:
        watching.note_check(seat)
        return seat.panel
    return conclude(seat.panel)


def missing_in(assignment: Assignment) -> dict[str, str]:
    """What a reading still lacks before it can be handed in: a sentence for each of `level-A`, `comment-A`, …

    Whoever adjudicates gives a reason for each level, whatever it is.
    """
    rubric, rule = rubric_of(assignment.panel), rule_of(assignment.panel)
    given = queries.ratings_on(assignment)
    missing = {}
    for criterion in criteria_of(assignment):
        rating = given.get(criterion.code)
        if rating is None or not rating.level:
            missing[f"level-{criterion.code}"] = f"Choose a level for “{criterion.title}”."
        elif not rule.is_met(rubric, rating.level, criterion.code) and not rating.comment.strip():
            missing[f"comment-{criterion.code}"] = f"Say what would have to change for “{criterion.title}”."
        elif assignment.adjudicates and not rating.comment.strip():
            missing[f"comment-{criterion.code}"] = f"Give your reason for “{criterion.title}”."
    return missing


@transaction.atomic
def conclude_again(*, subject: str, kind: str) -> Panel:
    """Look anew at what is in on an open panel, for whoever holds what it judges. Returns the panel, decided or not."""
    panel = convening.lock(Panel.objects.values_list("pk", flat=True).get(kind=kind, subject=subject))
    if panel.status != PanelStatus.OPEN:
        return panel
    watching.hold_readers(panel)
    return conclude(panel)


def conclude(panel: Panel) -> Panel:
    """What follows from the readings that are in, for whoever holds the panel's lock.

    Where the rule lets first readers who differ talk it over, they do so once, before anything else is asked.
    """
    if panel.assignments.filter(status__in=AT_WORK).exists():
        # Also where the others agree by now, as after a reading was given back: whoever reads is not cut off.
        return panel
    outcome = outcome_of(panel)
    if _may_talk_it_over(panel, outcome):
        return _talk_it_over(panel)
    if outcome.verdict is not Verdict.NEEDS_READING:
        return _close(panel, outcome)
    if outcome.to_adjudicate:
        return _ask_lead(panel)
    wanted = len(outcome.readers) + outcome.readings_needed
    if wanted > panel.seats:
        panel.seats = wanted
        panel.save(update_fields=["seats"])
        convening.fill_seats(panel=panel)
    return panel


def _ask_lead(panel: Panel) -> Panel:
    """Its readers differ: it waits for a lead assessor. On what they differ stays out of the journal."""
    require_move(PANEL_MOVES, PanelStatus(panel.status), PanelStatus.ADJUDICATING, what="The panel")
    panel.status = PanelStatus.ADJUDICATING
    panel.save(update_fields=["status"])
    record(Event.LEAD_ASKED, actor=None, subject=convening.subject_of(panel), data={"subject": panel.subject})
    return panel


def _may_talk_it_over(panel: Panel, outcome: Outcome) -> bool:
    rule = rule_of(panel)
    if rule.reconciliation_days is None or panel.talk_until is not None or len(outcome.readers) < rule.readers:
        return False
    return not all(each.agreed for each in outcome.criteria)


def _talk_it_over(panel: Panel) -> Panel:
    require_move(PANEL_MOVES, PanelStatus(panel.status), PanelStatus.RECONCILING, what="The panel")
    days = rule_of(panel).reconciliation_days or 0
    panel.status = PanelStatus.RECONCILING
    panel.talk_until = end_of_day(timezone.now() + timedelta(days=days))
    panel.save(update_fields=["status", "talk_until"])
    record(Event.ROOM_OPENED, actor=None, subject=convening.subject_of(panel), data={"subject": panel.subject})
    return panel


def _close(panel: Panel, outcome: Outcome) -> Panel:
    require_move(PANEL_MOVES, PanelStatus(panel.status), PanelStatus.DECIDED, what="The panel")
    panel.status = PanelStatus.DECIDED
    panel.decided_at = timezone.now()
    panel.outcome = _outcome_document(outcome)
    panel.save(update_fields=["status", "decided_at", "outcome"])
    data = {"subject": panel.subject, "verdict": outcome.verdict.value, "readings": list(outcome.readers)}
    record(Event.PANEL_DECIDED, actor=None, subject=convening.subject_of(panel), data=data)
    watching.note_decision(panel)
    return panel


def _outcome_document(outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict.value,
        "reason": outcome.reason,
        "readings": list(outcome.readers),
        "criteria": [
            {
                "code": each.code,
                "met": each.met,
                "level": each.level,
                "levels": list(each.levels),
                "agreed": each.agreed,
                "decided_by": each.decided_by.value if each.decided_by else None,
            }
            for each in outcome.criteria
        ],
    }


def _require_known(seat: Assignment, criterion: str, level: str | None) -> None:
    codes = [each.code for each in criteria_of(seat)]
    if criterion not in codes:
        raise UnknownCriterion(f"“{criterion}” is not rated here. Rate one of: {', '.join(codes)}.")
    levels = rubric_of(seat.panel).level_by_code
    if level and level not in levels:
        sentence = f"“{level}” is not a level of this rubric. Choose one of: {', '.join(levels)}."
        raise UnknownLevel(sentence, fields={f"level-{criterion}": sentence})


def _require_complete(seat: Assignment) -> None:
    missing = missing_in(seat)
    if missing:
        raise IncompleteReading("Some criteria are not finished. Nothing is handed in yet.", fields=missing)


def _keep(rating: Rating, field: str, value: str, revision: int) -> None:
    if getattr(rating, field) == value:
        return
    if getattr(rating, f"{field}_revision") != revision:
        raise StaleRating(rating)
    setattr(rating, field, value)
    setattr(rating, f"{field}_revision", revision + 1)


def _record(event: Event, seat: Assignment, acting_person: Person) -> None:
    data = {"panel": seat.panel.ref, "subject": seat.panel.subject}
    record(event, actor=acting_person, subject=f"reading:{seat.ref}", data=data)
