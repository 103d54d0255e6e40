"""Reads of requests: an educator's own, the queue of a desk, and what approving one would count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from longleaf.awards import queries as awards
from longleaf.awards.status import AwardStatus
from longleaf.catalog import queries as catalog
from longleaf.engines import policy as engine
from longleaf.recognition import access, ledgers, records, what_if
from longleaf.recognition.credit_requests.soundness import Grant
from longleaf.recognition.errors import NoSuchRequest
from longleaf.recognition.models import CreditRequest, OtherCredit, RequestDocument
from longleaf.recognition.status import DECIDED, WITH_THE_OFFICE, RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.awards.models import Award
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person

_SHOWN = (
    *("educator", "office", "decided_by", "ruled_by", "credit", "about", "approved_before"),
    *("micro_credential__current", "badge__version"),
)
SHOWN_OF = {"waiting": "Waiting for a decision", "asked": "Asked back", "decided": "Decided"}
_OF_STATUS = {
    "waiting": frozenset({RequestStatus.SENT}),
    "asked": frozenset({RequestStatus.ASKED_BACK}),
    "decided": frozenset({*DECIDED, RequestStatus.APPEALED}),
}


@dataclass(frozen=True)
class Asked:
    """What an officer wants to see of a queue; empty means all of it."""

    show: str = "waiting"
    sort: str = ""
    kind: str = ""
    words: str = ""
    due_by: date | None = None


def requests_of(educator: Person) -> QuerySet[CreditRequest]:
    """An educator's own requests, the newest first."""
    return CreditRequest.objects.filter(educator=educator).select_related("office").order_by("-begun_at", "-pk")


def request_for(viewer: Person, ref: str) -> CreditRequest:
    """A request that somebody may see, with all that its page tells. Raises `NoSuchRequest`."""
    found = access.requests_seen_by(viewer).filter(ref=ref).select_related(*_SHOWN)
    request = found.prefetch_related("documents", "notes__said_by").first()
    if request is None:
        raise NoSuchRequest
    return request


def document_for(viewer: Person, ref: str, number: int) -> RequestDocument:
    """A document of a request that somebody may see. Raises `NoSuchRequest`."""
    seen = access.requests_seen_by(viewer).filter(ref=ref)
    kept = RequestDocument.objects.select_related("request").filter(let_go_at=None)
    found = kept.filter(request__in=seen, pk=number).first()
    if found is None:
        raise NoSuchRequest
    return found


def queue(officer: Person, unit: Organisation | None, asked: Asked) -> QuerySet[CreditRequest]:
    """What waits at an officer's desk, the one due first before others; what is decided, the newest first."""
    found = access.requests_decided_by(officer).filter(status__in=_OF_STATUS.get(asked.show, WITH_THE_OFFICE))
    if unit is not None:
        found = found.filter(office=unit)
    narrowed = Q()
    if asked.sort:
        narrowed &= Q(sort=asked.sort)
    if asked.kind:
        narrowed &= Q(kind=asked.kind)
    if asked.due_by:
        narrowed &= Q(due_on__lte=asked.due_by)
    for word in asked.words.split():
        narrowed &= Q(educator__name__icontains=word) | Q(title__icontains=word) | Q(ref__iexact=word)
    order = ("-decided_at", "-pk") if asked.show == "decided" else ("due_on", "sent_at", "pk")
    return found.filter(narrowed).select_related("educator", "office").order_by(*order)


def waiting_after(officer: Person, request: CreditRequest) -> CreditRequest | None:
    """The request that an officer takes up next after one: the most urgent other one that waits."""
    return queue(officer, None, Asked()).exclude(pk=request.pk).first()


def numbers_of(officer: Person, *, today: date) -> dict[str, int]:
    """How much waits at an officer's desk, how much of it is late, and how much waits for an answer; one query."""
    late = Q(status=RequestStatus.SENT, due_on__lt=today)
    return access.requests_decided_by(officer).aggregate(
        waiting=Count("pk", filter=Q(status=RequestStatus.SENT)),
        late=Count("pk", filter=late),
        asked=Count("pk", filter=Q(status=RequestStatus.ASKED_BACK)),
    )


def appeals_for(officer: Person) -> QuerySet[CreditRequest]:
    """The appeals that an officer of the agency may rule on, those that wait first."""
    found = access.requests_ruled_by(officer).select_related("educator", "office")
    return found.order_by("ruled_at", "due_on", "pk")


def approvals_of(educator: Person) -> QuerySet[CreditRequest]:
    """An educator's approvals of other learning before the beginning."""
    found = requests_of(educator).filter(sort=RequestSort.PRIOR_APPROVAL, micro_credential=None)
    return found.filter(granted_at__isnull=False)


def credits_of(educator: Person) -> QuerySet[OtherCredit]:
    """An educator's recorded credits that are no badges, the newest first."""
    return OtherCredit.objects.filter(person=educator).order_by("-earned_on", "-pk")


def badges_of(educator: Person) -> QuerySet[Award]:
    """An educator's badges that nobody revoked, the newest first."""
    return awards.awards_of(educator).exclude(status=AwardStatus.REVOKED)


def latest_about(educator: Person, micro_credential_id: int) -> CreditRequest | None:
    """The latest request of an educator to approve a micro-credential beforehand that they have not withdrawn."""
    found = requests_of(educator).filter(sort=RequestSort.PRIOR_APPROVAL, micro_credential=micro_credential_id)
    return found.exclude(status=RequestStatus.WITHDRAWN).first()


def badge_named(educator: Person, named: str) -> Award | None:
    """The badge of an educator that an address names; None where none does."""
    try:
        return badges_of(educator).filter(uuid=UUID(named)).first()
    except ValueError:
        return None


def versions_offered(slugs: Iterable[str]) -> dict[str, Version]:
    """What is offered of some micro-credentials today, by their slugs, each with its micro-credential."""
    found = catalog.offered().filter(micro_credential__slug__in=[slug for slug in slugs if slug])
    rows = found.select_related("micro_credential").defer(*catalog.NOT_FOR_LISTS)
    return {version.micro_credential.slug: version for version in rows}


def if_approved(request: CreditRequest, grant: Grant, *, on: date) -> what_if.Comparison | None:
    """The educator's ledger without and with what would be approved; None where nothing would be counted anyway."""
    standing = ledgers.standing_of(request.educator, on=on)
    record = standing.record
    if standing.ledger is None or standing.licence is None or standing.policy is None or record is None:
        return None
    if standing.ledger.settled:
        return None
    if not request.records_credit or request.earned_on is None or standing.policy.kind(grant.kind) is None:
        return None
    credit = engine.EarnedCredit(
        id=f"request:{request.ref}",
        kind=grant.kind,
        title=request.title,
        amount=grant.amount,
        earned_on=request.earned_on,
        categories_claimed=frozenset({grant.category} - {""}),
        counted_before=records.counted_before(grant.counted_before, request.earned_on, standing.licence.issued),
    )
    return what_if.compare(standing.policy, record, [credit], on=on)
