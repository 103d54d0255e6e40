"""The verb that opens the next round after a decision of *not yet*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.carrying import copy_evidence, levels_so_far, met_so_far
from longleaf.assessment.errors import AttemptsUsedUp
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.models import Attempt, Submission
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
    met, design = met_so_far(judged), Design(attempt.version.document)
    opened = Submission.objects.create(
        attempt=attempt,
        round=attempt.round + 1,
        met_before=met,
        levels_before=levels_so_far(judged, design.rubric),
        badge_evidence=judged.badge_evidence,
    )
    copy_evidence(judged, opened, design, frozenset(met))
    attempt.status, attempt.round, attempt.decided_at = AttemptStatus.DRAFT, opened.round, None
    attempt.save(update_fields=["status", "round", "decided_at", "changed_at"])
    record(
        Event.ROUND_OPENED,
        actor=acting_person,
        subject=f"attempt:{attempt.ref}",
        data={"round": opened.round, "submission": opened.ref, "met_before": met},
    )
    return opened
