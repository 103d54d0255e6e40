"""What one round hands on to the next, and to a copy that an appeal has read anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longleaf.assessment.models import AiStatement, Artifact, OwnPart, Response, Submission
from longleaf.catalog.design import Design
from longleaf.engines.rubrics import Rubric


def met_so_far(submission: Submission) -> list[str]:
    """The criteria that were met in this round, in an earlier one, or when an appeal had it read anew; sorted."""
    return sorted({*submission.met_before, *(each["code"] for each in _found_in(submission) if each["met"])})


def levels_so_far(submission: Submission, rubric: Rubric) -> dict[str, str]:
    """The best level that each criterion had in this round, in an earlier one, or when it was read anew, by code."""
    had = [*submission.levels_before.items(), *((each["code"], each["level"]) for each in _found_in(submission))]
    rising = sorted((rubric.level_by_code[level].rank, code, level) for code, level in had if level)
    return {code: level for _, code, level in rising}


def _found_in(submission: Submission) -> list[Mapping[str, Any]]:
    outcomes = [submission.outcome, *submission.rereadings.values_list("outcome", flat=True)]
    return [each for outcome in outcomes for each in (outcome or {}).get("criteria", [])]


def copy_evidence(judged: Submission, opened: Submission, design: Design, met: frozenset[str]) -> None:
    """Copy texts and artifacts; a file's bytes are shared, not copied.

    What was said of tools goes along where nothing can be changed any more; of the rest it is asked anew.
    """
    responses = list(judged.responses.prefetch_related("artifacts"))
    copies = Response.objects.bulk_create(
        [
            Response(
                submission=opened,
                requirement=each.requirement,
                text=each.text,
                locked=_is_met(design.criteria_judged_on(each.requirement), met),
            )
            for each in responses
        ]
    )
    brought = [
        (artifact, copy)
        for old, copy in zip(responses, copies, strict=True)
        for artifact in old.artifacts.all()
        if artifact.taken_away_at is None
    ]
    artifacts = Artifact.objects.bulk_create([_copied(artifact, copy) for artifact, copy in brought])
    settled = {old.pk: copy for old, copy in zip(responses, copies, strict=True) if copy.locked or opened.reread_of_id}
    _copy_statements(settled, {old.pk: copy for (old, _), copy in zip(brought, artifacts, strict=True)})
    OwnPart.objects.bulk_create(
        [
            OwnPart(submission=opened, requirement=each.requirement, team_id=each.team_id, text=each.text)
            for each in judged.own_parts.all()
        ]
    )


def _copied(artifact: Artifact, response: Response) -> Artifact:
    return Artifact(
        response=response,
        upload_id=artifact.upload_id,
        transcript_id=artifact.transcript_id,
        link=artifact.link,
        title=artifact.title,
        position=artifact.position,
        team_id=artifact.team_id,
    )


def _copy_statements(responses: Mapping[int, Response], artifacts: Mapping[int, Artifact]) -> None:
    said = AiStatement.objects.filter(response__in=responses)
    AiStatement.objects.bulk_create(
        [
            AiStatement(
                response=responses[each.response_id],
                artifact=artifacts[each.artifact_id] if each.artifact_id else None,
                uses=each.uses,
                words=each.words,
            )
            for each in said
            if each.artifact_id is None or each.artifact_id in artifacts
        ]
    )


def _is_met(judged_on: frozenset[str], met: frozenset[str]) -> bool:
    # A requirement on which nothing is judged stays open: it may be what makes the rest understood.
    return bool(judged_on) and judged_on <= met
