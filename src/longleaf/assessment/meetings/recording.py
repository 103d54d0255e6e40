"""The verbs of a meeting with a coach: the earner says it, the coach confirms it or says why not.

Locks: the attempt, then the meeting.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import MeetingNotNeeded, NoSuchMeeting, UnusableMeeting
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.meetings.access import coaches_for
from longleaf.assessment.meetings.queries import Needed, meeting_needed
from longleaf.assessment.models import Attempt, CoachMeeting
from longleaf.assessment.status import MEETING_MOVES, MeetingStatus
from longleaf.journal.recording import record
from longleaf.kit.dates import day
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_REASON = 500  # characters


@transaction.atomic
def say_met(*, attempt: Attempt, coach: str, met_on: date | None, acting_person: Person) -> CoachMeeting:
    """Say with whom, by reference, and on which day one met a coach. Saying the same again says it once.

    Saying something else while the first waits takes the first back: whoever was named by mistake is asked no more.
    Raises `NoSuchAttempt`, `MeetingNotNeeded` where none is asked for, and `UnusableMeeting` with a sentence for each
    field.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    needed = meeting_needed(acting_person, attempt.version)
    if needed is None:
        raise MeetingNotNeeded("No meeting with a coach is asked for here now. Go on with your work.")
    person, met = _checked(attempt, coach, met_on, needed)
    said = CoachMeeting.objects.select_for_update().filter(attempt=attempt, status=MeetingStatus.SAID)
    waiting = said.first()
    if waiting and (waiting.coach_id, waiting.met_on) == (person.pk, met):
        return waiting
    if waiting:
        _answer(waiting, MeetingStatus.TAKEN_BACK)
    meeting = CoachMeeting.objects.create(attempt=attempt, coach=person, met_on=met)
    _record(Event.MEETING_SAID, meeting, acting_person)
    return meeting


@transaction.atomic
def confirm(*, meeting: CoachMeeting, acting_person: Person) -> CoachMeeting:
    """Confirm a meeting as the coach who was named; the earner may open the next round.

    Raises `NoSuchMeeting` for anybody else, and `WrongState` once it was answered otherwise. Confirming twice confirms
    once.
    """
    held = _held(meeting, acting_person)
    if held.status == MeetingStatus.CONFIRMED:
        return held
    _answer(held, MeetingStatus.CONFIRMED)
    _record(Event.MEETING_CONFIRMED, held, acting_person)
    return held


@transaction.atomic
def deny(*, meeting: CoachMeeting, reason: str, acting_person: Person) -> CoachMeeting:
    """Say as the coach who was named that it was not so, and why; the earner reads it and may say it anew.

    Raises `UnusableMeeting` without a reason, and what `confirm` raises.
    """
    held = _held(meeting, acting_person)
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        sentence = f"Say in up to {LONGEST_REASON} characters why you do not confirm it; the earner reads it."
        raise UnusableMeeting(sentence, fields={"reason": sentence})
    _answer(held, MeetingStatus.NOT_CONFIRMED, reason.strip())
    _record(Event.MEETING_NOT_CONFIRMED, held, acting_person)
    return held


def _checked(attempt: Attempt, coach: str, met_on: date | None, needed: Needed) -> tuple[Person, date]:
    person, wrong = coaches_for(attempt).filter(ref=coach).first(), {}
    if person is None:
        wrong["coach"] = "Choose whom you met from the list."
    if met_on is None or not needed.since <= met_on <= timezone.localdate():
        wrong["met_on"] = f"Enter the day on which you met: {day(needed.since)} at the earliest, and not after today."
    if person is None or met_on is None or wrong:
        raise UnusableMeeting("Something is missing. Nothing was sent to anybody.", fields=wrong)
    return person, met_on


def _held(meeting: CoachMeeting, person: Person) -> CoachMeeting:
    Attempt.objects.select_for_update().get(pk=meeting.attempt_id)
    held = CoachMeeting.objects.select_for_update(of=("self",)).select_related("attempt", "coach").get(pk=meeting.pk)
    if held.coach_id != person.pk or held.status == MeetingStatus.TAKEN_BACK:
        raise NoSuchMeeting
    return held


def _answer(meeting: CoachMeeting, new: MeetingStatus, reason: str = "") -> None:
    require_move(MEETING_MOVES, MeetingStatus(meeting.status), new, what=f"Meeting {meeting.ref}")
    meeting.status, meeting.reason, meeting.answered_at = new, reason, timezone.now()
    meeting.save(update_fields=["status", "reason", "answered_at"])


def _record(event: Event, meeting: CoachMeeting, acting_person: Person) -> None:
    # The reason stays with the meeting: the journal is read by more people than those two.
    data = {"meeting": meeting.ref, "coach": meeting.coach.ref, "met_on": meeting.met_on.isoformat()}
    record(event, actor=acting_person, subject=f"attempt:{meeting.attempt.ref}", data=data)
