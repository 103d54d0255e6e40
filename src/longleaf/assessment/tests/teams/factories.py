"""A micro-credential of which one piece may be made in a team, and teams brought to the point where a test begins."""

from __future__ import annotations

from typing import Any

from longleaf.assessment.models import Artifact, Attempt, TeamMember
from longleaf.assessment.queries import current_submission
from longleaf.assessment.teams import forming, joining, saying, sharing
from longleaf.assessment.tests import earner_cast
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person, State
from tests import cast

OWN_PART = "I wrote the second task and led the talk about it."
FILE_NAME = "erin-and-oscar-rivertown.png"


def made_in_teams(state: State, issuer: Organisation, items: dict[str, Any], **changes: Any) -> Version:
    """As the cast's own, but its second piece may be made by up to three people together."""
    document = cast.make_document("team-work", title="Team Work")
    asked = [
        {**each, "team": {"most": 3}, **changes} if each["code"] == "R2" else each for each in document["requirements"]
    ]
    return cast.publish(state, issuer, {**document, "requirements": asked}, [items["MTS-2"]])


def at_work(version: Version, person: Person, text: str = "") -> Attempt:
    """Texts of their own, and nothing yet for the piece of the team."""
    attempt = earner_cast.started(version, person)
    earner_cast.save(attempt, "R1", f"{earner_cast.PLAN} {text}")
    earner_cast.save(attempt, "R3", f"{earner_cast.CHANGE} {text}")
    return attempt


def begun(attempt: Attempt) -> TeamMember:
    return forming.begin(attempt=attempt, requirement="R2", acting_person=attempt.earner)


def asked(member: TeamMember, person: Person) -> TeamMember:
    assert member.person
    return forming.ask(member=member, address=person.email, acting_person=member.person)


def joined(member: TeamMember, attempt: Attempt) -> TeamMember:
    return joining.join(asked=asked(member, attempt.earner), acting_person=attempt.earner)


def brought(member: TeamMember, content: bytes | None = None) -> Artifact:
    """A file that a member uploads and makes the team's."""
    assert member.attempt
    assert member.person
    upload = earner_cast.uploaded(member.attempt, FILE_NAME, content or earner_cast.picture("PNG"))
    return sharing.bring(member=member, artifact=upload.artifacts.get(), acting_person=member.person)


def said(attempt: Attempt, text: str = OWN_PART) -> None:
    saying.say_own_part(
        submission=current_submission(attempt), requirement="R2", text=text, acting_person=attempt.earner
    )


def team_of_two(first: Attempt, second: Attempt) -> tuple[TeamMember, TeamMember]:
    """Both belong, the artifact is brought, and each has said what they did."""
    own = begun(first)
    other = joined(own, second)
    brought(own)
    said(first)
    said(second, "I chose the texts and watched how learners used them.")
    return own, other
