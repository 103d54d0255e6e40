"""The verb that hands a round in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import rfc8785
from django.db import transaction
from django.utils import timezone

from longleaf.assessment.clock import due_after
from longleaf.assessment.errors import NoSuchRound, NotReady
from longleaf.assessment.events import Event
from longleaf.assessment.evidence.writing import chosen_for_badge
from longleaf.assessment.holding import hold
from longleaf.assessment.mentoring.inviting import lapse_unanswered
from longleaf.assessment.models import Attempt, Submission
from longleaf.assessment.privacy.readiness import not_looked_through, what_is_unsaid
from longleaf.assessment.queries import Piece, Work, work_on
from longleaf.assessment.statements import STATEMENTS
from longleaf.assessment.status import ATTEMPT_MOVES, WITH_THE_ASSESSORS, AttemptStatus
from longleaf.assessment.teams.forming import close_teams
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def submit(
    *,
    submission: Submission,
    statements: Collection[str],
    badge_evidence: Collection[str],
    language: str = "",
    acting_person: Person,
) -> Submission:
    """Hand a round in. `statements` are the codes agreed to, `badge_evidence` the requirements a badge may tell of.

    `language` is one of those in which the micro-credential takes work; it is asked for where there are several, once
    for all rounds, and whoever reads it reads in it. The same post again (a double click, a form sent anew) is answered
    with what the first one did. Raises `NotReady` with a sentence for each requirement and statement that is open, and
    `WrongState` where nothing can be handed in.
    """
    attempt = hold(submission.attempt_id, acting_person=acting_person)
    submission = Submission.objects.get(pk=submission.pk)
    chosen = chosen_for_badge(attempt, badge_evidence)
    language = language or submission.language
    if _is_the_same_post(attempt, submission, statements, chosen) and submission.language == language:
        return submission
    old = AttemptStatus(attempt.status)
    require_move(ATTEMPT_MOVES, old, AttemptStatus.SUBMITTED, what="This attempt")
    if submission.round != attempt.round:
        raise NoSuchRound(f"Round {submission.round} was decided. Open round {attempt.round} to hand it in.")
    work = work_on(attempt, submission)
    _require_ready(work, statements, language)
    now = timezone.now()
    submission.statements = _agreed(statements, now)
    submission.badge_evidence = chosen
    submission.language = language
    submission.submitted_at = now
    submission.due_at, submission.promised_anew = expected_by(attempt, now), None
    submission.compared_at = None
    changed = ["statements", "badge_evidence", "language", "submitted_at", "due_at", "promised_anew", "compared_at"]
    submission.save(update_fields=changed)
    attempt.status = AttemptStatus.SUBMITTED
    attempt.save(update_fields=["status", "changed_at"])
    lapse_unanswered(attempt)
    close_teams(attempt)
    record(Event.SUBMITTED, actor=acting_person, subject=f"attempt:{attempt.ref}", data=_line(old, submission, work))
    return submission


def expected_by(attempt: Attempt, moment: datetime) -> datetime:
    """When the decision on something handed in at `moment` is to be expected: by the version's turnaround, in the
    business days of its state."""
    state = attempt.micro_credential.state
    return due_after(
        moment,
        attempt.version.document["turnaround_business_days"],
        holidays=frozenset(date.fromisoformat(day) for day in state.holidays),
        zone=ZoneInfo(state.time_zone),
    )


def what_is_open(work: Work, statements: Collection[str], language: str = "") -> dict[str, str]:
    """Everything that keeps a round from being handed in: requirement, `privacy-…`, `looked`, `language` or
    `statement-<code>`, and how to mend it."""
    missing = {piece.code: piece.missing for piece in work.pieces if piece.missing}
    unsaid = {f"statement-{each.code}": each.mend for each in STATEMENTS if each.code not in statements}
    return {**missing, **what_is_unsaid(work), **not_looked_through(work), **_unsaid_language(work, language), **unsaid}


def _unsaid_language(work: Work, language: str) -> dict[str, str]:
    welcome = work.design.languages
    if language in welcome or (not language and len(welcome) == 1):
        return {}
    return {"language": "Say in which language your work is, so that it goes to assessors who read it."}


def _require_ready(work: Work, statements: Collection[str], language: str) -> None:
    still_open = what_is_open(work, statements, language)
    if still_open:
        raise NotReady("Something that is asked for is not there yet. Nothing was handed in.", fields=still_open)


def _is_the_same_post(attempt: Attempt, submission: Submission, statements: Collection[str], chosen: list[str]) -> bool:
    return (
        AttemptStatus(attempt.status) in WITH_THE_ASSESSORS
        and submission.round == attempt.round
        and set(submission.statements) == set(statements)
        and submission.badge_evidence == chosen
    )


def _agreed(statements: Collection[str], now: datetime) -> dict[str, Any]:
    return {
        each.code: {"text": each.text, "agreed_at": now.isoformat()} for each in STATEMENTS if each.code in statements
    }


def _line(old: AttemptStatus, submission: Submission, work: Work) -> dict[str, Any]:
    return {
        "from": old.value,
        "round": submission.round,
        "submission": submission.ref,
        "due": timezone.localdate(submission.due_at).isoformat() if submission.due_at else "",
        "statements": sorted(submission.statements),
        **({"language": submission.language} if submission.language else {}),
        "badge_evidence": submission.badge_evidence,
        "evidence": evidence_digest(work),
    }


def evidence_digest(work: Work) -> str:
    """SHA-256, in hex, of everything handed in, in canonical JSON (RFC 8785): it proves later what was judged."""
    content: dict[str, Any] = {
        piece.code: {
            "text": piece.response.text,
            "artifacts": [artifact.upload.sha256 if artifact.upload else artifact.link for artifact in piece.artifacts],
            **_words_of(piece),
            **({"own_part": piece.own_part.text} if piece.own_part else {}),
        }
        for piece in work.pieces
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _words_of(piece: Piece) -> dict[str, dict[str, str]]:
    """The digests of transcripts by the place of their recordings, where there are any."""
    words = {str(at): each.transcript.sha256 for at, each in enumerate(piece.artifacts, 1) if each.transcript}
    return {"words": words} if words else {}
