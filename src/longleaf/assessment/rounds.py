"""Reads of an attempt's rounds, for its earner: each with its decision and its letter, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from longleaf.assessment.changes import Brought, Change, change
from longleaf.assessment.errors import NoSuchAttempt
from longleaf.assessment.models import Appeal, Artifact, Attempt, Submission
from longleaf.assessment.queries import Decision, Piece, Work, decision_on, work_on
from longleaf.kit.numbers import whole_number


@dataclass(frozen=True)
class Round:
    """One round: what was handed in, what came of it once it was decided, and the appeal against that."""

    submission: Submission
    decision: Decision | None
    appeal: Appeal | None

    @property
    def number(self) -> int:
        return self.submission.round

    @property
    def has_letter(self) -> bool:
        """Whether an appeal against its decision is answered by a letter."""
        return self.appeal is not None and self.appeal.answered_at is not None


def rounds_of(attempt: Attempt) -> list[Round]:
    """Every round, the newest first, in two queries."""
    appeals = {each.submission_id: each for each in Appeal.objects.filter(submission__attempt=attempt)}
    return [Round(each, decision_on(each), appeals.get(each.pk)) for each in attempt.rounds.order_by("-round")]


def round_of(attempt: Attempt, number: str) -> Submission:
    """One round by its number as an address tells it; the present one where it tells none. Raises `NoSuchAttempt`."""
    wanted = whole_number(number) if number else attempt.round
    found = attempt.rounds.filter(round=wanted).first() if wanted is not None else None
    if found is None:
        raise NoSuchAttempt
    return found


def what_changed(work: Work) -> Mapping[str, Change]:
    """By requirement, what is another than in the round before. Empty in the first round and for other work."""
    if work.submission.round == 1 or work.submission.other_work:
        return {}
    earner = work.attempt.earner_id
    before = work_on(work.attempt, work.attempt.rounds.get(round=work.submission.round - 1))
    brought = {piece.code: _brought(piece, earner) for piece in before.pieces}
    return {
        piece.code: change(brought[piece.code], _brought(piece, earner))
        for piece in work.pieces
        if piece.code in brought
    }


def _brought(piece: Piece, earner: int) -> Brought:
    there = [each for each in piece.artifacts if each.taken_away_at is None]
    return Brought(piece.response.text, dict(pair for each in there for pair in _things(each, each.name_for(earner))))


def _things(artifact: Artifact, name: str) -> Iterator[tuple[str, str]]:
    """A file or link, and the words of a recording, by what they are."""
    yield f"file:{artifact.upload_id}" if artifact.upload_id else f"link:{artifact.link}", name
    if artifact.transcript:
        yield f"words:{artifact.upload_id}:{artifact.transcript.sha256}", f"the words of {name}"
