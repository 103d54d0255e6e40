"""Reads of meetings with a coach: whether one is asked for, the earner's own, and what waits for a coach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from longleaf.assessment.access import attempts_of
from longleaf.assessment.errors import NoSuchMeeting
from longleaf.assessment.meetings.access import meetings_to_confirm
from longleaf.assessment.models import Attempt, CoachMeeting
from longleaf.assessment.queries import judged_rounds
from longleaf.assessment.status import MeetingStatus
from longleaf.catalog.design import Design

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class Needed:
    """A meeting that is asked for before another round opens: after how many rounds, and on which day or later."""

    rounds: int
    since: date


def meeting_needed(person: Person, version: Version) -> Needed | None:
    """What a version asks of somebody who has had so many rounds, over all their attempts; None where nothing.

    One meeting is asked for, after the round that the version names. Withdrawing and beginning anew saves nobody from
    it.
    """
    rounds = Design(version.document).coach_after
    if rounds is None:
        return None
    decided = judged_rounds(person, version).order_by("decided_at").values_list("decided_at", flat=True)
    found = decided[rounds - 1 : rounds].first()
    if found is None:
        return None
    since = timezone.localdate(found)
    met = CoachMeeting.objects.filter(
        attempt__earner=person, attempt__version=version, status=MeetingStatus.CONFIRMED, met_on__gte=since
    )
    return None if met.exists() else Needed(rounds, since)


def latest_meeting(attempt: Attempt) -> CoachMeeting | None:
    """The newest thing said of a meeting in this attempt."""
    rows = CoachMeeting.objects.filter(attempt=attempt).select_related("coach")
    return rows.order_by("-said_at", "-pk").first()


def attempt_to_say_it_at(person: Person, version: Version) -> Attempt | None:
    """The attempt at whose page somebody says that they met a coach: their newest at this version."""
    return attempts_of(person).filter(version=version).order_by("-started_at", "-pk").first()


def waiting_meetings(person: Person) -> QuerySet[CoachMeeting]:
    """What waits for a coach to confirm, the oldest first, with whom they met and about what."""
    rows = meetings_to_confirm(person).select_related("attempt__earner", "attempt__version")
    return rows.defer("attempt__version__document", "attempt__version__search_text").order_by("said_at", "pk")


def meeting_with(person: Person, ref: str) -> CoachMeeting:
    """One in which somebody is named as the coach, also after their answer. Raises `NoSuchMeeting` in every other case
    alike."""
    rows = CoachMeeting.objects.select_related("attempt__earner", "attempt__version").filter(coach=person, ref=ref)
    found = rows.exclude(status=MeetingStatus.TAKEN_BACK).first()
    if found is None:
        raise NoSuchMeeting
    return found
