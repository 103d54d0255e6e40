"""Tables as files that spreadsheets open: UTF-8, line by line, and no cell that they would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

CSV = "text/csv; charset=utf-8"
# A spreadsheet runs a cell that begins so as a formula.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table line by line, so that a long one needs little memory."""
    writer = csv.writer(_Handed())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell


class _Handed:
    """What the CSV writer writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line
