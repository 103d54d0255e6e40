"""Acting out a team of two: one artifact, what each says of it, and what a mentor writes on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from longleaf.assessment import queries as attempts
from longleaf.assessment import starting
from longleaf.assessment.evidence import uploading
from longleaf.assessment.mentoring import accepting, commenting, inviting
from longleaf.assessment.privacy import ai_use
from longleaf.assessment.status import AiUse
from longleaf.assessment.teams import forming, joining, saying, sharing
from longleaf.catalog import queries as catalog
from longleaf.catalog.design import Design
from longleaf.demo import evidence

if TYPE_CHECKING:
    from longleaf.assessment.models import Artifact, Attempt
    from longleaf.demo.script import Team
    from longleaf.directory.models import Person


def work_together(told: Team, people: Mapping[str, Person]) -> tuple[Attempt, Attempt]:
    """The first brings it and says which tool helped; the second joins, and shows it to a mentor."""
    first, second = _under_way(told, people[told.brings]), _under_way(told, people[told.joins])
    own = forming.begin(attempt=first, requirement=told.requirement, acting_person=first.earner)
    sharing.bring(member=own, artifact=_brought(first, told), acting_person=first.earner)
    asked = forming.ask(member=own, address=second.earner.email, acting_person=first.earner)
    joining.join(asked=asked, acting_person=second.earner)
    for key, attempt in ((told.brings, first), (told.joins, second)):
        saying.say_own_part(
            submission=attempts.current_submission(attempt),
            requirement=told.requirement,
            text=told.parts[key],
            acting_person=attempt.earner,
        )
        _say_what_helped(attempt, told)
    asked_to_look = inviting.invite(
        attempt=second,
        address=people[told.mentor].email,
        requirements=[told.requirement],
        acting_person=second.earner,
    )
    accepting.accept(mentorship=asked_to_look, acting_person=people[told.mentor])
    commenting.comment(
        mentorship=asked_to_look, requirement=told.requirement, text=told.advice, acting_person=people[told.mentor]
    )
    return first, second


def _under_way(told: Team, person: Person) -> Attempt:
    version = catalog.bare_version(told.micro_credential)
    begun = attempts.under_way(person, version.micro_credential_id)
    return begun or starting.start(version=version, acting_person=person)


def _brought(attempt: Attempt, told: Team) -> Artifact:
    """A file of the requirement's kind, as the first of the two uploads it."""
    submission = attempts.current_submission(attempt)
    made = evidence.file_for(Design(attempt.version.document).requirement(told.requirement))
    assert made is not None, "the requirement takes a file"
    name, content = made
    uploading.receive(
        response=submission.responses.get(requirement=told.requirement),
        name=name,
        size=len(content),
        pieces=[content],
        acting_person=attempt.earner,
    )
    (artifact,) = attempts.work_on(attempt).piece(told.requirement).artifacts
    return artifact


def _say_what_helped(attempt: Attempt, told: Team) -> None:
    work = attempts.work_on(attempt)
    for part in ai_use.parts_in(work)[told.requirement]:
        ai_use.say_what_was_used(
            submission=work.submission,
            part=part.key,
            uses=[AiUse.WORDING],
            words=told.tool,
            acting_person=attempt.earner,
        )
