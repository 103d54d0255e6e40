"""Who may: each question as a yes/no, with its filter beside it where lists ask the same.

The earner of an attempt says who looks, at what, and until when. The mentor sees what the earner shows, while the
earner shows it, and writes while the round may still change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.assessment.models import Attempt, Mentorship
from longleaf.assessment.nearness import had_a_part
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus, MentorStatus
from longleaf.directory.queries import holds
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Person

MAY_HELP = (Role.COACH, Role.EDUCATOR)
NEVER_SHOWN = (AttemptStatus.WITHDRAWN, AttemptStatus.SAMPLE)


def may_mentor(person: Person, attempt: Attempt) -> bool:
    """Whether somebody may look at a draft if they are asked: a coach or educator without a part in judging it."""
    is_colleague = person.is_active and any(holds(person, role) for role in MAY_HELP)
    return is_colleague and person.pk != attempt.earner_id and not had_a_part(person, attempt)


def mentorships_of(person: Person) -> QuerySet[Mentorship]:
    """The drafts at which somebody looks."""
    return Mentorship.objects.filter(mentor=person, status=MentorStatus.ACCEPTED).exclude(
        attempt__status__in=NEVER_SHOWN
    )


def invitations_to(person: Person) -> QuerySet[Mentorship]:
    """What somebody is asked and may still accept."""
    return Mentorship.objects.filter(mentor=person, status=MentorStatus.INVITED, attempt__status__in=OPEN_FOR_WRITING)


def comments_are_open(attempt: Attempt, mentorship: Mentorship) -> bool:
    """Whether a mentor may write: the round that is shown is the present one and may still change."""
    return (
        mentorship.status == MentorStatus.ACCEPTED
        and AttemptStatus(attempt.status) in OPEN_FOR_WRITING
        and mentorship.round == attempt.round
    )
