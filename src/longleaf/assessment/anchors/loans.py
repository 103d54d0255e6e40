"""The end of a loan: work that its earner lent to train assessors is shown to no new reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from longleaf.assessment.events import Event
from longleaf.assessment.models import Submission
from longleaf.journal.recording import record
from longleaf.panels.calibration import anchors

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def end_loan(submission: Submission, *, event: Event, because: str, acting_person: Person | None) -> None:
    """Take back a loan, for a verb that holds its attempt; anchors made of it are retired."""
    submission.lent_at = None
    submission.save(update_fields=["lent_at"])
    data = {"submission": submission.ref, "round": submission.round}
    record(event, actor=acting_person, subject=f"attempt:{submission.attempt.ref}", data=data)
    anchors.retire_those_of(evidence=submission.ref, because=because)


def end_loans_of(submissions: Iterable[int]) -> None:
    """End the loans among these rounds, by their keys, of which something was taken away. Their attempts are held."""
    lent = Submission.objects.select_related("attempt").filter(pk__in=set(submissions), lent_at__isnull=False)
    for each in lent.order_by("pk"):
        because = "Some of it was taken away at the wish of a person shown."
        end_loan(each, event=Event.EVIDENCE_LOAN_ENDED, because=because, acting_person=None)
