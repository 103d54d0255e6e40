"""The verb that opens the next round after a decision of *not yet*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import AttemptsUsedUp
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.models import Artifact, Attempt, Response, Submission
from longleaf.assessment.queries import current_submission, rounds_left
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.catalog.design import Design
from longleaf.journal.recording import record
from longleaf.kit.status import require_move

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def open_round(*, attempt: Attempt, acting_person: Person) -> Submission:
    """Begin the next round with a copy of the judged one, which stays as it was. Opening it twice opens it once.

    A response whose criteria are all met is locked: only what was not met is shown again. Raises `WrongState` unless
    the decision was *not yet*, and `AttemptsUsedUp` where the version allows no further round.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    judged = current_submission(attempt)
    if attempt.status == AttemptStatus.DRAFT and attempt.round > 1:
        return judged
    require_move(ATTEMPT_MOVES, AttemptStatus(attempt.status), AttemptStatus.DRAFT, what="This attempt")
    if rounds_left(acting_person, attempt.version) == 0:
        raise AttemptsUsedUp("All rounds that this micro-credential allows are used. Ask its issuer what you can do.")
    met = met_so_far(judged)
    opened = Submission.objects.create(
        attempt=attempt, round=attempt.round + 1, met_before=met, badge_evidence=judged.badge_evidence
    )
    copy_evidence(judged, opened, Design(attempt.version.document), frozenset(met))
    attempt.status, attempt.round, attempt.decided_at = AttemptStatus.DRAFT, opened.round, None
    attempt.save(update_fields=["status", "round", "decided_at", "changed_at"])
    record(
        Event.ROUND_OPENED,
        actor=acting_person,
        subject=f"attempt:{attempt.ref}",
        data={"round": opened.round, "submission": opened.ref, "met_before": met},
    )
    return opened


def met_so_far(submission: Submission) -> list[str]:
    """The criteria that were met in this round, in an earlier one, or when an appeal had it read anew; sorted."""
    outcomes = [submission.outcome, *submission.rereadings.values_list("outcome", flat=True)]
    found = [each for outcome in outcomes for each in (outcome or {}).get("criteria", [])]
    return sorted({*submission.met_before, *(each["code"] for each in found if each["met"])})


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
            )
            for old, copy in zip(responses, copies, strict=True)
            for artifact in old.artifacts.all()
            if artifact.taken_away_at is None
        ]
    )


def _is_met(judged_on: frozenset[str], met: frozenset[str]) -> bool:
    # A requirement on which nothing is judged stays open: it may be what makes the rest understood.
    return bool(judged_on) and judged_on <= met
