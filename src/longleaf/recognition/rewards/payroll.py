"""Files to and from payroll: what is due goes out as CSV, and what was paid comes in, checked line by line first.

The columns are those of `docs/reference/reward-files.md`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from longleaf.kit.spreadsheets import csv_lines
from longleaf.recognition.rewards.errors import UnusablePayment
from longleaf.recognition.rewards.money import amount_in, dollars
from longleaf.recognition.rewards.paying import recorded_before

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.recognition.models import RewardPromise
    from longleaf.recognition.rewards.queries import Recorded

MOST_CHARACTERS = 512 * 1024
MOST_ROWS = 1_000
COLUMNS_OUT = (
    "promise", "educator", "name", "email", "unit", "kind", "title", "what", "amount", "funding", "fiscal_year",
    "earned_on",
)  # fmt: skip
COLUMNS_IN = ("promise", "amount", "paid_on", "reference")


@dataclass(frozen=True)
class Row:
    """A line of a file of payments: what is to be paid, or what stands in the way."""

    number: int
    ref: str
    problem: str = ""
    promise: RewardPromise | None = None
    paid_on: date | None = None
    amount: Decimal | None = None
    reference: str = ""


def due_as_csv(promises: Iterable[RewardPromise]) -> Iterator[str]:
    """What is due, one line to a promise."""
    return csv_lines(COLUMNS_OUT, (_cells(each) for each in promises))


def rows_of(text: str) -> list[dict[str, str]]:
    """The lines of a file as they were written, by column. Raises `UnusablePayment`, at the field `file`."""
    if len(text) > MOST_CHARACTERS:
        raise _unusable("The file is larger than 500 KB. Divide it into several.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [cell.strip().lower() for cell in next(reader, [])]
        if not set(COLUMNS_IN) <= set(names):
            raise _unusable(f"The first line must name the columns {', '.join(COLUMNS_IN)}; others are left alone.")
        found = [dict(zip(names, map(str.strip, cells), strict=False)) for cells in reader if any(cells)]
    except csv.Error as problem:
        raise _unusable(f"Line {reader.line_num} cannot be read as CSV: {problem}. Look for a lone quote.") from None
    if not found:
        raise _unusable("The file has no line of a payment.")
    if len(found) > MOST_ROWS:
        raise _unusable(f"The file has more than {MOST_ROWS:,} lines. Divide it into several.")
    return found


def checked(rows: Sequence[Mapping[str, str]], due: Mapping[str, RewardPromise], paid: Container[Recorded],
            officer: Person, today: date) -> list[Row]:  # fmt: skip
    """What would become of each line. `due` are the payer's dues by reference, `paid` what was paid of them."""
    seen: set[str] = set()
    found = []
    for number, row in enumerate(rows, start=2):
        ref = row.get("promise", "").upper()
        promise, paid_on = due.get(ref), _day(row.get("paid_on", ""))
        problem = _problem(row, ref, promise, paid_on, officer, today)
        if not problem and ref in seen:
            problem = "An earlier line pays the same."
        seen.add(ref)
        amount, reference = amount_in(row.get("amount", "")), row.get("reference", "")[:80].strip()
        if not problem and promise and amount and paid_on and (promise.pk, amount, paid_on, reference) in paid:
            problem = recorded_before(promise)
        found.append(Row(number, ref, problem, promise, paid_on, amount, reference))
    return found


def _problem(
    row: Mapping[str, str], ref: str, promise: RewardPromise | None, paid_on: date | None, officer: Person, today: date
) -> str:
    if promise is None:
        return "Nothing with this reference is due here. It may have been paid already."
    if promise.educator_id == officer.pk:
        return "Nobody pays themselves. Have another officer do it."
    amount = amount_in(row.get("amount", ""))
    if amount is None or amount > promise.left or (not amount and promise.left):
        return f"{dollars(promise.left)} is due. Give that, or a part of it."
    if paid_on is None or paid_on > today:
        return "Give the day of payment as 2027-03-04, not one that is still to come."
    if promise.due_on is not None and paid_on < promise.due_on:
        return f"{ref} was earned only after this day."
    return ""


def _cells(promise: RewardPromise) -> tuple[str, ...]:
    funding, terms = promise.funding, promise.terms
    return (
        promise.ref,
        promise.educator.ref,
        promise.educator.name,
        promise.educator.email,
        promise.unit.name if promise.unit else "",
        terms["kind"],
        terms["title"],
        terms["what"],
        f"{promise.left:.2f}",
        funding.name if funding else "",
        funding.fiscal_year if funding else "",
        promise.due_on.isoformat() if promise.due_on else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _unusable(sentence: str) -> UnusablePayment:
    return UnusablePayment(sentence, fields={"file": sentence})
