"""Who is too near to an attempt to judge it, and who had too much of a part in judging it to come near.

Both are asked in one place, because each new way of helping must keep people from judging, and each new way of judging
must keep them from helping.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.assessment.models import Appeal, Attempt, CompletenessCheck, CopyFlag, Mentorship
from longleaf.assessment.status import MENTORED
from longleaf.directory.queries import holds, people_by_key
from longleaf.directory.status import Role
from longleaf.panels import queries as panels
from longleaf.panels.pool.queries import pool_reading_for

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def people_near(attempt: Attempt) -> list[Person]:
    """Whoever ever looked at a draft of this attempt as a mentor: none of them judges it, also when that is over."""
    mentors = Mentorship.objects.filter(attempt=attempt, status__in=MENTORED).values_list("mentor", flat=True)
    return list(people_by_key(key for key in mentors if key).values())


def attempts_near(person: Person) -> QuerySet[Attempt]:
    """The filter beside `people_near`."""
    return Attempt.objects.filter(mentorships__mentor=person, mentorships__status__in=MENTORED)


def had_a_part(person: Person, attempt: Attempt) -> bool:
    """Whether somebody judges this attempt or ever did: asked to read, checked, looked at an appeal or a likeness, or
    leads those who read for its issuer. Nobody must see from what follows that it is so: it tells who reads."""
    return (
        _leads(person, attempt)
        or CompletenessCheck.objects.filter(submission__attempt=attempt, checker=person).exists()
        or Appeal.objects.filter(submission__attempt=attempt, looked_at_by=person).exists()
        or CopyFlag.objects.filter(submission__attempt=attempt, found_by=person).exists()
        or CopyFlag.objects.filter(other__attempt=attempt, found_by=person).exists()
        or panels.was_asked_to_read(person, list(attempt.submissions.values_list("ref", flat=True)))
    )


def _leads(person: Person, attempt: Attempt) -> bool:
    issuer = attempt.micro_credential.issuer
    places = {issuer.pk, pool_reading_for(issuer).pk}
    return any(holds(person, Role.LEAD_ASSESSOR, organisation_id=place) for place in places)
