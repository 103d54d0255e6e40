"""The artifact of a team: where it stands, what gives it to another round, and what takes it out again."""

from __future__ import annotations

from collections.abc import Collection

from longleaf.assessment.evidence.writing import forget_upload, next_position
from longleaf.assessment.models import Artifact, Attempt, Response, Team, TeamMember
from longleaf.assessment.status import OPEN_FOR_WRITING, MemberOfTeam


def shared_artifact(team: Team) -> Artifact | None:
    """What the team brought last, as it stands in any member's round."""
    rows = Artifact.objects.select_related("upload", "transcript")
    return rows.filter(team=team, taken_away_at__isnull=True).order_by("-pk").first()


def give(brought: Artifact, response: Response, team: Team) -> Artifact:
    """Let what was brought stand in another round too. Its owner's title stays with its owner."""
    return Artifact.objects.create(
        response=response,
        upload=brought.upload,
        transcript=brought.transcript,
        link=brought.link,
        position=next_position(response),
        team=team,
    )


def take_out(response: Response, team: Team, *, keep: Collection[int] = ()) -> None:
    """Take the team's artifact out of one round, but for the rows in `keep`. Its bytes go with the last of its rows."""
    for each in response.artifacts.filter(team=team).exclude(pk__in=keep).select_related("upload", "transcript"):
        upload, transcript = each.upload, each.transcript
        each.delete()
        forget_upload(upload)
        forget_upload(transcript)


def open_responses(team: Team) -> list[Response]:
    """Where the artifact belongs now: the members' present rounds that may change and in which it is team work."""
    joined = TeamMember.objects.filter(team=team, status=MemberOfTeam.JOINED, attempt__isnull=False)
    attempts = Attempt.objects.filter(pk__in=joined.values("attempt"), status__in=OPEN_FOR_WRITING)
    rounds = {attempt.pk: attempt.round for attempt in attempts}
    rows = Response.objects.filter(
        submission__attempt__in=rounds,
        submission__reread_of__isnull=True,
        submission__own_parts__team=team,
        requirement=team.requirement,
        locked=False,
    ).select_related("submission")
    return [each for each in rows.order_by("pk") if each.submission.round == rounds[each.submission.attempt_id]]
