"""Who may be the coach in a meeting: a yes/no and a filter, side by side.

Coaches and the officers for professional learning of the school units and schools in which the earner works. Whoever
assesses for the issuer never comes to know an earner this way. That is told by role and not by who read, so that the
list of names tells nobody who did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.assessment.judged_by import places_that_judge
from longleaf.assessment.models import Attempt, CoachMeeting
from longleaf.assessment.status import MeetingStatus
from longleaf.directory.queries import people_holding, workplaces_of
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

COACHES = (Role.COACH, Role.PSU_OFFICER)
ASSESS = (Role.ASSESSOR, Role.LEAD_ASSESSOR)


def may_coach(person: Person, attempt: Attempt) -> bool:
    """Whether the earner of an attempt may name somebody as the coach whom they met."""
    return coaches_for(attempt).filter(pk=person.pk).exists()


def coaches_for(attempt: Attempt) -> QuerySet[Person]:
    """The filter beside `may_coach`, by name. Whoever else may be a coach one day is added here and nowhere else."""
    found = _holding(COACHES, organisations=workplaces_of(attempt.earner))
    return found.exclude(pk=attempt.earner_id).exclude(pk__in=_who_assess_it(attempt)).order_by("name", "pk")


def may_confirm(person: Person, meeting: CoachMeeting) -> bool:
    """Whether somebody is the coach whom the earner named, and nothing was answered yet."""
    return meetings_to_confirm(person).filter(pk=meeting.pk).exists()


def meetings_to_confirm(person: Person) -> QuerySet[CoachMeeting]:
    """The filter beside `may_confirm`."""
    if not person.is_authenticated:
        return CoachMeeting.objects.none()
    return CoachMeeting.objects.filter(coach=person, status=MeetingStatus.SAID)


def _who_assess_it(attempt: Attempt) -> QuerySet[Person, int]:
    here = workplaces_of(attempt.earner).model.objects.filter(pk__in=places_that_judge(attempt))
    return _holding(ASSESS, organisations=here).values_list("pk", flat=True)


def _holding(roles: tuple[Role, Role], *, organisations: QuerySet[Organisation]) -> QuerySet[Person]:
    one, other = roles
    return people_holding(one, organisations=organisations) | people_holding(other, organisations=organisations)
