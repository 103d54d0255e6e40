"""CSV tables: one line of names, then one thing per line. Everything in them is text."""

from __future__ import annotations

import csv
import io

from pydantic import JsonValue

from longleaf.states.files.places import Flaw, PackFile, Spot


def read_table(name: str, raw: bytes) -> PackFile:
    """Read a table as a list of mappings from column to cell; empty cells are left out.

    The flaws are: text that is not UTF-8, no names in the first line, a name twice, and lines with more or
    fewer cells than there are names.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"The file is not UTF-8 text (byte {error.start}); export it again as “CSV UTF-8”."
        return PackFile(name, None, {}, (Flaw((), None, reason),))
    return _read_rows(name, text)


def _read_rows(name: str, text: str) -> PackFile:
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    content: list[JsonValue] = []
    lines: dict[Spot, int] = {(): 1}
    flaws: list[Flaw] = []
    try:
        names: list[str] = next(rows, [])
        flaws += _flaws_of_names(names)
        for cells in rows:
            spot: Spot = (len(content),)
            lines[spot] = rows.line_num
            flaws += _flaws_of_row(names, cells, spot, rows.line_num)
            content.append({key: cell.strip() for key, cell in zip(names, cells, strict=False) if cell.strip()})
    except csv.Error as error:
        reason = f"This line cannot be read as CSV: {error}. Look for a quotation mark that is not closed."
        return PackFile(name, None, {}, (Flaw((), rows.line_num, reason),))
    return PackFile(name, content, lines, tuple(flaws))


def _flaws_of_names(names: list[str]) -> list[Flaw]:
    if not any(names):
        return [Flaw((), 1, "The first line must hold the names of the columns.")]
    twice = {name for name in names if names.count(name) > 1}
    return [Flaw((), 1, f"The column “{name}” stands here twice; keep one.") for name in sorted(twice)]


def _flaws_of_row(names: list[str], cells: list[str], spot: Spot, line: int) -> list[Flaw]:
    if not cells:
        return [Flaw(spot, line, "The line is empty; take it away.")]
    if len(cells) != len(names):
        reason = (
            f"The line has {len(cells)} cells where the first line names {len(names)} columns; "
            "add or remove commas, and put cells that contain commas in quotes."
        )
        return [Flaw(spot, line, reason)]
    return []
