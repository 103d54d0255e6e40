"""Who may: each question as a yes/no, with its filter beside it where lists ask the same.

The earner works on an attempt and reads everything about it. The evidence of a submission is read, without a name, by
the assessors seated on its panel and by lead assessors of its issuer and of the unit that has it judged. Who looks
whether it is complete, and who is kept off its panel, is for `desk_access` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.directory.queries import holds, places_where
from longleaf.directory.status import Role
from longleaf.panels.status import AT_WORK, AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_start(person: Person) -> bool:
    """Whether somebody may begin attempts: educators may."""
    return holds(person, Role.EDUCATOR)


def is_earner(person: Person, attempt: Attempt) -> bool:
    """Whether the attempt is this person's own: to write on, to hand in, to withdraw, to read the decision of."""
    return person.is_authenticated and attempt.earner_id == person.pk


def attempts_of(person: Person) -> QuerySet[Attempt]:
    """The filter beside `is_earner`."""
    return Attempt.objects.filter(earner=person)


def may_read_evidence(person: Person, submission: Submission) -> bool:
    """Whether somebody may open the texts and files of a submission."""
    return person.is_authenticated and submissions_readable_by(person).filter(pk=submission.pk).exists()


def submissions_readable_by(person: Person) -> QuerySet[Submission]:
    """The filter beside `may_read_evidence`. Drafts are read by their earner alone."""
    own = Q(attempt__earner=person)
    seated = Q(pk__in=_seated_on(person).values("pk"))
    places = places_where(person, Role.LEAD_ASSESSOR)
    led = Q(
        Q(attempt__micro_credential__issuer__in=places) | Q(attempt__run_by__in=places),
        submitted_at__isnull=False,
        attempt__status__in=[
            AttemptStatus.SUBMITTED,
            AttemptStatus.IN_REVIEW,
            AttemptStatus.NOT_YET,
            AttemptStatus.APPEALED,
            AttemptStatus.DEMONSTRATED,
        ],
    )
    return Submission.objects.filter(own | seated | led)


def _seated_on(person: Person) -> QuerySet[Submission]:
    """As `panels` says who may read: assessors of the pool while they are at it, and whoever handed a reading in."""
    at_work = Q(panel__assignments__status__in=AT_WORK, panel__pool__in=places_where(person, Role.ASSESSOR))
    done = Q(panel__assignments__status=AssignmentStatus.SUBMITTED)
    return Submission.objects.filter(at_work | done, panel__assignments__rater=person)
