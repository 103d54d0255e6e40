"""Mentors brought to the point where a test begins, through the verbs that lead there."""

from __future__ import annotations

from collections.abc import Sequence

from longleaf.assessment.mentoring import accepting, commenting, inviting
from longleaf.assessment.models import Attempt, DraftComment, Mentorship
from longleaf.directory.models import Person

ADVICE = "Say which learner move you look for before you name the change."
REPLY = "I named it in the second sentence now."


def invited(attempt: Attempt, mentor: Person, requirements: Sequence[str] = ("R1", "R2", "R3")) -> Mentorship:
    return inviting.invite(
        attempt=attempt, address=mentor.email, requirements=requirements, acting_person=attempt.earner
    )


def accepted(attempt: Attempt, mentor: Person, requirements: Sequence[str] = ("R1", "R2", "R3")) -> Mentorship:
    return accepting.accept(mentorship=invited(attempt, mentor, requirements), acting_person=mentor)


def commented(mentorship: Mentorship, requirement: str = "R1", text: str = ADVICE) -> DraftComment:
    assert mentorship.mentor
    return commenting.comment(
        mentorship=mentorship, requirement=requirement, text=text, acting_person=mentorship.mentor
    )
