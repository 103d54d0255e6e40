"""What the home page tells: to a visitor what this is, to somebody signed in what is asked of them now."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.assessment import queries as attempts
from longleaf.assessment.desk import queries as desk_queries
from longleaf.assessment.telling import where_it_stands
from longleaf.awards import queries as awards
from longleaf.catalog import queries as catalog
from longleaf.directory.status import Role
from longleaf.panels import queries as panels
from longleaf.recognition import ledgers
from longleaf.reminders import queries as reminders
from longleaf.web.waiting import waiting_for_officer

if TYPE_CHECKING:
    from longleaf.directory.models import Person

BADGES_SHOWN = 6


def for_visitor() -> dict[str, Any]:
    return {"newest": catalog.newest(BADGES_SHOWN)}


def for_person(person: Person, *, roles: Collection[Role]) -> dict[str, Any]:
    """A part for each role that somebody holds; parts for other roles are None."""
    today: dict[str, Any] = {"educator": None, "assessor": None, "roles": roles, "now": timezone.now()}
    today["reminders"] = reminders.waiting_for(person).count()
    today["office"] = waiting_for_officer(person, roles)
    if Role.EDUCATOR in roles:
        today["educator"] = {
            "attempts": [
                {"line": line, "told": where_it_stands(line.attempt, line.submission)}
                for line in attempts.my_attempts(person)
            ],
            "badges": awards.awards_of(person)[:BADGES_SHOWN],
            "standing": ledgers.standing_of(person, on=timezone.localdate()),
        }
    if {Role.ASSESSOR, Role.LEAD_ASSESSOR} & set(roles):
        today["assessor"] = {"queue": panels.queue_of(person, kind="submission"), "to_check": 0, "first_to_check": None}
    if Role.LEAD_ASSESSOR in roles:
        # A number and the most urgent one are told, so what else waits is not read.
        waiting = desk_queries.waiting_for_check(person)
        today["assessor"] |= {"to_check": waiting.count(), "first_to_check": waiting.first()}
    return today
