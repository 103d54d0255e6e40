"""Who comes next: promises are made from the waiting list, first come, first served, while money and places last.

Everybody who changes what is committed holds the same locks in the same order: the funding source, then the offer,
then the promise, and only then the turn to write to the journal. So two who ask at once are served one after the other,
and neither gets what is not there. Whoever changes several takes hold of all of them first (`lock_all`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.recognition.models import FundingSource, RewardOffer, RewardPromise
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.status import COMMITTED, PROMISE_MOVES, PromiseStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def lock(offer: RewardOffer) -> RewardOffer:
    """The offer with its funding source, both locked until the transaction ends."""
    if offer.funding_id:
        FundingSource.objects.select_for_update().get(pk=offer.funding_id)
    RewardOffer.objects.select_for_update().get(pk=offer.pk)
    return RewardOffer.objects.select_related("funding", "organisation").get(pk=offer.pk)


def lock_all(offers: Iterable[RewardOffer]) -> list[RewardOffer]:
    """Several offers with their funding sources, locked in one order for everybody, those without money first."""
    in_order = sorted({each.pk: each for each in offers}.values(), key=lambda it: (it.funding_id or 0, it.pk))
    return [lock(each) for each in in_order]


def lock_promise(promise: RewardPromise) -> RewardPromise:
    """The promise as it is now, locked together with its offer and funding source."""
    offer = lock(promise.offer)
    found = RewardPromise.objects.select_for_update(of=("self",)).select_related("educator").get(pk=promise.pk)
    found.offer = offer
    return found


def move(promise: RewardPromise, new: PromiseStatus) -> None:
    """Let a locked promise become `new`, and keep the sums of its offer and funding source in step. Saves all three."""
    old = PromiseStatus(promise.status)
    require_move(PROMISE_MOVES, old, new, what=f"The promise {promise.ref}")
    step = (new in COMMITTED) - (old in COMMITTED)
    promise.status = new
    promise.save()
    if step:
        offer = promise.offer
        offer.taken += step
        offer.save(update_fields=["taken"])
        if offer.funding is not None:
            # What was paid before stays gone.
            offer.funding.committed += step * (promise.amount - promise.paid)
            offer.funding.save(update_fields=["committed"])


def advance(
    *, funding: FundingSource | None = None, offer: RewardOffer | None = None, acting_person: Person | None
) -> list[RewardPromise]:
    """Make promises to whoever waits for this money, or for a place under an offer without money. Call it with the
    locks held. Whoever the money does not reach stops the line: nobody is passed over for a smaller amount."""
    waiting = RewardPromise.objects.filter(status=PromiseStatus.WAITING).order_by("asked_at", "pk")
    waiting = waiting.filter(funding=funding) if funding is not None else waiting.filter(offer=offer)
    offers: dict[int, RewardOffer] = {}
    made = []
    for promise in waiting.select_related("educator").select_for_update(of=("self",)):
        held = offers.get(promise.offer_id) or offers.setdefault(promise.offer_id, lock(promise.offer))
        # One source for all of the line, so that each sees what the one before took.
        held.funding = next(iter(offers.values())).funding
        if held.cap is not None and held.taken >= held.cap:
            continue
        if held.funding is not None and held.funding.free < promise.amount:
            break
        promise.offer, promise.promised_on = held, timezone.localdate()
        move(promise, PromiseStatus.PROMISED)
        tell(Event.PROMISED, promise, acting_person, amount=str(promise.amount))
        made.append(promise)
    return made


def advance_behind(offer: RewardOffer, *, acting_person: Person | None) -> list[RewardPromise]:
    """Serve whoever waits for what an offer shares: its money, or else its places."""
    if offer.funding is not None:
        return advance(funding=offer.funding, acting_person=acting_person)
    return advance(offer=offer, acting_person=acting_person)


def tell(event: Event, promise: RewardPromise, acting_person: Person | None, **data: str) -> None:
    """Write to the journal what became of a promise."""
    data = {"promise": promise.ref, "offer": promise.offer.ref, **data}
    record(event, actor=acting_person, subject=f"person:{promise.educator.ref}", data=data)
