"""Holding an attempt while it changes: its row locked, its earner recognised. Every verb of the earner begins here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.assessment.access import is_earner
from longleaf.assessment.errors import NoSuchAttempt, NoSuchRequirement, NoSuchRound, NotOpenForWriting, ResponseLocked
from longleaf.assessment.models import Attempt, Response, Submission
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def hold(attempt_id: int, *, acting_person: Person) -> Attempt:
    """The attempt with its version, locked until the transaction ends. Raises `NoSuchAttempt` unless it is theirs.

    The whole attempt is locked rather than a response, because handing in reads all responses at once and none may
    change between that look and the new status. Only one person ever writes here, so nobody waits for long.
    """
    found = Attempt.objects.select_for_update(of=("self",)).select_related("version").filter(pk=attempt_id).first()
    if found is None or not is_earner(acting_person, found):
        raise NoSuchAttempt
    return found


def hold_for_writing(submission: Submission, *, acting_person: Person) -> Attempt:
    """The same, for evidence that may still change. Raises `NotOpenForWriting` or `NoSuchRound` where it may not."""
    attempt = hold(submission.attempt_id, acting_person=acting_person)
    require_open(attempt, submission)
    return attempt


def require_open(attempt: Attempt, submission: Submission) -> None:
    """Raise `NotOpenForWriting` or `NoSuchRound` unless the evidence of this round may still change."""
    if AttemptStatus(attempt.status) not in OPEN_FOR_WRITING:
        raise NotOpenForWriting(
            f"This attempt is now “{AttemptStatus(attempt.status).label}”, so its evidence cannot be changed. "
            "Reload the page to see where it stands."
        )
    if submission.round != attempt.round:
        raise NoSuchRound(f"Round {submission.round} was decided. Open round {attempt.round} to go on working.")


def open_response(submission: Submission, requirement: str) -> Response:
    """The response to a requirement, to be changed. Raises `NoSuchRequirement` or `ResponseLocked`."""
    response = Response.objects.filter(submission=submission, requirement=requirement).first()
    if response is None:
        raise NoSuchRequirement(f"This micro-credential has no requirement {requirement}. Reload the page.")
    if response.locked:
        raise ResponseLocked(
            "This part was met in an earlier round and is carried over as it was. There is nothing to change in it."
        )
    return response
