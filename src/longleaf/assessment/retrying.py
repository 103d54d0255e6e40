"""The verbs that open the next round after a decision of *not yet*: with a copy of the work, or with other work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.carrying import copy_evidence, levels_so_far, met_so_far
from longleaf.assessment.errors import AttemptsUsedUp, CoachMeetingNeeded, WorkNotReplaceable
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold
from longleaf.assessment.meetings.queries import meeting_needed
from longleaf.assessment.models import Attempt, Response, Submission
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
    the decision was *not yet*, `AttemptsUsedUp` where the version allows no further round, and `CoachMeetingNeeded`
    where it asks for a meeting with a coach first.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    judged = current_submission(attempt)
    if attempt.status == AttemptStatus.DRAFT and attempt.round > 1:
        return judged
    _require_may_open(attempt, acting_person)
    met, design = met_so_far(judged), Design(attempt.version.document)
    opened = Submission.objects.create(
        attempt=attempt,
        round=attempt.round + 1,
        met_before=met,
        levels_before=levels_so_far(judged, design.rubric),
        badge_evidence=judged.badge_evidence,
        language=judged.language,
    )
    copy_evidence(judged, opened, design, frozenset(met))
    _begin(attempt, opened, Event.ROUND_OPENED, acting_person)
    return opened


@transaction.atomic
def replace_work(*, attempt: Attempt, acting_person: Person) -> Submission:
    """Begin the next round with other work, such as another lesson. Doing it twice does it once.

    Every requirement is open and empty, also those whose criteria were met: other work is not understood from pieces of
    the first. Where the version keeps what was met, those criteria are not judged again; where it starts over, nothing
    of the earlier rounds counts, for better or worse. What was handed in before stays as it was. Raises
    `WorkNotReplaceable` where the version does not allow it, and what `open_round` raises.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    judged, design = current_submission(attempt), Design(attempt.version.document)
    if attempt.status == AttemptStatus.DRAFT and judged.other_work:
        return judged
    _require_replaceable(design)
    _require_may_open(attempt, acting_person)
    keeps = design.replace_work == "keep_met"
    opened = Submission.objects.create(
        attempt=attempt,
        round=attempt.round + 1,
        other_work=True,
        language=judged.language,
        met_before=met_so_far(judged) if keeps else [],
        levels_before=levels_so_far(judged, design.rubric) if keeps else {},
    )
    Response.objects.bulk_create([Response(submission=opened, requirement=each.code) for each in design.requirements])
    _begin(attempt, opened, Event.WORK_REPLACED, acting_person)
    return opened


def _begin(attempt: Attempt, opened: Submission, told: Event, acting_person: Person) -> None:
    attempt.status, attempt.round, attempt.decided_at = AttemptStatus.DRAFT, opened.round, None
    attempt.save(update_fields=["status", "round", "decided_at", "changed_at"])
    data = {"round": opened.round, "submission": opened.ref, "met_before": opened.met_before}
    record(told, actor=acting_person, subject=f"attempt:{attempt.ref}", data=data)


def _require_may_open(attempt: Attempt, person: Person) -> None:
    require_move(ATTEMPT_MOVES, AttemptStatus(attempt.status), AttemptStatus.DRAFT, what="This attempt")
    if rounds_left(person, attempt.version) == 0:
        raise AttemptsUsedUp("All rounds that this micro-credential allows are used. Ask its issuer what you can do.")
    if needed := meeting_needed(person, attempt.version):
        raise CoachMeetingNeeded(needed.rounds)


def _require_replaceable(design: Design) -> None:
    if not design.replace_work:
        raise WorkNotReplaceable(
            "In this micro-credential a later round mends the work that was handed in. "
            "Open the next round and change what was not yet met."
        )
