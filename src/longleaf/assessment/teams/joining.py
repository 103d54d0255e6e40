"""The verbs of whoever is asked: join a team, or say no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import NoSuchTeam, NotBegunYet, TeamIsClosed
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold_for_writing
from longleaf.assessment.models import OwnPart, TeamMember
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import MemberOfTeam
from longleaf.assessment.teams.access import attempt_to_join_with
from longleaf.assessment.teams.artifacts import give, shared_artifact
from longleaf.assessment.teams.forming import membership_in
from longleaf.assessment.teams.holding import attempts_of, hold_attempts, move, record_team, response_for_team

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def join(*, asked: TeamMember, acting_person: Person) -> TeamMember:
    """Join a team with one's own attempt; what the team has brought stands in it from now on. Twice is once.

    Raises `NoSuchTeam` for anybody else, `TeamIsClosed`, `NotBegunYet` unless they work on the same version, and
    `NotForTeams` where the requirement was met before.
    """
    known = TeamMember.objects.select_related("team__version").filter(pk=asked.pk, person=acting_person.pk).first()
    if known is None:
        raise NoSuchTeam
    attempt = attempt_to_join_with(acting_person, known.team)
    attempts = hold_attempts([*attempts_of(known.team_id), *([attempt.pk] if attempt else [])])
    held = TeamMember.objects.select_for_update(of=("self",)).select_related("team__version").get(pk=known.pk)
    if held.status == MemberOfTeam.JOINED:
        return held
    if held.status != MemberOfTeam.INVITED or held.team.closed_at is not None:
        raise TeamIsClosed("This team takes nobody in any more. Bring your own artifact, or ask who invited you.")
    if attempt is None:
        raise NotBegunYet("Whoever joins must be working on the same version of this micro-credential. Begin it first.")
    own = attempts[attempt.pk]
    submission = current_submission(own)
    hold_for_writing(submission, acting_person=acting_person)
    response = response_for_team(submission, own, held.team.requirement)
    if membership_in(own, held.team.requirement) is not None:
        raise TeamIsClosed("You belong to another team for this piece of evidence. Leave that one first.")
    held.attempt = own
    move(held, MemberOfTeam.JOINED)
    OwnPart.objects.create(submission=submission, requirement=held.team.requirement, team=held.team)
    brought = shared_artifact(held.team)
    if brought is not None:
        give(brought, response, held.team)
    record_team(Event.TEAM_JOINED, held.team, acting_person)
    return held


@transaction.atomic
def decline(*, asked: TeamMember, acting_person: Person) -> TeamMember:
    """Say no. Doing it twice does it once."""
    held = TeamMember.objects.select_for_update(of=("self",)).select_related("team").filter(pk=asked.pk).first()
    if held is None or held.person_id != acting_person.pk:
        raise NoSuchTeam
    if held.status == MemberOfTeam.INVITED:
        move(held, MemberOfTeam.DECLINED)
        record_team(Event.TEAM_DECLINED, held.team, acting_person)
    return held
