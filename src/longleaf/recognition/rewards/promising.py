"""The verbs of promises: ask for a reward, and give it up. Starting an attempt asks by itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.recognition import overlays
from longleaf.recognition.models import RewardOffer, RewardPromise
from longleaf.recognition.rewards import access, asks
from longleaf.recognition.rewards.errors import NoSuchReward, NotForYou, OfferNotOpen, PaidBefore
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import advance_behind, lock, lock_all, lock_promise, move, tell
from longleaf.recognition.rewards.status import OVER, PromiseStatus

if TYPE_CHECKING:
    from longleaf.assessment.models import Attempt
    from longleaf.directory.models import Person


@transaction.atomic
def ask(*, offer: RewardOffer, acting_person: Person) -> RewardPromise:
    """Ask for a reward: it is promised at once, or one waits in line where money or places are used up.

    Asking again returns what there is. Raises `PaidBefore`, `OfferNotOpen` and `NotForYou`.
    """
    held = lock(offer)
    there = held.promises.filter(educator=acting_person).exclude(status__in=OVER).first()
    if there is not None:
        return there
    if access.paid_before(acting_person).filter(offer=held).exists():
        raise PaidBefore("A part of this reward was paid to you before, so it is not promised to you again.")
    today = timezone.localdate()
    if not access.offers_open(on=today).filter(pk=held.pk).exists():
        raise OfferNotOpen("This reward cannot be asked for today. Look at the days of the offer.")
    if not access.offers_for(acting_person, on=today).filter(pk=held.pk).exists():
        raise NotForYou("This reward is for other educators. The offer says for whom.")
    promise = RewardPromise.objects.create(
        offer=held,
        educator=acting_person,
        unit=directory.employer_of(acting_person),
        licence_role=next(iter(access.licence_roles_of(acting_person, on=today)), ""),
        terms=terms_of(held),
        amount=held.amount,
        funding=held.funding,
        earn_by=held.earn_by,
    )
    tell(Event.ASKED, promise, acting_person)
    advance_behind(held, acting_person=acting_person)
    promise.refresh_from_db()
    return promise


def ask_with_attempt(*, attempt: Attempt) -> None:
    """Whoever starts on a micro-credential is promised what is offered for it on that day (`WITH_AN_ATTEMPT`)."""
    today, person = timezone.localdate(), attempt.earner
    offered = access.offers_for(person, on=today).filter(micro_credentials=attempt.micro_credential_id)
    asked = RewardPromise.objects.filter(educator=person).exclude(status__in=OVER).values("offer")
    for offer in lock_all(offered.exclude(pk__in=asked)):
        # An offer that was ended this very moment stops nobody from starting.
        with suppress(OfferNotOpen, NotForYou, PaidBefore):
            ask(offer=offer, acting_person=person)


@transaction.atomic
def give_up(*, promise: RewardPromise, acting_person: Person) -> RewardPromise:
    """Leave the money or the place to whoever comes next. Raises `NoSuchReward` for anybody but its educator."""
    if promise.educator_id != acting_person.pk:
        raise NoSuchReward
    held = lock_promise(promise)
    held.over_on = timezone.localdate()
    move(held, PromiseStatus.GIVEN_UP)
    tell(Event.GIVEN_UP, held, acting_person)
    advance_behind(held.offer, acting_person=acting_person)
    return held


def terms_of(offer: RewardOffer) -> dict[str, Any]:
    """The offer as it is told today: what a promise keeps."""
    policy = overlays.policy_for(offer.organisation, timezone.localdate()) if offer.result else None
    return {
        "payer": offer.organisation.name,
        "kind": offer.kind,
        "title": offer.title,
        "amount": str(offer.amount),
        "what": offer.what,
        "hours": str(offer.hours) if offer.hours is not None else "",
        "needed": offer.needed,
        **offer.asks,
        "result": {"code": offer.result, "title": asks.results_in(policy).get(offer.result, offer.result)}
        if offer.result
        else None,
        "conditions": offer.conditions,
        "earned_from": offer.valid_from.isoformat(),
        "earn_by": offer.earn_by.isoformat(),
        "funding": str(offer.funding) if offer.funding else "",
    }
