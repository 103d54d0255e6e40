"""Reading the list of a bulk award: a CSV file as spreadsheets write it. Pure: bytes in, lines out, no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from longleaf.awards.errors import UnreadableList

MEGABYTE = 1024 * 1024
MOST_BYTES = 4 * MEGABYTE
# Somebody waits while a list is checked, at 0.2 ms a line.
MOST_ROWS = 25_000
LONGEST_CELL = 254


@dataclass(frozen=True)
class Column:
    """A column that a list may have."""

    name: str
    about: str
    example: str
    needed: bool = False


COLUMNS = (
    Column(
        "person",
        "Who earned it: an e-mail address that the person signs in with or has verified, or the reference that begins"
        " with P-.",
        "educator@school.example",
        needed=True,
    ),
    Column(
        "earned_on",
        "The day on which it was earned, as 2026-05-29 or 5/29/2026. Empty means the day that you give for the whole"
        " list.",
        "2026-05-29",
    ),
    Column(
        "name",
        "The person’s name as you know it. It awards nothing; where it differs from the name on record the row is"
        " stopped, so that a mistyped address does not reach somebody else.",
        "Robin Example",
    ),
)
NAMES = tuple(column.name for column in COLUMNS)


@dataclass(frozen=True)
class Line:
    """One line as it was typed. `number` is its line in the file; the line of the column names is the first."""

    number: int
    person: str
    earned_on: str = ""
    name: str = ""
    has_more_cells: bool = False


def read(content: bytes) -> list[Line]:
    """The lines of a list, empty ones left out. Raises `UnreadableList`, which says what to do about it."""
    if len(content) > MOST_BYTES:
        raise _unreadable(f"The file is larger than {MOST_BYTES // MEGABYTE} MB. Divide it into several.")
    lines = list(_lines(_text(content)))
    if not lines:
        raise _unreadable("The list names nobody. Below the line of the column names, give each person a line.")
    return lines


def of_names(text: str) -> bytes:
    """The file that says what was typed as one person to a line."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["person"])
    writer.writerows([name] for name in (line.strip() for line in text.splitlines()) if name)
    return out.getvalue().encode()


def template() -> str:
    """An empty list with its column names and a line that shows how each is filled in."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(NAMES)
    writer.writerow(column.example for column in COLUMNS)
    return out.getvalue()


def _text(content: bytes) -> str:
    try:
        # Spreadsheets put a byte order mark before UTF-8.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable("The file is not in UTF-8. In your spreadsheet choose “Save as: CSV UTF-8”.") from None
    if "\0" in text:
        raise _unreadable("The file is not text. In your spreadsheet choose “Save as: CSV UTF-8”.")
    return text


def _lines(text: str) -> Iterator[Line]:
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        places = _places(next(reader, []))
        for count, cells in enumerate(_filled(reader)):
            if count == MOST_ROWS:
                raise _unreadable(f"The list has more than {MOST_ROWS:,} people. Divide it into several.")
            yield _line(reader.line_num, cells, places)
    except csv.Error as problem:
        raise _unreadable(f"Line {reader.line_num} cannot be read as CSV: {problem}. Look for a lone quote.") from None


def _filled(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    return (cells for cells in reader if any(cell.strip() for cell in cells))


def _places(header: list[str]) -> dict[str, int]:
    """Where each column stands. Unknown ones are refused: a mistyped name would otherwise be ignored in silence."""
    found = [cell.strip().lower().replace(" ", "_") for cell in header]
    while found and not found[-1]:
        found.pop()
    if "person" not in found:
        raise _unreadable("The first line must name the columns, and one of them must be “person”.")
    if unknown := [name for name in found if name not in NAMES]:
        raise _unreadable(f"There is no column “{unknown[0]}”. Take it out; the columns are {', '.join(NAMES)}.")
    if len(set(found)) < len(found):
        raise _unreadable("The first line names a column twice. Take one of the two out.")
    return {name: place for place, name in enumerate(found)}


def _line(number: int, cells: list[str], places: dict[str, int]) -> Line:
    typed = {name: cells[place].strip()[:LONGEST_CELL] if place < len(cells) else "" for name, place in places.items()}
    return Line(number, **typed, has_more_cells=any(cell.strip() for cell in cells[len(places) :]))


def _unreadable(sentence: str) -> UnreadableList:
    return UnreadableList(sentence, fields={"file": sentence})
