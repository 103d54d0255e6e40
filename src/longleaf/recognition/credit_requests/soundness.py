"""Whether a request or a decision says all that it must. Plain values and the policy; no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines import policy as engine
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.status import RequestSort

MOST = Decimal(99_999)
LONGEST = 10_000  # characters
DONE_ALREADY = frozenset({RequestSort.CREDIT, RequestSort.CARRIED_OVER})


@dataclass(frozen=True)
class Grant:
    """What is approved: so much of a kind, for a category or for none in particular."""

    kind: str = ""
    amount: Decimal | None = None
    category: str = ""
    counted_before: Decimal | None = None


def mistakes_of(
    request: CreditRequest,
    policy: engine.Policy,
    *,
    has_document: bool,
    today: date,
    begun_on: date | None = None,
) -> Iterator[tuple[str, str]]:
    """What a request lacks before it can be sent, by field.

    `begun_on` is the day on which the educator began an attempt that is under way at what is to be approved.
    """
    if not request.title.strip():
        yield "title", "Say in a few words what it was."
    if request.is_measured:
        yield from _of_grant(Grant(request.kind, request.amount, request.category), policy)
        yield from _of_days(request, today)
    elif request.category:
        yield from _of_category(request.category, policy)
    if request.sort == RequestSort.CATEGORY:
        if request.about_id is None:
            yield "about", "Choose the credit that it is about."
        if not request.category:
            yield "category", "Choose the category that it should count for."
    if request.sort == RequestSort.PRIOR_APPROVAL and begun_on is not None:
        yield "micro_credential", f"You began it on {begun_on:%B %-d, %Y}, so that an approval would come too late."
    if request.sort == RequestSort.BADGE:
        yield from _of_badge(request)
    if request.sort == RequestSort.SIGNATURE and request.signature not in engine.signatures_in(policy):
        yield "signature", "Choose what is to be signed."
    if request.sort == RequestSort.CARRIED_OVER:
        yield from _of_what_counted(request.counted_before)
    if request.sort in DONE_ALREADY:
        if not request.statement.strip() and not has_document:
            yield "statement", "Say what you did and learned, or add a document that shows it."
    elif not request.statement.strip():
        yield "statement", "Say why it should be so."


def mistakes_of_grant(request: CreditRequest, grant: Grant, policy: engine.Policy) -> Iterator[tuple[str, str]]:
    """What is wrong with what somebody means to approve, by field."""
    if request.sort == RequestSort.CARRIED_OVER:
        yield from _of_what_counted(grant.counted_before)
    if request.sort == RequestSort.BADGE:
        yield from _of_credits(grant.amount)
    if request.is_measured:
        yield from _of_grant(grant, policy)
    elif grant.category:
        yield from _of_category(grant.category, policy)
    elif request.sort == RequestSort.CATEGORY:
        yield "category", "Choose the category that it counts for."


def mistake_of_text(text: str, missing: str) -> str:
    """What is wrong with something that has to be said; "" for nothing."""
    if not text.strip():
        return missing
    return f"Shorten it to at most {LONGEST:,} characters." if len(text) > LONGEST else ""


def _of_grant(grant: Grant, policy: engine.Policy) -> Iterator[tuple[str, str]]:
    if policy.kind(grant.kind) is None:
        yield "kind", "Choose what kind of learning it is."
    if grant.amount is None or not 0 < grant.amount <= MOST:
        yield "amount", "Give how much of it, such as 12.5."
    yield from _of_category(grant.category, policy)


def _of_badge(request: CreditRequest) -> Iterator[tuple[str, str]]:
    if request.badge_id is None:
        yield "badge", "Choose the badge that it is about."
    yield from _of_credits(request.amount)


def _of_credits(amount: Decimal | None) -> Iterator[tuple[str, str]]:
    """Of a badge somebody may say how much it counts, or leave that to the policy."""
    if amount is not None and not 0 < amount <= MOST:
        yield "amount", "Give how many credits it should count, or leave it empty."


def _of_what_counted(counted: Decimal | None) -> Iterator[tuple[str, str]]:
    if counted is None or not 0 <= counted <= MOST:
        yield "counted_before", "Say how many credits of it counted in the earlier cycle, 0 for none."


def _of_category(code: str, policy: engine.Policy) -> Iterator[tuple[str, str]]:
    if code and code not in {category.code for category in policy.categories}:
        yield "category", "Choose one of the categories that are listed."


def _of_days(request: CreditRequest, today: date) -> Iterator[tuple[str, str]]:
    if request.begins_on and request.earned_on and request.begins_on > request.earned_on:
        yield "earned_on", "It ends before it begins; mend one of the two days."
    if request.sort == RequestSort.PRIOR_APPROVAL:
        if request.begins_on is None:
            yield "begins_on", "Say on which day it begins."
        elif request.begins_on < today:
            yield "begins_on", "It has begun already. Ask for credit for what you have done."
    elif request.earned_on is None:
        yield "earned_on", "Say on which day it ended."
    elif request.earned_on > today:
        yield "earned_on", "This day is still to come. Ask for approval before you begin, or come back after it."
