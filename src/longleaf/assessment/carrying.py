"""What one round hands on to the next, and to a copy that an appeal has read anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longleaf.assessment.models import Artifact, OwnPart, Response, Submission
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
    """Copy texts and artifacts; a file's bytes are shared, not copied."""
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
    Artifact.objects.bulk_create(
        [
            Artifact(
                response=copy,
                upload_id=artifact.upload_id,
                transcript_id=artifact.transcript_id,
                link=artifact.link,
                title=artifact.title,
                position=artifact.position,
                team_id=artifact.team_id,
            )
            for old, copy in zip(responses, copies, strict=True)
            for artifact in old.artifacts.all()
            if artifact.taken_away_at is None
        ]
    )
    OwnPart.objects.bulk_create(
        [
            OwnPart(submission=opened, requirement=each.requirement, team_id=each.team_id, text=each.text)
            for each in judged.own_parts.all()
        ]
    )


def _is_met(judged_on: frozenset[str], met: frozenset[str]) -> bool:
    # A requirement on which nothing is judged stays open: it may be what makes the rest understood.
    return bool(judged_on) and judged_on <= met
