"""The verbs of the office: ask back, approve, refuse. Locks: the request, what it records, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.kit.errors import Refusal
from longleaf.kit.words import plain_line_ends
from longleaf.recognition import access, recording
from longleaf.recognition.credit_requests.holding import hold, policy_in_force, require_may_become, tell
from longleaf.recognition.credit_requests.soundness import Grant, mistake_of_text, mistakes_of_grant
from longleaf.recognition.errors import NoSuchRequest, UnusableDecision
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest, OtherCredit, RequestNote
from longleaf.recognition.status import RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def ask_back(*, request: CreditRequest, question: str, acting_person: Person) -> CreditRequest:
    """Ask the educator something before deciding. The clock stops until the answer comes."""
    held = _decidable(request, acting_person)
    require_may_become(held, RequestStatus.ASKED_BACK)
    _require_said(question, "reason", "Write what you ask.")
    text = plain_line_ends(question.strip())
    RequestNote.objects.create(request=held, said_by=acting_person, is_question=True, text=text)
    held.status = RequestStatus.ASKED_BACK
    held.save(update_fields=["status"])
    tell(Event.REQUEST_ASKED_BACK, held, actor=acting_person)
    return held


@transaction.atomic
def approve(*, request: CreditRequest, reason: str, acting_person: Person, grant: Grant | None = None) -> CreditRequest:
    """Approve a request as asked, or what `grant` says in its place, and record what follows from it.

    Credit becomes a line of the ledger, and what is carried over one without what counted before; a category is added
    to the credit that it is about. An approval before the beginning, what is decided of a badge and a signature stand
    on record, where ledgers read them. Raises `UnusableDecision` with a sentence for each field.
    """
    held = _decidable(request, acting_person)
    require_may_become(held, RequestStatus.APPROVED)
    _require_said(reason, "reason", "Say why; the educator reads it.")
    granted = grant or asked_grant(held)
    write_grant(held, granted)
    if held.records_credit:
        held.credit = recording.record_as_asked(acting_person=acting_person, **credit_facts(held))
    elif held.sort == RequestSort.CATEGORY:
        add_category(held, reason, acting_person)
    elif held.sort == RequestSort.CARRIED_OVER:
        carry_over(held, reason, acting_person)
    return _decided(held, RequestStatus.APPROVED, reason, acting_person, Event.REQUEST_APPROVED)


@transaction.atomic
def refuse(*, request: CreditRequest, reason: str, acting_person: Person) -> CreditRequest:
    """Do not approve a request, with the reason, which the educator reads and may appeal once."""
    held = _decidable(request, acting_person)
    require_may_become(held, RequestStatus.REFUSED)
    _require_said(reason, "reason", "Say why not, and what would be needed; the educator reads it.")
    return _decided(held, RequestStatus.REFUSED, reason, acting_person, Event.REQUEST_REFUSED)


@dataclass(frozen=True)
class NotDone:
    """A request of several that could not be approved, and why."""

    request: CreditRequest
    sentence: str


def approve_as_asked(*, requests: Sequence[CreditRequest], reason: str, acting_person: Person) -> list[NotDone]:
    """Approve several like requests, each by itself; returns those that could not be, with the reason."""
    _require_said(reason, "reason", "Say why; each educator reads it.")
    not_done = []
    for request in requests:
        try:
            approve(request=request, reason=reason, acting_person=acting_person)
        except Refusal as refusal:
            not_done.append(NotDone(request, refusal.sentence))
    return not_done


def write_grant(held: CreditRequest, granted: Grant) -> None:
    """Write into a request what is granted. Raises `UnusableDecision`."""
    mistakes = dict(mistakes_of_grant(held, granted, policy_in_force(held.office)))
    if mistakes:
        raise UnusableDecision("This cannot be approved like that.", fields=mistakes)
    held.granted_kind, held.granted_amount, held.granted_category = granted.kind, granted.amount, granted.category
    held.granted_counted_before = granted.counted_before
    held.granted_at = held.granted_at or timezone.now()


def asked_grant(held: CreditRequest) -> Grant:
    """What would be approved if it were approved as asked."""
    return Grant(held.kind, held.amount, held.category, held.counted_before)


def credit_facts(held: CreditRequest) -> dict[str, Any]:
    """What is recorded of a request for credit that was granted."""
    return {
        "office": held.office,
        "person": held.educator,
        "kind": held.granted_kind,
        "title": held.title,
        "amount": held.granted_amount,
        "earned_on": held.earned_on,
        "categories_claimed": [held.granted_category] if held.granted_category else [],
        "counted_before": held.granted_counted_before or Decimal(0),
        "occasion": f"request:{held.ref}",
    }


def add_category(held: CreditRequest, reason: str, person: Person) -> OtherCredit:
    """Add the category that was granted to the credit that a request is about."""
    assert held.about is not None
    return recording.amend_credit(
        credit=held.about,
        further_category=held.granted_category,
        office=held.office,
        reason=reason,
        acting_person=person,
    )


def carry_over(held: CreditRequest, reason: str, person: Person) -> OtherCredit:
    """Note on a credit that is on record how much of it counted before; the rest may count in the new cycle."""
    assert held.about is not None
    return recording.amend_credit(
        credit=held.about,
        counted_before=held.granted_counted_before,
        further_category=held.granted_category,
        office=held.office,
        reason=reason,
        acting_person=person,
    )


def _decidable(request: CreditRequest, person: Person) -> CreditRequest:
    held = hold(request)
    if not access.may_decide(person, held):
        raise NoSuchRequest
    return held


def _decided(held: CreditRequest, status: RequestStatus, reason: str, person: Person, event: Event) -> CreditRequest:
    held.status, held.reason = status, plain_line_ends(reason.strip())
    held.decided_at, held.decided_by = timezone.now(), person
    held.save()
    granted = {} if status == RequestStatus.REFUSED else {"as_asked": held.is_as_asked}
    tell(event, held, actor=person, educator=held.educator.ref, **granted)
    return held


def _require_said(text: str, field: str, missing: str) -> None:
    if mistake := mistake_of_text(text, missing):
        raise UnusableDecision("Something is still to be said.", fields={field: mistake})
