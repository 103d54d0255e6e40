"""Holding a team while one of its verbs runs: all its attempts in the order of their keys, then its members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longleaf.assessment.errors import NoSuchTeam, NotForTeams
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold, hold_for_writing
from longleaf.assessment.models import Attempt, Response, Submission, Team, TeamMember
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import TEAM_MOVES, MemberOfTeam
from longleaf.catalog.design import Design
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def hold_attempts(attempts: Iterable[int]) -> dict[int, Attempt]:
    """The attempts by key, locked in one order, so that no two members wait for each other."""
    rows = Attempt.objects.select_for_update(of=("self",)).filter(pk__in=set(attempts)).order_by("pk")
    return {each.pk: each for each in rows.select_related("version", "earner")}


def hold_own(member: TeamMember, *, acting_person: Person) -> tuple[TeamMember, Submission]:
    """One's own membership with the round that is open for writing; all attempts of the team are held.

    Raises `NoSuchTeam` unless they belong to it, and what `holding` raises where the round may not change.
    """
    hold_attempts(attempts_of(member.team_id))
    found = TeamMember.objects.select_for_update(of=("self",)).select_related("team", "attempt").filter(pk=member.pk)
    own = found.filter(person=acting_person.pk, status=MemberOfTeam.JOINED).first()
    if own is None or own.attempt is None:
        raise NoSuchTeam
    attempt = hold(own.attempt.pk, acting_person=acting_person)
    submission = current_submission(attempt)
    hold_for_writing(submission, acting_person=acting_person)
    own.attempt = attempt
    return own, submission


def attempts_of(team_id: int) -> list[int]:
    """The attempts of everybody who belongs to a team, by key."""
    joined = TeamMember.objects.filter(team=team_id, status=MemberOfTeam.JOINED, attempt__isnull=False)
    return [key for key in joined.values_list("attempt", flat=True) if key]


def response_for_team(submission: Submission, attempt: Attempt, requirement: str) -> Response:
    """The response to a requirement that a team may make. Raises `NotForTeams` for any other."""
    asked = {each.code: each for each in Design(attempt.version.document).requirements}.get(requirement)
    response = Response.objects.filter(submission=submission, requirement=requirement).first()
    if asked is None or asked.team is None or response is None:
        raise NotForTeams("This piece of evidence is made alone. Go back to your evidence and bring your own.")
    if response.locked:
        raise NotForTeams("This part was met in an earlier round and is carried over as it was.")
    return response


def most_of(team: Team) -> int:
    """How many people the design lets a team have."""
    limits = Design(team.version.document).requirement(team.requirement).team
    return limits.most if limits else 1


def move(member: TeamMember, new: MemberOfTeam) -> None:
    """The one door to the status. Raises `WrongState` for a move that the table does not allow."""
    require_move(TEAM_MOVES, MemberOfTeam(member.status), new, what="This invitation")
    member.status = new
    member.save(update_fields=["status", "attempt"])


def record_team(event: Event, team: Team, actor: Person | None, **data: object) -> None:
    """Write a line about a team, for its members."""
    record(event, actor=actor, subject=f"team:{team.ref}", data=data)
