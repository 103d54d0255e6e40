"""Who sees figures and alarms: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.directory.queries import agency, holds, places_where
from longleaf.directory.status import Role
from longleaf.quality.models import Alarm

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# Whoever answers for what an organisation issues.
ANSWERS_FOR_IT = Role.ISSUER


def may_watch(person: Person) -> bool:
    """Officers of the agency of this state."""
    watching = agency()
    return watching is not None and holds(person, Role.STATE_OFFICER, organisation_id=watching.pk)


def may_see_figures(person: Person, organisation: Organisation) -> bool:
    """Officers of the agency, and those of the organisation itself."""
    return may_watch(person) or holds(person, ANSWERS_FOR_IT, organisation_id=organisation.pk)


def may_handle(person: Person, alarm: Alarm) -> bool:
    """Officers of the agency to which it was raised."""
    return holds(person, Role.STATE_OFFICER, organisation_id=alarm.agency_id)


def may_answer(person: Person, alarm: Alarm) -> bool:
    """Officers of the issuer that it is about, once they are asked."""
    return bool(alarm.question) and holds(person, ANSWERS_FOR_IT, organisation_id=issuer_of(alarm))


def alarms_visible_to(person: Person) -> QuerySet[Alarm]:
    """Those that somebody may handle or answer: the same rules as a filter."""
    if not person.is_authenticated:
        return Alarm.objects.none()
    handled = Q(agency__in=places_where(person, Role.STATE_OFFICER))
    mine = places_where(person, ANSWERS_FOR_IT)
    about_mine = Q(organisation__in=mine) | Q(version__micro_credential__issuer__in=mine)
    return Alarm.objects.filter(handled | (about_mine & ~Q(question="")))


def issuer_of(alarm: Alarm) -> int:
    """The key of the issuer that an alarm is about."""
    if alarm.version is not None:
        return alarm.version.micro_credential.issuer_id
    assert alarm.organisation_id is not None, "an alarm is about a version or an organisation"
    return alarm.organisation_id
