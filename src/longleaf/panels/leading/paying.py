"""The verbs of the ledger: record that the readings of a period were paid, and take that back.

Longleaf moves no money. It says what is owed and keeps what a lead says was paid. Locks: the assessor whose readings
are paid, then the payment.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.panels.access import may_lead_pool
from longleaf.panels.errors import (
    NoSuchMember,
    NothingToPay,
    OwnPay,
    PayHasChanged,
    PaymentTakenBack,
    ReasonMissing,
)
from longleaf.panels.events import Event
from longleaf.panels.leading.workload import Owed, Period, owed_to
from longleaf.panels.models import Assessor, PaidReading, Payment

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def record_payment(
    *, person: Person, pool: Organisation, period: Period, readings: int, acting_person: Person
) -> list[Payment]:
    """Record that what waits in a period was paid: a line for each currency.

    `readings` is how many the lead saw waiting. Raises `NoSuchMember` for whoever does not lead the pool, `OwnPay`,
    `NothingToPay`, and `PayHasChanged` where another number waits by now.
    """
    _require_lead(pool, person, acting_person)
    list(Assessor.objects.select_for_update().filter(pk=person.pk))
    owed = owed_to(person, pool, period)
    if not owed:
        raise NothingToPay
    if len(owed) != readings:
        raise PayHasChanged
    by_currency = defaultdict(list)
    for each in owed:
        by_currency[each.fee.currency].append(each)
    return [_record(person, pool, period, which, acting_person) for _, which in sorted(by_currency.items())]


@transaction.atomic
def take_back(*, payment: Payment, reason: str, acting_person: Person) -> Payment:
    """Take a payment back that was recorded by mistake; its readings wait to be paid again.

    Raises `NoSuchMember`, `OwnPay`, `ReasonMissing` and `PaymentTakenBack`.
    """
    held = Payment.objects.select_for_update(of=("self",)).select_related("pool", "person").get(pk=payment.pk)
    _require_lead(held.pool, held.person, acting_person)
    if held.taken_back_at is not None:
        raise PaymentTakenBack
    if not reason.strip():
        sentence = "Say in a few words why the payment is taken back."
        raise ReasonMissing(sentence, fields={"reason": sentence})
    held.taken_back_at, held.taken_back_because = timezone.now(), reason.strip()
    held.save(update_fields=["taken_back_at", "taken_back_because"])
    held.lines.update(stands=False)
    _write(Event.PAYMENT_TAKEN_BACK, held, acting_person, why=held.taken_back_because)
    return held


def _record(person: Person, pool: Organisation, period: Period, owed: list[Owed], acting_person: Person) -> Payment:
    payment = Payment.objects.create(
        pool=pool,
        person=person,
        begins=period.begins,
        ends=period.ends,
        readings=len(owed),
        amount=sum((each.fee.amount for each in owed), Decimal(0)),
        currency=owed[0].fee.currency,
    )
    lines = [PaidReading(payment=payment, assignment_id=each.assignment, amount=each.fee.amount) for each in owed]
    PaidReading.objects.bulk_create(lines, batch_size=500)
    told = {"readings": len(owed), "amount": f"{payment.amount:.2f}", "currency": payment.currency}
    days = {"begins": period.begins.isoformat(), "ends": period.ends.isoformat()}
    _write(Event.PAYMENT_RECORDED, payment, acting_person, **told, **days)
    return payment


def _require_lead(pool: Organisation, person: Person, acting_person: Person) -> None:
    if not may_lead_pool(acting_person, pool.pk):
        raise NoSuchMember
    if person.pk == acting_person.pk:
        raise OwnPay


def _write(event: Event, payment: Payment, acting_person: Person, **data: object) -> None:
    told = {"pool": payment.pool.code, "payment": payment.ref, **data}
    record(event, actor=acting_person, subject=f"assessor:{payment.person.ref}", data=told)
