"""The verbs of payment: record one, or take one back with a line of its own. No line is ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.kit.status import require_move
from longleaf.recognition.models import RewardPayment, RewardPromise
from longleaf.recognition.rewards import access, queries
from longleaf.recognition.rewards.errors import NoSuchReward, NotEarned, ReversedBefore, UnusablePayment
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import advance_behind, lock_all, lock_promise, move, tell
from longleaf.recognition.rewards.money import dollars, is_sound
from longleaf.recognition.rewards.settling import look_again
from longleaf.recognition.rewards.status import OVER, PROMISE_MOVES, PromiseStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class ToPay:
    """A line of a payroll: what was paid of a promise; all that is left where `amount` is None."""

    promise: RewardPromise
    paid_on: date
    amount: Decimal | None = None
    reference: str = ""


@transaction.atomic
def pay(
    *,
    promise: RewardPromise,
    paid_on: date,
    amount: Decimal | None = None,
    reference: str = "",
    acting_person: Person,
) -> RewardPayment:
    """Record that what is due was paid or given: all that is left, or `amount` of it, after which the rest stays due.

    The badges are looked at again first. Raises `NoSuchReward`, `NotEarned`, `WrongState` for what is paid or over
    already, and `UnusablePayment`, also for a part of the same amount, day and reference as one that stands.
    """
    held = _held(promise, acting_person)
    _require_sound_day(held, paid_on)
    if held.status == PromiseStatus.DUE:
        look_again(held)
        if held.status != PromiseStatus.DUE:
            raise NotEarned("A badge that earned this reward was revoked, so it is not due any more.")
    require_move(PROMISE_MOVES, PromiseStatus(held.status), PromiseStatus.PAID, what=f"The promise {held.ref}")
    part = held.left if amount is None else amount
    _require_sound_part(held, part)
    # All that is left can be paid once only; a part that is sent twice looks like a second one.
    if amount is not None and (held.pk, part, paid_on, reference.strip()) in queries.standing_payments([held]):
        sentence = recorded_before(held)
        raise UnusablePayment(sentence, fields={"reference": sentence})
    held.paid += part
    if held.left:
        held.save(update_fields=["paid"])
    else:
        move(held, PromiseStatus.PAID)
    line = RewardPayment.objects.create(
        promise=held, amount=part, paid_on=paid_on, reference=reference.strip(), recorded_by=acting_person
    )
    tell(Event.PAID, held, acting_person, amount=str(line.amount), paid_on=paid_on.isoformat(), reference=reference)
    return line


@transaction.atomic
def pay_several(
    *,
    promises: Sequence[RewardPromise],
    paid_on: date,
    amount: Decimal | None = None,
    reference: str = "",
    acting_person: Person,
) -> list[RewardPayment]:
    """Record several payments of one payroll, all or none: what is left of each, or `amount` of each."""
    lines = [ToPay(each, paid_on, amount, reference) for each in promises]
    return pay_lines(lines=lines, acting_person=acting_person)


@transaction.atomic
def pay_lines(*, lines: Sequence[ToPay], acting_person: Person) -> list[RewardPayment]:
    """Record the payments of a file, all or none. Raises what `pay` raises."""
    # Before the first line of the journal, so that two payrolls never wait for each other.
    lock_all(each.promise.offer for each in lines)
    return [
        pay(
            promise=each.promise,
            paid_on=each.paid_on,
            amount=each.amount,
            reference=each.reference,
            acting_person=acting_person,
        )
        for each in lines
    ]


def recorded_before(promise: RewardPromise) -> str:
    """What is said of a payment that was recorded before."""
    return (
        f"The same amount of {promise.ref} was recorded for this day and this reference before."
        " Give another reference if it is a second payment."
    )


@transaction.atomic
def reverse(*, payment: RewardPayment, reason: str, acting_person: Person) -> RewardPayment:
    """Take a payment back, such as one that bounced: a line of its own, after which that much is due again.

    Raises `NoSuchReward`, `ReversedBefore` and `UnusablePayment`.
    """
    held = _held(payment.promise, acting_person)
    if payment.reverses_id is not None or RewardPayment.objects.filter(reverses=payment).exists():
        raise ReversedBefore("This line was reversed before, or is a reversal itself.")
    if not reason.strip():
        raise UnusablePayment("Say why.", fields={"reason": "Say in a sentence why it is reversed."})
    line = RewardPayment.objects.create(
        promise=held,
        amount=-payment.amount,
        paid_on=timezone.localdate(),
        reference=payment.reference,
        reverses=payment,
        reason=reason.strip(),
        recorded_by=acting_person,
    )
    _take_back(held, payment.amount)
    tell(Event.PAYMENT_REVERSED, held, acting_person, amount=str(line.amount), reason=line.reason)
    return line


def _take_back(held: RewardPromise, amount: Decimal) -> None:
    """What was paid is owed again; where the promise is over, its money is free again."""
    held.paid -= amount
    if held.status == PromiseStatus.PAID:
        move(held, PromiseStatus.DUE)
        return
    held.save(update_fields=["paid"])
    funding = held.offer.funding
    if held.status in OVER and funding is not None:
        funding.committed -= amount
        funding.save(update_fields=["committed"])
        advance_behind(held.offer, acting_person=None)


def _require_sound_part(promise: RewardPromise, part: Decimal) -> None:
    if not is_sound(part, most=promise.left) or (not part and promise.left):
        sentence = f"{dollars(promise.left)} of {promise.ref} is left. Give that or less, in whole cents."
        raise UnusablePayment(sentence, fields={"amount": sentence})


def _held(promise: RewardPromise, person: Person) -> RewardPromise:
    held = lock_promise(promise)
    if not access.may_pay(person, held):
        raise NoSuchReward
    return held


def _require_sound_day(promise: RewardPromise, paid_on: date) -> None:
    sentence = ""
    if paid_on > timezone.localdate():
        sentence = "This day is still to come. Record it once it was paid."
    elif promise.due_on is not None and paid_on < promise.due_on:
        sentence = f"{promise.ref} was earned only after this day."
    if sentence:
        raise UnusablePayment(sentence, fields={"paid_on": sentence})
