"""Who may look at an appeal: a yes/no and a filter, side by side.

The earner sees their own. A lead assessor of the issuer sees those in which they had no part: it is not their work,
they never helped with it or looked whether the attempt was complete, and never held a seat on a panel that read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.assessment.models import Appeal, Attempt, CompletenessCheck, Submission
from longleaf.assessment.nearness import attempts_near
from longleaf.directory.queries import places_where
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_look_at(person: Person, appeal: Appeal) -> bool:
    """Whether a lead assessor may say if this appeal is admitted."""
    return appeals_to_look_at(person).filter(pk=appeal.pk).exists()


def appeals_to_look_at(person: Person) -> QuerySet[Appeal]:
    """The filter beside `may_look_at`, whatever the appeal's status."""
    led = places_where(person, Role.LEAD_ASSESSOR) if person.is_authenticated else frozenset()
    if not led:
        return Appeal.objects.none()
    had_a_part = (
        Q(submission__attempt__earner=person)
        | Q(submission__attempt__in=attempts_near(person).values("pk"))
        | Q(submission__attempt__in=_checked_by(person))
        | Q(submission__attempt__in=_read_by(person))
    )
    return Appeal.objects.filter(submission__attempt__micro_credential__issuer__in=led).exclude(had_a_part)


def everybody_with_a_part(attempt: Attempt) -> list[Person]:
    """Whoever checked or was ever asked to read any round of an attempt, and the earner: none of them reads it anew."""
    looks = CompletenessCheck.objects.filter(submission__attempt=attempt).select_related("checker")
    rounds = attempt.submissions.filter(panel__isnull=False).select_related("panel")
    seats = [seat for each in rounds if each.panel for seat in each.panel.assignments.select_related("rater")]
    people = [attempt.earner, *(look.checker for look in looks), *(seat.rater for seat in seats)]
    return list({person.pk: person for person in people}.values())


def _checked_by(person: Person) -> QuerySet[Submission, int]:
    return Submission.objects.filter(completeness_checks__checker=person).values_list("attempt", flat=True)


def _read_by(person: Person) -> QuerySet[Submission, int]:
    return Submission.objects.filter(panel__assignments__rater=person).values_list("attempt", flat=True)
