"""The verbs of payment: record one, or take one back with a line of its own. No line is ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.recognition.models import RewardPayment, RewardPromise
from longleaf.recognition.rewards import access
from longleaf.recognition.rewards.errors import NoSuchReward, NotEarned, ReversedBefore, UnusablePayment
from longleaf.recognition.rewards.events import Event
from longleaf.recognition.rewards.lining_up import lock_promise, move, tell
from longleaf.recognition.rewards.settling import look_again
from longleaf.recognition.rewards.status import PromiseStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def pay(*, promise: RewardPromise, paid_on: date, reference: str = "", acting_person: Person) -> RewardPayment:
    """Record that what is due was paid or given, all of it. The badges are looked at again first.

    Raises `NoSuchReward`, `NotEarned`, `UnusablePayment`, and `WrongState` for what is paid or over already.
    """
    held = _held(promise, acting_person)
    _require_sound_day(held, paid_on)
    if held.status == PromiseStatus.DUE:
        look_again(held)
        if held.status != PromiseStatus.DUE:
            raise NotEarned("A badge that earned this reward was revoked, so it is not due any more.")
    move(held, PromiseStatus.PAID)
    line = RewardPayment.objects.create(
        promise=held, amount=held.amount, paid_on=paid_on, reference=reference.strip(), recorded_by=acting_person
    )
    tell(Event.PAID, held, acting_person, amount=str(line.amount), paid_on=paid_on.isoformat(), reference=reference)
    return line


@transaction.atomic
def pay_several(
    *, promises: Sequence[RewardPromise], paid_on: date, reference: str = "", acting_person: Person
) -> list[RewardPayment]:
    """Record several payments of one payroll, all or none, in one order for everybody."""
    in_order = sorted(promises, key=lambda each: (each.funding_id or 0, each.offer_id, each.pk))
    return [
        pay(promise=each, paid_on=paid_on, reference=reference, acting_person=acting_person) for each in in_order
    ]  # fmt: skip


@transaction.atomic
def reverse(*, payment: RewardPayment, reason: str, acting_person: Person) -> RewardPayment:
    """Take a payment back, such as one that bounced: a line of its own, after which it is due again.

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
    move(held, PromiseStatus.DUE)
    tell(Event.PAYMENT_REVERSED, held, acting_person, amount=str(line.amount), reason=line.reason)
    return line


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
