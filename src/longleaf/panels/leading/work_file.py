"""What everybody in a pool did and is owed, as a CSV file for whoever pays them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from longleaf.kit.tables import tame
from longleaf.panels.leading.workload import Work

COLUMNS = (
    "assessor", "name", "handed_in", "adjudicated", "declined", "expired", "median_business_days", "unpaid_readings",
    "currency", "owed", "paid",
)  # fmt: skip


def written(works: Iterable[Work]) -> str:
    """A line for each assessor and currency, in UTF-8 with a mark in front, which spreadsheets need."""
    text = StringIO("\ufeff", newline="")
    text.seek(0, 2)
    csv.writer(text).writerows([COLUMNS, *(row for work in works for row in _rows(work))])
    return text.getvalue()


def _rows(work: Work) -> Iterator[tuple[object, ...]]:
    days = "" if work.median_days is None else work.median_days
    did = (work.handed_in, work.adjudicated, work.declined, work.expired, days, work.unpaid)
    for currency in work.currencies or [""]:
        owed, paid = (money.get(currency, Decimal(0)) for money in (work.owed, work.paid))
        yield (work.person.ref, tame(work.person.name), *did, currency, f"{owed:.2f}", f"{paid:.2f}")
