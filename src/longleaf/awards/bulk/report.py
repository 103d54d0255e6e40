"""What became of each row of a list, as a file that a spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING

from longleaf.awards import addresses
from longleaf.awards.bulk import queries

if TYPE_CHECKING:
    from longleaf.awards.models import BulkAward, BulkRow

COLUMNS = ("line", "person", "earned_on", "outcome", "badge", "column", "problem")
# A spreadsheet runs a cell that begins so as a formula.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 2000


def lines(bulk_award: BulkAward) -> Iterator[str]:
    """The report line by line, so that a long one needs little memory."""
    writer = csv.writer(_Handed())
    yield writer.writerow(COLUMNS)
    for row in queries.rows_for_report(bulk_award).iterator(chunk_size=ROWS_AT_ONCE):
        yield writer.writerow([_harmless(cell) for cell in _cells(row)])


class _Handed:
    """What the CSV writer writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _cells(row: BulkRow) -> list[str]:
    return [
        str(row.number),
        row.named,
        row.earned_on.isoformat() if row.earned_on else "",
        row.get_status_display(),
        addresses.badge(row.award.uuid) if row.award else "",
        "; ".join(each["column"] for each in row.problems if each["column"]),
        " ".join(each["sentence"] for each in row.problems),
    ]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell
