"""The end of an appeal: what the new reading found is its answer. `scoring.decide` alone leads here."""

from __future__ import annotations

from django.utils import timezone

from longleaf.assessment.events import Event
from longleaf.assessment.models import Appeal, Submission
from longleaf.assessment.status import APPEAL_MOVES, AppealStatus
from longleaf.journal.recording import record
from longleaf.kit.status import require_move


def conclude(*, reread: Submission) -> Appeal:
    """Answer the appeal for which a decided round was read anew: changed where any further criterion was met.

    Runs inside the transaction that decides, with the attempt locked. Raises `WrongState` for one that was answered.
    """
    appeal = Appeal.objects.select_for_update().get(reread=reread)
    new = AppealStatus.CHANGED if newly_met(reread) else AppealStatus.STANDS
    require_move(APPEAL_MOVES, AppealStatus(appeal.status), new, what=f"Appeal {appeal.ref}")
    appeal.status, appeal.answered_at = new, timezone.now()
    appeal.save(update_fields=["status", "answered_at"])
    event = Event.APPEAL_CHANGED if new is AppealStatus.CHANGED else Event.APPEAL_STANDS
    data = {"appeal": appeal.ref, "round": reread.round, "newly_met": newly_met(reread)}
    record(event, actor=None, subject=f"attempt:{reread.attempt.ref}", data=data)
    return appeal


def newly_met(reread: Submission) -> list[str]:
    """The criteria that were met in the new reading and not before."""
    found = (reread.outcome or {}).get("criteria", [])
    return [each["code"] for each in found if each["met"] and each["code"] not in set(reread.met_before)]
