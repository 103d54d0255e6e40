"""The verb that brings an artifact for a whole team: one file or link, a row in each member's open round.

Rounds that were handed in keep what was handed in. Bytes are shared, as between rounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import TeamNotWelcome
from longleaf.assessment.events import Event
from longleaf.assessment.models import Artifact, TeamMember
from longleaf.assessment.teams.artifacts import give, open_responses, take_out
from longleaf.assessment.teams.holding import hold_own, record_team

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def bring(*, member: TeamMember, artifact: Artifact, acting_person: Person) -> Artifact:
    """Make an artifact of one's own round the team's: it takes the place of the one before in every open round.

    Raises `NoSuchTeam`, and `TeamNotWelcome` for an artifact that is not one's own for this requirement.
    """
    own, submission = hold_own(member, acting_person=acting_person)
    rows = Artifact.objects.select_related("upload", "transcript")
    here = rows.filter(response__submission=submission, response__requirement=own.team.requirement)
    found = here.filter(pk=artifact.pk, response__locked=False, taken_away_at__isnull=True).first()
    if found is None:
        raise TeamNotWelcome("Choose a file or link that you brought for this requirement. Reload the page.")
    if found.team_id != own.team_id:
        found.team = own.team
        found.save(update_fields=["team"])
    for response in open_responses(own.team):
        take_out(response, own.team, keep={found.pk})
        if response.pk != found.response_id:
            give(found, response, own.team)
    record_team(Event.TEAM_BROUGHT, own.team, acting_person, requirement=own.team.requirement)
    return found
