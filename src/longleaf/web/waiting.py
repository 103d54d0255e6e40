"""What waits for an officer of a school unit or of the state agency, told on the home page: how much, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from longleaf.assessment.appeals.access import appeals_to_look_at
from longleaf.directory.status import Role
from longleaf.kit.numbers import number
from longleaf.quality.monitoring.queries import alarms_of
from longleaf.quality.oversight.queries import complaints_of
from longleaf.quality.reviewing.conditions import reported_conditions
from longleaf.quality.reviewing.queries import reviews_of
from longleaf.quality.status import ComplaintStatus, ReviewStatus
from longleaf.recognition.credit_requests.queries import numbers_of
from longleaf.recognition.portability.queries import waiting_for

if TYPE_CHECKING:
    from longleaf.directory.models import Person

STATE, UNIT = frozenset({Role.STATE_OFFICER}), frozenset({Role.PSU_OFFICER})


@dataclass(frozen=True)
class Waiting:
    """So much of something, in words, and the page where it waits."""

    sentence: str
    url: str


def waiting_for_officer(person: Person, roles: Collection[Role]) -> list[Waiting] | None:
    """What waits, each with a number; nothing of which none waits. None for whoever is no officer. One query each."""
    held = frozenset(roles)
    if not held & (STATE | UNIT):
        return None
    return [
        Waiting(f"{number(count, word, words)} {'waits' if count == 1 else 'wait'}", reverse(place))
        for count, word, words, place in _counted(person, held)
        if count
    ]


def _counted(person: Person, held: frozenset[Role]) -> Iterator[tuple[int, str, str, str]]:
    """How many, what one and several are called, and the name of the page."""
    if held & (UNIT | STATE):
        requests = numbers_of(person, today=timezone.localdate())["waiting"]
        yield requests, "request for credit", "requests for credit", "recognition:desk"
    if held & STATE:
        to_decide = reviews_of(person).filter(status=ReviewStatus.TO_DECIDE).count()
        yield to_decide, "review to be decided", "reviews to be decided", "quality:home"
        reported = reported_conditions(person).count()
        yield reported, "condition reported as met", "conditions reported as met", "quality:follow_up"
        open_ones = complaints_of(person).filter(status=ComplaintStatus.OPEN).count()
        yield open_ones, "complaint", "complaints", "oversight:home"
        yield alarms_of(person).count(), "alarm", "alarms", "alarms:list"
        yield appeals_to_look_at(person).count(), "appeal", "appeals", "appeals:waiting"
    yield waiting_for(person).count(), "badge from elsewhere", "badges from elsewhere", "portability:waiting"
