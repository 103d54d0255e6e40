"""The verbs that form a team: begin it, ask somebody, take that back, leave, and the close when one of it hands in.

As with mentors, whoever asks is told the same whatever the address: that somebody cannot be reached may mean that they
judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.assessment.errors import NoSuchTeam, TeamIsClosed, TeamNotWelcome
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold, hold_for_writing
from longleaf.assessment.models import Attempt, OwnPart, Team, TeamMember
from longleaf.assessment.queries import current_submission
from longleaf.assessment.status import MemberOfTeam
from longleaf.assessment.teams.access import attempt_to_join_with
from longleaf.assessment.teams.artifacts import take_out
from longleaf.assessment.teams.holding import (
    attempts_of,
    hold_attempts,
    hold_own,
    most_of,
    move,
    record_team,
    response_for_team,
)
from longleaf.directory import queries as directory

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# Each is a letter to somebody who did not ask for it.
MOST_ASKED = 12
# While a team is open, an invitation lapses when whoever it reached hands in. Whoever asked is shown no difference: one
# that stays although they handed in would tell that they were not reached, and so that they judge.
COUNTED = (MemberOfTeam.INVITED, MemberOfTeam.JOINED, MemberOfTeam.LAPSED)


@transaction.atomic
def begin(*, attempt: Attempt, requirement: str, acting_person: Person) -> TeamMember:
    """Begin a team for a requirement, or return the membership in the one that there is. Raises `NotForTeams`."""
    attempt = hold(attempt.pk, acting_person=acting_person)
    submission = current_submission(attempt)
    hold_for_writing(submission, acting_person=acting_person)
    response_for_team(submission, attempt, requirement)
    before = membership_in(attempt, requirement)
    if before is not None:
        # A round with other work begins empty, also of this.
        OwnPart.objects.get_or_create(submission=submission, requirement=requirement, defaults={"team": before.team})
        return before
    team = Team.objects.create(version=attempt.version, requirement=requirement)
    member = TeamMember.objects.create(
        team=team, address=acting_person.email.lower(), person=acting_person, attempt=attempt,
        status=MemberOfTeam.JOINED,
    )  # fmt: skip
    OwnPart.objects.create(submission=submission, requirement=requirement, team=team)
    record_team(Event.TEAM_BEGUN, team, acting_person, requirement=requirement)
    return member


@transaction.atomic
def ask(*, member: TeamMember, address: str, acting_person: Person) -> TeamMember:
    """Ask whoever has this address to join one's team. Asking twice asks once.

    Raises `NoSuchTeam`, `TeamNotWelcome`, and `TeamIsClosed` once one of it has handed in or where it is full.
    """
    own, _ = hold_own(member, acting_person=acting_person)
    wanted = _usable(address, acting_person)
    _require_open(own.team)
    before = TeamMember.objects.filter(team=own.team, address=wanted, status__in=COUNTED).first()
    if before is not None:
        return before
    _require_room(own.team)
    person = directory.people_named([wanted]).get(wanted)
    attempt = attempt_to_join_with(person, own.team) if person else None
    if person and TeamMember.objects.filter(team=own.team, person=person, status__in=COUNTED).exists():
        attempt = None
    asked = TeamMember.objects.create(
        team=own.team, address=wanted, person=person if attempt else None, attempt=attempt, asked_by=acting_person
    )
    record_team(Event.TEAM_ASKED, own.team, acting_person)
    return asked


@transaction.atomic
def take_back(*, asked: TeamMember, acting_person: Person) -> TeamMember:
    """Ask somebody no more; any member may. Doing it twice does it once."""
    if not TeamMember.objects.filter(team=asked.team_id, person=acting_person, status=MemberOfTeam.JOINED).exists():
        raise NoSuchTeam
    hold_attempts(attempts_of(asked.team_id))
    held = TeamMember.objects.select_for_update(of=("self",)).select_related("team").get(pk=asked.pk)
    if held.status in {MemberOfTeam.INVITED, MemberOfTeam.LAPSED}:
        move(held, MemberOfTeam.WITHDRAWN)
        record_team(Event.TEAM_WITHDRAWN, held.team, acting_person)
    return held


@transaction.atomic
def leave(*, member: TeamMember, acting_person: Person) -> TeamMember:
    """Leave a team while one's own evidence may change; its artifact leaves one's round, and nobody else's."""
    own, submission = hold_own(member, acting_person=acting_person)
    move(own, MemberOfTeam.LEFT)
    OwnPart.objects.filter(submission=submission, team=own.team).delete()
    for response in submission.responses.filter(requirement=own.team.requirement, locked=False):
        take_out(response, own.team)
    record_team(Event.TEAM_LEFT, own.team, acting_person)
    return own


def close_teams(attempt: Attempt) -> None:
    """Close the teams of an attempt that is handed in: what was made is made by those who belong now.

    Whoever is asked and has not answered is asked no more, in these teams and by any other for this attempt, so that
    nobody ever joins those whom they judge. For the verb that hands in and holds the attempt.
    """
    now = timezone.now()
    own = TeamMember.objects.filter(attempt=attempt, status=MemberOfTeam.JOINED).values("team")
    for team in Team.objects.select_for_update().filter(pk__in=own, closed_at__isnull=True).order_by("pk"):
        team.size = team.members.filter(status=MemberOfTeam.JOINED).count()
        team.closed_at = now
        team.save(update_fields=["size", "closed_at"])
        record_team(Event.TEAM_CLOSED, team, None, size=team.size)
        _lapse(TeamMember.objects.filter(team=team))
    _lapse(TeamMember.objects.filter(attempt=attempt))


def leave_open_teams(attempt: Attempt, *, acting_person: Person | None) -> None:
    """Leave the teams of an attempt that is withdrawn, but those that are closed: there the number of people stays.

    A team in which nobody is left asks nobody any more. For the verb that withdraws and holds the attempt; what was
    brought stays in its round.
    """
    own = TeamMember.objects.filter(attempt=attempt, status=MemberOfTeam.JOINED)
    open_ones = Team.objects.select_for_update().filter(pk__in=own.values("team"), closed_at__isnull=True)
    for team in open_ones.order_by("pk"):
        for each in own.filter(team=team):
            move(each, MemberOfTeam.LEFT)
        record_team(Event.TEAM_LEFT, team, acting_person)
        if not team.members.filter(status=MemberOfTeam.JOINED).exists():
            for asked in team.members.select_for_update().filter(status=MemberOfTeam.INVITED):
                move(asked, MemberOfTeam.WITHDRAWN)
                record_team(Event.TEAM_WITHDRAWN, team, acting_person)


def membership_in(attempt: Attempt, requirement: str) -> TeamMember | None:
    """The team of an attempt for a requirement; there is at most one."""
    found = TeamMember.objects.filter(attempt=attempt, team__requirement=requirement, status=MemberOfTeam.JOINED)
    return found.select_related("team__version").order_by("-pk").first()


def _lapse(members: QuerySet[TeamMember]) -> None:
    # Locked: whoever says no at the same moment is not written over.
    waiting = members.select_for_update(of=("self",)).filter(status=MemberOfTeam.INVITED)
    for each in waiting.select_related("team").order_by("pk"):
        move(each, MemberOfTeam.LAPSED)
        record_team(Event.TEAM_LAPSED, each.team, None)


def _usable(address: str, earner: Person) -> str:
    wanted = address.strip().lower()
    try:
        validate_email(wanted)
    except ValidationError:
        raise _not_welcome("This is not an e-mail address. Write it as in name@school.org.") from None
    if wanted in directory.verified_addresses(earner):
        raise _not_welcome("This is your own address. Give the one of somebody who makes it with you.")
    return wanted


def _require_open(team: Team) -> None:
    if team.closed_at is not None:
        raise TeamIsClosed("One of you has handed in, so nobody can join any more.")


def _require_room(team: Team) -> None:
    most = most_of(team)
    if team.members.filter(status__in=COUNTED).count() >= most:
        raise TeamIsClosed(f"A team has at most {most} people here, and so many belong to it or are asked.")
    if team.members.count() > MOST_ASKED:
        raise TeamIsClosed(f"{MOST_ASKED} people were asked, and more cannot be.")


def _not_welcome(sentence: str) -> TeamNotWelcome:
    return TeamNotWelcome("Nobody was asked yet. Look at the marked field.", fields={"address": sentence})
