"""What became of each row of a list, as a file that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from longleaf.awards import addresses
from longleaf.awards.bulk import queries
from longleaf.kit import spreadsheets

if TYPE_CHECKING:
    from longleaf.awards.models import BulkAward, BulkRow

COLUMNS = ("line", "person", "earned_on", "outcome", "badge", "column", "problem")
ROWS_AT_ONCE = 2000


def lines(bulk_award: BulkAward) -> Iterator[str]:
    """The report line by line, so that a long one needs little memory."""
    rows = queries.rows_for_report(bulk_award).iterator(chunk_size=ROWS_AT_ONCE)
    return spreadsheets.csv_lines(COLUMNS, (_cells(row) for row in rows))


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
