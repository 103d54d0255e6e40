"""The verbs of the educator: write a request, send it, answer a question, withdraw. Locks: the request, the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.queries import under_way
from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.kit.errors import WrongState
from longleaf.kit.words import plain_line_ends
from longleaf.recognition import access
from longleaf.recognition.credit_requests import documents
from longleaf.recognition.credit_requests.holding import (
    due_in,
    hold,
    policy_in_force,
    policy_of,
    require_may_become,
    tell,
)
from longleaf.recognition.credit_requests.soundness import LONGEST, mistake_of_text, mistakes_of
from longleaf.recognition.errors import MayNotAsk, NoSuchRequest, UnusableRequest
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest, OtherCredit, RequestNote
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

FIELDS = (
    *("sort", "kind", "title", "amount", "begins_on", "earned_on"),
    *("category", "counted_before", "statement", "about", "approved_before"),
    *("micro_credential", "badge", "signature"),
)
LONGEST_TITLE = 200
WRITABLE = frozenset({RequestStatus.DRAFT, RequestStatus.ASKED_BACK})


@transaction.atomic
def begin(*, acting_person: Person, **facts: Any) -> CreditRequest:
    """Begin a draft of a request to one's own school unit, or to the state's agency for whoever no unit employs.

    Facts are those of `change`. Raises `MayNotAsk`.
    """
    office = access.office_asked_by(acting_person)
    if office is None:
        raise MayNotAsk(
            "Requests go to your school unit, or to the state for whoever holds a license and no unit employs. You are"
            " enrolled in no school unit today, and no license of yours is on record here."
        )
    request = CreditRequest(educator=acting_person, office=office)
    _write(request, facts)
    request.save()
    return request


@transaction.atomic
def change(*, request: CreditRequest, acting_person: Person, **facts: Any) -> CreditRequest:
    """Change a draft, or a request that the office asked something about. What is left out stays as it is.

    Facts: `sort`, `kind`, `title`, `amount`, `begins_on`, `earned_on`, `category`, `statement`, `about`,
    `approved_before`, `counted_before`, `micro_credential`, `badge`, `signature`. A draft may lack anything; what is
    lacking is told when it is sent.
    """
    held = _own(request, acting_person)
    if held.status not in WRITABLE:
        raise WrongState(f"The request {held.ref} was sent. Withdraw it, or wait until the office asks something.")
    _write(held, facts)
    held.save(update_fields=list(FIELDS))
    return held


@transaction.atomic
def send(*, request: CreditRequest, acting_person: Person, answer: str = "") -> CreditRequest:
    """Send a request to the office; after a question with the `answer`. The clock of the office begins anew.

    A draft goes to the school unit of the day; whoever is in none by now asks the one in which they wrote it.

    Raises `UnusableRequest` with a sentence for each field that lacks something.
    """
    held = _own(request, acting_person)
    require_may_become(held, RequestStatus.SENT)
    is_answer = held.status == RequestStatus.ASKED_BACK
    if not is_answer:
        held.office = directory.employer_of(acting_person) or held.office
    has_document, today = held.documents.filter(let_go_at=None).exists(), timezone.localdate()
    policy, begun_on = policy_in_force(held.office), _begun_on(held)
    mistakes = dict(mistakes_of(held, policy, has_document=has_document, today=today, begun_on=begun_on))
    if is_answer and (mistake := mistake_of_text(answer, "Answer what the office asks.")):
        mistakes["answer"] = mistake
    if mistakes:
        raise UnusableRequest("The request cannot be sent yet.", fields=mistakes)
    if is_answer:
        RequestNote.objects.create(
            request=held, said_by=acting_person, is_question=False, text=plain_line_ends(answer.strip())
        )
    held.status, held.due_on = RequestStatus.SENT, due_in(practice_in_force().answer_within)
    held.sent_at = held.sent_at or timezone.now()
    held.save(update_fields=["office", "status", "due_on", "sent_at"])
    event = Event.REQUEST_ANSWERED if is_answer else Event.REQUEST_SENT
    tell(event, held, actor=acting_person, due=held.due_on.isoformat())
    return held


@transaction.atomic
def withdraw(*, request: CreditRequest, acting_person: Person) -> None:
    """Take a request back. A draft is deleted with its documents; what was sent stays on record as withdrawn."""
    held = _own(request, acting_person)
    require_may_become(held, RequestStatus.WITHDRAWN)
    if held.status == RequestStatus.DRAFT:
        documents.forget_all(held)
        held.delete()
        return
    held.status, held.withdrawn_at = RequestStatus.WITHDRAWN, timezone.now()
    held.save(update_fields=["status", "withdrawn_at"])
    tell(Event.REQUEST_WITHDRAWN, held, actor=acting_person)


def _own(request: CreditRequest, person: Person) -> CreditRequest:
    held = hold(request)
    if held.educator_id != person.pk:
        raise NoSuchRequest
    return held


def _write(request: CreditRequest, facts: Mapping[str, Any]) -> None:
    if unknown := set(facts) - set(FIELDS):
        raise TypeError(f"A request has no {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        setattr(request, name, value)
    request.statement = plain_line_ends(request.statement)
    request.title = request.title.strip() or _title_of(request)
    fields = {}
    if request.sort not in RequestSort.values:
        fields["sort"] = "Choose what you ask for."
    if len(request.statement) > LONGEST:
        fields["statement"] = f"Shorten it to at most {LONGEST:,} characters."
    if not _is_own_credit(request.about, request):
        fields["about"] = "Choose one of your own credits."
    if request.badge is not None and request.badge.earner_id != request.educator_id:
        fields["badge"] = "Choose one of your own badges."
    if not _is_approval(request.approved_before, request):
        fields["approved_before"] = "Choose one of your own approvals."
    if fields:
        raise UnusableRequest("The request cannot be kept like this.", fields=fields)


def _begun_on(request: CreditRequest) -> date | None:
    """When the educator began the micro-credential that is to be approved, if they work on it now."""
    if request.micro_credential_id is None:
        return None
    attempt = under_way(request.educator, request.micro_credential_id)
    return timezone.localdate(attempt.started_at) if attempt else None


def _title_of(request: CreditRequest) -> str:
    """What a request is called that bears no title of its own: as what it is about is called, or nothing."""
    if request.sort == RequestSort.PRIOR_APPROVAL and request.micro_credential_id:
        offered = catalog.offered().filter(micro_credential=request.micro_credential_id)
        return offered.values_list("title", flat=True).first() or ""
    if request.sort == RequestSort.BADGE and request.badge:
        return request.badge.version.title
    if request.sort == RequestSort.SIGNATURE and (policy := policy_of(request.office)):
        return engine.signatures_in(policy).get(request.signature, "")[:LONGEST_TITLE]
    return ""


def _is_own_credit(credit: OtherCredit | None, request: CreditRequest) -> bool:
    return credit is None or credit.person_id == request.educator_id


def _is_approval(earlier: CreditRequest | None, request: CreditRequest) -> bool:
    return earlier is None or (
        earlier.educator_id == request.educator_id
        and earlier.sort == RequestSort.PRIOR_APPROVAL
        and earlier.granted_at is not None
    )


# What a form gives for fields that were left empty.
EMPTY: Mapping[str, str | Decimal | date | None] = {
    **dict.fromkeys(("kind", "title", "category", "statement", "signature"), ""),
    **dict.fromkeys(("amount", "begins_on", "earned_on", "counted_before", "about", "approved_before"), None),
    **dict.fromkeys(("micro_credential", "badge"), None),
}
