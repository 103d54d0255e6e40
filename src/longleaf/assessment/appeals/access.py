"""Who may look at an appeal: a yes/no and a filter, side by side.

The earner sees their own. Who may say whether it is admitted follows from `lookers`, asked anew each time; whoever said
it goes on seeing it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from longleaf.assessment.appeals.lookers import lookers_of, parts_in
from longleaf.assessment.models import Appeal, Attempt
from longleaf.assessment.status import AppealStatus
from longleaf.directory.queries import organisations_where, people_by_key, places_where
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_look_at(person: Person, appeal: Appeal) -> bool:
    """Whether somebody may say if this appeal is admitted, has said it, or came second to whoever did."""
    if not person.is_authenticated:
        return False
    return appeal.looked_at_by_id == person.pk or person.pk in lookers_of([appeal.pk])[appeal.pk].people


def appeals_to_look_at(person: Person) -> QuerySet[Appeal]:
    """The filter beside `may_look_at`, of what waits."""
    if not person.is_authenticated:
        return Appeal.objects.none()
    near = list(_near(person))
    waiting = [key for key, lookers in lookers_of(near).items() if person.pk in lookers.people]
    return Appeal.objects.filter(pk__in=waiting)


def everybody_with_a_part(attempt: Attempt) -> list[Person]:
    """Whoever had a part in any round of an attempt, and the earner: none of them reads it anew."""
    return list(people_by_key(parts_in([attempt.pk])[attempt.pk]).values())


def _near(person: Person) -> QuerySet[Appeal, int]:
    """Appeals that wait in a circle to which somebody belongs by a role, had they a part or not."""
    led = places_where(person, Role.LEAD_ASSESSOR)
    agencies = organisations_where(person, Role.STATE_OFFICER).filter(code=F("state__agency_code"))
    if not led and not places_where(person, Role.STATE_OFFICER):
        return Appeal.objects.none().values_list("pk", flat=True)
    made = "submission__attempt__micro_credential"
    belongs = (
        Q(**{f"{made}__issuer__in": led})
        | Q(**{f"{made}__issuer__pool__read_by__in": led})
        | Q(**{f"{made}__state__appeal_practice__looked_at_by__in": led})
        | Q(**{f"{made}__state__in": agencies.values("state")})
    )
    return Appeal.objects.filter(belongs, status=AppealStatus.LODGED).values_list("pk", flat=True)
