"""The table of organisations: one line for each of the many school units of a state.

The columns are those of an organisation and of its place, side by side; `roles` and `sources` hold several
codes with spaces between them. For each year that the state ranks its counties there are two columns, such
as `tier_2025` and `tier_2025_standing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import JsonValue

from longleaf.states.files import Flaw, PackFile, Spot
from longleaf.states.parts.organisations import Organisation, Place

_TIER = re.compile(r"tier_([0-9]{4})")
_TIER_COLUMN = re.compile(r"tier_[0-9]{4}(_standing)?")
_PLACE = tuple(name for name in Place.model_fields if name != "tiers")
_OWN = tuple(name for name in Organisation.model_fields if name != "place")
_LISTS = ("roles", "sources")


def organisations_from_table(table: PackFile) -> PackFile:
    """The table as a file of organisations would say it, with the line of each."""
    if not isinstance(table.content, list):
        return table
    rows = [{str(key): str(cell) for key, cell in row.items()} for row in table.content if isinstance(row, dict)]
    organisations: list[JsonValue] = [_organisation(row) for row in rows]
    lines: dict[Spot, int] = {("organisations", *spot): line for spot, line in table.lines.items()}
    flaws = (
        *table.flaws,
        *_unknown_columns(rows),
        *_codes_cut_short(rows, lines),
    )
    return PackFile(table.name, {"organisations": organisations}, lines, flaws)


def _organisation(row: dict[str, str]) -> JsonValue:
    found: dict[str, JsonValue] = {key: _cell(key, row[key]) for key in _OWN if key in row}
    place: dict[str, JsonValue] = {key: row[key] for key in _PLACE if key in row}
    if place:
        found["place"] = {**place, "tiers": list(_tiers(row))}
    return found


def _cell(column: str, cell: str) -> JsonValue:
    if column in _LISTS:
        return list(cell.split())
    return _number(cell) if column == "schools" else cell


def _tiers(row: dict[str, str]) -> Iterator[JsonValue]:
    for column in sorted(row):
        if match := _TIER.fullmatch(column):
            tier: dict[str, JsonValue] = {"year": int(match[1]), "tier": _number(row[column])}
            if f"{column}_standing" in row:
                tier["standing"] = row[f"{column}_standing"]
            yield tier


def _number(cell: str) -> JsonValue:
    """The whole number in a cell; what is none stays text, so that the part refuses it by name."""
    return int(cell) if re.fullmatch(r"[0-9]{1,9}", cell) else cell


def _unknown_columns(rows: list[dict[str, str]]) -> Iterator[Flaw]:
    known = {*_OWN, *_PLACE}
    for column in dict.fromkeys(column for row in rows for column in row):
        if column not in known and not _TIER_COLUMN.fullmatch(column):
            reason = f"The column “{column}” is not known; write one of: {', '.join(sorted(known))}, tier_YEAR."
            yield Flaw((), 1, reason)


def _codes_cut_short(rows: list[dict[str, str]], lines: dict[Spot, int]) -> Iterator[Flaw]:
    """Spreadsheets turn the code 010 into 10; the codes beside it show how long it was."""
    numeric = [row["code"] for row in rows if row.get("code", "").isdigit()]
    longest = max((len(code) for code in numeric), default=0)
    for number, row in enumerate(rows):
        code = row.get("code", "")
        if code.isdigit() and len(code) < longest:
            spot: Spot = ("organisations", number, "code")
            reason = f"The code {code} is shorter than the others; a spreadsheet may have cut off its zeros."
            yield Flaw(spot, lines[spot[:2]], reason)
