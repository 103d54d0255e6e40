"""Who may judge: who looks whether a submission is complete, and who is kept off its panel.

Who reads for a panel is for `panels.access` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.assessment.errors import CheckedAlready, NoSuchSubmission
from longleaf.assessment.judged_by import led_in
from longleaf.assessment.models import Submission
from longleaf.assessment.nearness import attempts_near
from longleaf.assessment.status import AttemptStatus
from longleaf.directory.queries import places_where, roles_of
from longleaf.directory.status import EMPLOYERS, OrganisationKind, Role

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# What panels on submissions are called; `quality` convenes others.
PANEL_KIND = "submission"


def may_check(person: Person, submission: Submission) -> bool:
    """A lead assessor of the issuer, or of the unit that runs the pathway, looks whether everything is there, and never
    at work of their own or with which they helped."""
    return submissions_to_check(person).filter(pk=submission.pk).exists()


def leads_for(person: Person, submission: Submission) -> bool:
    """Whether somebody leads the assessors of those to whom this was handed in, and had no hand in it."""
    if submission.submitted_at is None or submission.attempt.earner_id == person.pk:
        return False
    if attempts_near(person).filter(pk=submission.attempt_id).exists():
        return False
    return Submission.objects.filter(led_in(places_where(person, Role.LEAD_ASSESSOR)), pk=submission.pk).exists()


def submissions_to_check(person: Person) -> QuerySet[Submission]:
    """The filter beside `may_check`: handed in, in the round that is under way, to those for whom the person leads."""
    if not person.is_authenticated:
        return Submission.objects.none()
    # Asked for first: most assessors lead nowhere, and must not make the database look through all that waits.
    led = places_where(person, Role.LEAD_ASSESSOR)
    if not led:
        return Submission.objects.none()
    waiting = Submission.objects.filter(
        led_in(led),
        attempt__status=AttemptStatus.SUBMITTED,
        submitted_at__isnull=False,
        decided_at__isnull=True,
        panel__isnull=True,
    )
    return waiting.exclude(attempt__earner=person).exclude(attempt__in=attempts_near(person).values("pk"))


def require_waiting(submission: Submission, *, acting_person: Person) -> None:
    """Raise unless this person may look at it now: a stranger learns nothing, whoever came second learns just that."""
    if may_check(acting_person, submission):
        return
    if leads_for(acting_person, submission):
        raise CheckedAlready(f"Somebody has checked {submission.ref} already. Your queue shows what still waits.")
    raise NoSuchSubmission


def roles_at_desk(person: Person) -> frozenset[Role]:
    """As what somebody belongs at the desk: as assessor, as lead assessor, as both; empty for everybody else."""
    if not person.is_authenticated:
        return frozenset()
    return frozenset({Role.ASSESSOR, Role.LEAD_ASSESSOR} & {Role(each.role) for each in roles_of(person)})


def kept_outside(earner: Person, *, pool: Organisation) -> list[Organisation]:
    """The organisations whose people must not judge this earner's work: wherever the earner holds a role.

    The pool itself is left out unless it employs the earner: an assessor who earns something there is judged by
    colleagues who do not know whose work it is, but a district never judges its own teachers.
    """
    held = {role.organisation_id: role.organisation for role in roles_of(earner)}
    return [each for each in held.values() if each.pk != pool.pk or OrganisationKind(each.kind) in EMPLOYERS]
