"""What a reading is paid: the fees of a pool, each from a day on, and the verb by which a pack sets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.panels.errors import FeeStands, UnusableFee
from longleaf.panels.events import Event
from longleaf.panels.models import ReadingFee

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

CURRENCY = re.compile(r"[A-Z]{3}")
HIGHEST = Decimal(999_999)  # what is more is a slip of the hand
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Fee:
    """What a reading that is handed in on `since` or later is paid; `currency` is ISO 4217."""

    since: date
    amount: Decimal
    currency: str


def mistakes_in(fees: Sequence[Fee]) -> Iterator[str]:
    """A sentence for everything that is no fee."""
    days = [fee.since for fee in fees]
    for fee in fees:
        if not 0 <= fee.amount <= HIGHEST or fee.amount != fee.amount.quantize(CENT):
            yield f"“{fee.amount}” is no fee. Give an amount from 0 to {HIGHEST:,}, in whole cents."
        if not CURRENCY.fullmatch(fee.currency):
            yield f"“{fee.currency}” is no currency. Give the three letters of ISO 4217, such as USD."
    for day in sorted({day for day in days if days.count(day) > 1}):
        yield f"Two fees begin on {day}. Keep one of them."


def fee_on(day: date, fees: Iterable[Fee]) -> Fee | None:
    """What is paid for a reading that is handed in on a day; None where nothing is."""
    begun = [fee for fee in fees if fee.since <= day and fee.amount]
    latest = max((fee.since for fee in fees if fee.since <= day), default=None)
    return next((fee for fee in begun if fee.since == latest), None)


def fees_of(pool: Organisation) -> list[Fee]:
    """The fees of a pool, the oldest first."""
    rows = ReadingFee.objects.filter(pool=pool).order_by("since")
    return [Fee(row.since, row.amount, row.currency) for row in rows]


@transaction.atomic
def set_fees(*, pool: Organisation, wanted: Sequence[Fee], acting_person: Person | None) -> None:
    """Set the fees of a pool. What is set already changes nothing, and nothing is deleted.

    Raises `UnusableFee`, and `FeeStands` where a fee that held on some day until today is to be another.
    """
    mistakes = list(mistakes_in(wanted))
    if mistakes:
        raise UnusableFee("These fees cannot be used.", fields={"fees": " ".join(mistakes)})
    kept = {row.since: row for row in ReadingFee.objects.select_for_update().filter(pool=pool)}
    for fee in wanted:
        row = kept.get(fee.since)
        if row is None or (row.amount, row.currency) != (fee.amount, fee.currency):
            _set(pool, fee, row, acting_person)


def _set(pool: Organisation, fee: Fee, row: ReadingFee | None, acting_person: Person | None) -> None:
    if row is not None and fee.since <= timezone.localdate():
        raise FeeStands(
            f"Since {fee.since} a reading is paid {row.amount} {row.currency}. Add a fee that begins later."
        )
    ReadingFee.objects.update_or_create(
        pool=pool, since=fee.since, defaults={"amount": fee.amount, "currency": fee.currency}
    )
    data = {"since": fee.since.isoformat(), "amount": f"{fee.amount:.2f}", "currency": fee.currency}
    record(Event.FEE_SET, actor=acting_person, subject=f"pool:{pool.code}", data=data)
