"""Reading the list of those who took part: a CSV file or typed lines. Pure: text in, lines out, no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from longleaf.recognition.errors import UnusableList

MOST_BYTES = 1024 * 1024
MOST_ROWS = 2_000
LONGEST_CELL = 254
COLUMNS = ("person", "amount", "name")


@dataclass(frozen=True)
class Line:
    """One line as it was typed; `number` is its line in the file."""

    number: int
    person: str
    amount: str = ""
    name: str = ""


def lines_of(content: bytes) -> list[Line]:
    """The lines of a file, empty ones left out. Raises `UnusableList`, which says what to do about it."""
    rows = rows_of(content, columns=COLUMNS, needed=("person",))
    return _bounded(Line(number, **told) for number, told in rows)


def rows_of(
    content: bytes, *, columns: Sequence[str], needed: Sequence[str], most_bytes: int = MOST_BYTES
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their numbers in it: a cell for each of the columns, "" where there is none.

    Empty rows are left out. Raises `UnusableList`, which says what to do about it.
    """
    if len(content) > most_bytes:
        raise unusable(f"The file is larger than {most_bytes // MOST_BYTES} MB. Divide it into several.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unusable("The file is not in UTF-8. In your spreadsheet choose “Save as: CSV UTF-8”.") from None
    if "\0" in text:
        raise unusable("The file is not text. In your spreadsheet choose “Save as: CSV UTF-8”.")
    return _rows(text, columns, needed)


def lines_typed(text: str) -> list[Line]:
    """The lines of what was typed, one person to a line."""
    typed = enumerate(text.splitlines(), start=1)
    return _bounded(Line(number, line.strip()[:LONGEST_CELL]) for number, line in typed if line.strip())


def template() -> str:
    """An empty list with its column names and a line that shows how each is filled in."""
    return "person,amount,name\neducator@school.example,6,Robin Example\n"


def unusable(sentence: str, field: str = "file") -> UnusableList:
    return UnusableList(sentence, fields={field: sentence})


def _bounded(lines: Iterator[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if len(found) == MOST_ROWS:
            raise unusable(f"The list has more than {MOST_ROWS:,} people. Divide it into several.")
        found.append(line)
    if not found:
        raise unusable("The list names nobody. Give each person a line.")
    return found


def _rows(text: str, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [cell.strip().lower() for cell in next(reader, [])]
        _require_names(names, columns, needed)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                told = dict(zip(names, (cell.strip()[:LONGEST_CELL] for cell in cells), strict=False))
                yield reader.line_num, {name: told.get(name, "") for name in columns}
    except csv.Error as problem:
        raise unusable(f"Line {reader.line_num} cannot be read as CSV: {problem}. Look for a lone quote.") from None


def _require_names(names: list[str], columns: Sequence[str], needed: Sequence[str]) -> None:
    if missing := [name for name in needed if name not in names]:
        raise unusable(f"The first line must name the columns, and one of them must be “{missing[0]}”.")
    if unknown := [name for name in names if name and name not in columns]:
        raise unusable(f"There is no column “{unknown[0]}”. Take it out; the columns are {', '.join(columns)}.")
