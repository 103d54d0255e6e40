"""Reads: one's team for a requirement, the teams one belongs to, and those that ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.assessment.errors import NoSuchTeam
from longleaf.assessment.models import Artifact, TeamMember
from longleaf.assessment.queries import Piece, Work
from longleaf.assessment.status import MemberOfTeam
from longleaf.assessment.teams.access import invitations_to, memberships_of
from longleaf.assessment.teams.forming import COUNTED, membership_in
from longleaf.catalog.design import Design

if TYPE_CHECKING:
    from longleaf.directory.models import Person

WITH_ITS_TITLE = ("team__version", "attempt", "asked_by")


@dataclass(frozen=True)
class TeamLine:
    """A team in a list, with what it makes."""

    member: TeamMember

    @property
    def title(self) -> str:
        return str(self.member.team.version.labelled_title)

    @property
    def asked_for(self) -> str:
        """What the team makes, as the requirement is called."""
        return Design(self.member.team.version.document).requirement(self.member.team.requirement).title


@dataclass(frozen=True)
class OwnTeam:
    """One's team for a requirement: everybody in it, those who are asked, and what was brought."""

    own: TeamMember
    members: Sequence[TeamMember]
    asked: Sequence[TeamMember]
    most: int

    @property
    def is_closed(self) -> bool:
        return self.own.team.closed_at is not None

    @property
    def has_room(self) -> bool:
        return not self.is_closed and len(self.members) + len(self.asked) < self.most


def piece_for_team(work: Work, requirement: str) -> Piece:
    """The piece of a requirement that a team may make. Raises `NoSuchTeam` for any other."""
    found = next((each for each in work.pieces if each.code == requirement and each.requirement.team), None)
    if found is None:
        raise NoSuchTeam
    return found


def own_team(work: Work, piece: Piece) -> OwnTeam | None:
    """One's team for a requirement, or None; in a constant number of queries."""
    own = membership_in(work.attempt, piece.code)
    if own is None or piece.own_part is None or piece.requirement.team is None:
        return None
    everybody = list(own.team.members.filter(status__in=COUNTED).select_related("person"))
    return OwnTeam(
        own=own,
        members=[each for each in everybody if each.status == MemberOfTeam.JOINED],
        asked=[each for each in everybody if each.status != MemberOfTeam.JOINED and own.team.closed_at is None],
        most=piece.requirement.team.most,
    )


def teams_of(person: Person) -> list[TeamLine]:
    """The teams to which somebody belongs, the newest first."""
    return [TeamLine(each) for each in memberships_of(person).select_related(*WITH_ITS_TITLE).order_by("-asked_at")]


def invitations_of(person: Person) -> list[TeamLine]:
    """The teams that ask somebody."""
    return [TeamLine(each) for each in invitations_to(person).select_related(*WITH_ITS_TITLE).order_by("-asked_at")]


def invitation_of(person: Person, ref: str) -> TeamMember:
    """One of them. Raises `NoSuchTeam`."""
    found = invitations_to(person).select_related(*WITH_ITS_TITLE).filter(ref=ref).first()
    if found is None:
        raise NoSuchTeam
    return found


def asked_member(team: OwnTeam, ref: str) -> TeamMember:
    """Somebody whom one's team asks. Raises `NoSuchTeam`."""
    found = next((each for each in team.asked if each.ref == ref), None)
    if found is None:
        raise NoSuchTeam
    return found


def artifacts_to_bring(piece: Piece) -> list[Artifact]:
    """What one brought for the requirement and could be the team's."""
    return [each for each in piece.artifacts if each.team_id is None and each.taken_away_at is None]
