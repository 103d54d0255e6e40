"""Who may: each question as a yes/no, with its filter beside it where lists ask the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.assessment.judged_by import places_of_units
from longleaf.assessment.models import Attempt, Team, TeamMember
from longleaf.assessment.nearness import begun_by_the_same, judges_of, leads_for_issuer_of, mentors_of
from longleaf.assessment.status import OPEN_FOR_WRITING, MemberOfTeam
from longleaf.directory.queries import people_by_key, places_where
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def attempt_to_join_with(person: Person, team: Team) -> Attempt | None:
    """The attempt with which somebody may join a team if they are asked: at the same version, still to be handed in,
    and nobody of the two sides judges or ever judged the other. None where there is no such."""
    own = Attempt.objects.filter(earner=person, version=team.version_id, status__in=OPEN_FOR_WRITING)
    attempt = own.first()
    if attempt is None or not person.is_active or _have_judged(person, team):
        return None
    return attempt


def memberships_of(person: Person) -> QuerySet[TeamMember]:
    """The teams to which somebody belongs."""
    return TeamMember.objects.filter(person=person, status=MemberOfTeam.JOINED)


def invitations_to(person: Person) -> QuerySet[TeamMember]:
    """The teams that ask somebody and still take people in."""
    return TeamMember.objects.filter(person=person, status=MemberOfTeam.INVITED, team__closed_at__isnull=True)


def _have_judged(person: Person, team: Team) -> bool:
    """Whether anybody of one side, or whoever helps them, judges or judged the other side's work."""
    joined = TeamMember.objects.filter(team=team, status=MemberOfTeam.JOINED, attempt__isnull=False)
    theirs = {key for key in joined.values_list("attempt", flat=True) if key}
    members = {key for key in joined.values_list("person", flat=True) if key}
    made = team.version.micro_credential
    # Of whichever attempt: whoever withdraws and begins anew brings the same work.
    theirs = theirs.union(*begun_by_the_same(theirs).values())
    own = set(Attempt.objects.filter(earner=person, micro_credential=made).values_list("pk", flat=True))
    judges, helpers = judges_of({*theirs, *own}), mentors_of({*theirs, *own})
    this_side = {person.pk}.union(*(helpers[key] for key in own))
    that_side = members.union(*(helpers[key] for key in theirs))
    sides = {person, *people_by_key(members).values()}
    units = places_of_units({*theirs, *own})
    return (
        # A lead sees who reads for the issuer or the unit, so they make nothing with those who are read.
        any(leads_for_issuer_of(each, made) or places_where(each, Role.LEAD_ASSESSOR) & units for each in sides)
        or any(judges[key] & this_side for key in theirs)
        or any(judges[key] & that_side for key in own)
    )
