"""Reads of rewards: budgets that add up, what is open to somebody, what is due, and what was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, Sum
from django.utils import timezone

from longleaf.awards import queries as awards
from longleaf.catalog import queries as catalog
from longleaf.recognition.models import FundingSource, RewardOffer, RewardPayment, RewardPromise
from longleaf.recognition.rewards import access
from longleaf.recognition.rewards.errors import NoSuchReward, NotYourBudget
from longleaf.recognition.rewards.settling import Progress, progress_of, reached_by
from longleaf.recognition.rewards.status import OVER, PromiseStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation, Person


# A payment as one is told from another: of which promise, how much, on which day, and under which reference.
Recorded = tuple[int, Decimal, date, str]


@dataclass(frozen=True)
class Budget:
    """What became of the money of a source. The four parts add up to the budget, to the cent."""

    source: FundingSource
    promised: Decimal
    due: Decimal
    paid: Decimal
    waiting: Decimal

    @property
    def free(self) -> Decimal:
        return self.source.budget - self.promised - self.due - self.paid


@dataclass(frozen=True)
class OfferLine:
    """An open offer with what its reader has of it."""

    offer: RewardOffer
    promise: RewardPromise | None

    @property
    def is_used_up(self) -> bool:
        """Whether whoever asks now is put on the waiting list."""
        held = self.offer
        no_place = held.cap is not None and held.taken >= held.cap
        return no_place or (held.funding is not None and held.funding.free < held.amount)

    @property
    def places(self) -> int | None:
        """How many more can be promised as things stand; None where nothing limits it."""
        held, limits = self.offer, []
        if held.cap is not None:
            limits.append(max(held.cap - held.taken, 0))
        if held.funding is not None:
            limits.append(int(held.funding.free // held.amount))
        return min(limits, default=None)


@dataclass(frozen=True)
class PromiseLine:
    """A promise with how far it is earned."""

    promise: RewardPromise
    progress: Progress


def payer_asked(officer: Person, slug: str) -> tuple[list[Organisation], Organisation]:
    """The payers of an officer, and the one that was asked for or the first. Raises `NotYourBudget`."""
    payers = access.payers_of(officer)
    if not payers:
        raise NotYourBudget("Rewards are kept by officers of school units, and for the state by its agency’s.")
    return payers, next((each for each in payers if each.slug == slug), payers[0])


def budgets_of(payers: Iterable[Organisation] | None = None) -> list[Budget]:
    """The funding sources of payers, or of everybody, with what became of their money. Two queries."""
    sources = FundingSource.objects.select_related("organisation").order_by(
        "organisation__name", "-fiscal_year", "name"
    )
    if payers is not None:
        sources = sources.filter(organisation__in=payers)
    found = list(sources)
    rows = (
        RewardPromise.objects.filter(funding__in=found)
        .values_list("funding", "status")
        .annotate(still=Sum("amount") - Sum("paid"), gone=Sum("paid"))
        .order_by()
    )
    left, paid = defaultdict[tuple[int, str], Decimal](Decimal), defaultdict[int, Decimal](Decimal)
    for funding, status, still, gone in rows:
        left[funding, status] = still
        paid[funding] += gone
    return [
        Budget(
            each,
            promised=left[each.pk, PromiseStatus.PROMISED],
            due=left[each.pk, PromiseStatus.DUE],
            paid=paid[each.pk],
            waiting=left[each.pk, PromiseStatus.WAITING],
        )
        for each in found
    ]


def offers_of(payer: Organisation) -> QuerySet[RewardOffer]:
    """All offers of a payer, the newest first."""
    return _with_what_they_ask(payer.reward_offers.all()).order_by("-offered_at", "-pk")


def open_offers(*, micro_credential: MicroCredential | None = None) -> QuerySet[RewardOffer]:
    """What may be asked for today, by payer; for one micro-credential where it is given."""
    found = access.offers_open(on=timezone.localdate())
    if micro_credential is not None:
        found = found.filter(micro_credentials=micro_credential)
    return _with_what_they_ask(found).order_by("organisation__name", "-offered_at", "-pk")


def offers_to(educator: Person, *, micro_credential_id: int | None = None) -> list[OfferLine]:
    """What an educator may ask for today, and has promises of. Three queries beside those of who they are."""
    found = access.offers_for(educator, on=timezone.localdate())
    if micro_credential_id is not None:
        found = found.filter(micro_credentials=micro_credential_id)
    offers = list(_with_what_they_ask(found).order_by("organisation__name", "-offered_at", "-pk"))
    mine = {each.offer_id: each for each in access.promises_of(educator).exclude(status__in=OVER)} if offers else {}
    return [OfferLine(each, mine.get(each.pk)) for each in offers]


def offer_at(ref: str) -> RewardOffer:
    """The offer of a reference. Raises `NoSuchReward`."""
    found = _with_what_they_ask(RewardOffer.objects.filter(ref=ref)).first()
    if found is None:
        raise NoSuchReward
    return found


def mine(educator: Person) -> list[PromiseLine]:
    """One's promises, the newest first, each with how far it is earned."""
    found = list(access.promises_of(educator).select_related("offer", "funding").order_by("-asked_at", "-pk")[:100])
    earned = awards.awards_for_ledger(educator) if found else ()
    reached = reached_by(found, on=timezone.localdate()).get(educator.pk)
    return [PromiseLine(each, progress_of(each, earned, reached)) for each in found]


def due_of(payer: Organisation) -> QuerySet[RewardPromise]:
    """What a payer owes, the longest first."""
    found = RewardPromise.objects.filter(offer__organisation=payer, status=PromiseStatus.DUE)
    return found.select_related("educator", "funding", "offer__organisation", "unit").order_by("due_on", "pk")


def due_named(payer: Organisation, refs: Sequence[str]) -> list[RewardPromise]:
    """Those of a payer's dues that have these references."""
    return list(due_of(payer).filter(ref__in=refs))


def payments_of(payer: Organisation) -> QuerySet[RewardPayment]:
    """The ledger of a payer's payments, the newest line first."""
    found = RewardPayment.objects.filter(promise__offer__organisation=payer)
    return found.select_related("promise__educator", "promise__offer", "recorded_by", "reversed_by").order_by(
        "-recorded_at", "-pk"
    )


def standing_payments(promises: Iterable[RewardPromise]) -> set[Recorded]:
    """What was paid of some promises and not reversed. One query."""
    found = RewardPayment.objects.filter(promise__in=promises, reverses=None, reversed_by=None)
    return set(found.values_list("promise", "amount", "paid_on", "reference"))


def payment_of(payer: Organisation, number: int) -> RewardPayment:
    """A line of a payer's ledger. Raises `NoSuchReward`."""
    found = payments_of(payer).filter(pk=number).first()
    if found is None:
        raise NoSuchReward
    return found


def place_in_line(promise: RewardPromise) -> int:
    """How many wait for the same money, or for the same offer without money, up to this one."""
    shared = Q(funding=promise.funding_id) if promise.funding_id else Q(offer=promise.offer_id)
    before = Q(asked_at__lt=promise.asked_at) | Q(asked_at=promise.asked_at, pk__lte=promise.pk)
    return RewardPromise.objects.filter(shared, before, status=PromiseStatus.WAITING).count()


def _with_what_they_ask(offers: QuerySet[RewardOffer]) -> QuerySet[RewardOffer]:
    asked = catalog.bare_micro_credentials().order_by("pk")
    return offers.select_related("organisation", "funding").prefetch_related(
        Prefetch("micro_credentials", queryset=asked), "schools"
    )
