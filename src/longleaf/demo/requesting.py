"""The chapter of the credit desk: what educators ask of their school unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.recognition.credit_requests import asking

if TYPE_CHECKING:
    from longleaf.demo.script import Requested
    from longleaf.demo.stage import Stage
    from longleaf.recognition.models import CreditRequest


def request(told: Requested, stage: Stage) -> CreditRequest:
    """Write a request and send it; it waits at the desk."""
    educator = stage.people[told.by]
    begun = asking.begin(
        acting_person=educator,
        sort="credit",
        kind=told.kind,
        title=told.title,
        amount=told.amount,
        earned_on=told.earned_on,
        category=told.category,
        statement=told.statement,
    )
    return asking.send(request=begun, acting_person=educator)
