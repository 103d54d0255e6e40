"""Rows that an adopter and the design upstream both added under one code are two rows. No Django, no database.

The newer design is read as if it had given its own row a code that is free in the draft, wherever it names it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from longleaf.catalog.studio import typing_in
from longleaf.catalog.studio.comparing import row_in_words
from longleaf.catalog.studio.documents import Typed, levels_in
from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import Group, Path, Rows, named

Codes: TypeAlias = Mapping[str, str]
Row: TypeAlias = Mapping[str, Any]
PARTS, REQUIREMENTS, LEVELS, CRITERIA = ("parts",), ("requirements",), ("rubric", "levels"), ("rubric", "criteria")
# In this order, since what a row says names rows of the lists before its own.
LISTS: Sequence[Path] = (PARTS, REQUIREMENTS, LEVELS, CRITERIA)
# What a row names of other rows says nothing of whether it is the same row: links change with what they lead to.
LINKS = frozenset({"part", "requirements"})


@dataclass(frozen=True)
class Recoded:
    """A newer design with codes that are free in a draft. `codes` has the new ones by list, and by the old one."""

    newer: Typed
    codes: Mapping[Path, Codes]

    def path(self, path: Path) -> Path:
        """Where a place of the newer design is in it as it is read here."""
        for at in LISTS:
            if path[: len(at)] != at or len(path) == len(at):
                continue
            row = self.codes[at].get(path[len(at)], path[len(at)])
            rest = path[len(at) + 1 :]
            if at == CRITERIA and rest[:1] == ("levels",):
                rest = ("levels", *(self.codes[LEVELS].get(each, each) for each in rest[1:]))
            elif rest[:1] == ("completion",) and len(rest) > 1:
                inside = self.codes.get((*at, row, "completion"), {})
                rest = ("completion", inside.get(rest[1], rest[1]), *rest[2:])
            return (*at, row, *rest)
        return path


def recoded(typed: Typed, before: Typed, newer: Typed) -> Recoded:
    """Read a newer design for a draft: `before` is the version with which the draft is level."""
    newer, codes = deepcopy(newer), dict[Path, Codes]()
    for at in LISTS:
        codes[at] = _codes(at, rows_at(typed, at), rows_at(before, at), rows_at(newer, at), levels_in(typed))
        _rename(newer, at, codes[at])
    for row in rows_at(newer, REQUIREMENTS):
        at = (*REQUIREMENTS, row["id"], "completion")
        own, known, theirs = (_completion(each, row["id"]) for each in (typed, before, newer))
        codes[at] = _codes(at, own, known, theirs, (), within=row["id"])
        _rename_rows(theirs, codes[at])
    return Recoded(newer, codes)


def same_row(rows: Rows, one: Row, other: Row, levels: Collection[str]) -> bool:
    """Whether two rows say the same, but for the rows that they name and levels that a draft has not."""
    return _told(rows, one, levels) == _told(rows, other, levels)


def has_level_of(typed: Typed, path: Path) -> bool:
    """Whether a place is no text for a level, or one for a level that a draft has."""
    is_text = path[: len(CRITERIA)] == CRITERIA and len(path) > 4 and path[3] == "levels"
    return not is_text or path[4] in levels_in(typed)


def without_lost_levels(typed: Typed) -> None:
    """Take away what criteria say of levels that are not there: no field shows it, and it could not be published."""
    levels = levels_in(typed)
    for row in rows_at(typed, CRITERIA):
        if row.get("levels"):
            row["levels"] = {level: text for level, text in row["levels"].items() if level in levels}


def rows_at(typed: Mapping[str, Any], at: Path) -> list[Typed]:
    here: Any = typed
    for step in at:
        here = (here or {}).get(step)
    return here or []


def _codes(
    at: Path, own: list[Typed], before: list[Typed], newer: list[Typed], levels: Collection[str], within: str = ""
) -> Codes:
    """New codes, by the old ones, for rows that a newer design added where the draft has another row of that code."""
    rows, mine, known = _rows(at), {row["id"]: row for row in own}, {row["id"] for row in before}
    theirs, found = {row["id"] for row in newer}, dict[str, str]()
    for row in newer:
        code = row["id"]
        if code in known or code not in mine or same_row(rows, mine[code], row, levels):
            continue
        taken = set(found.values()) | theirs | known
        again = (each for each in mine if each not in taken and same_row(rows, mine[each], row, levels))
        used = [*own, *newer, *({"id": each} for each in found.values())]
        found[code] = next(again, None) or typing_in.new_id(rows, used, within=within)
    return found


def _told(rows: Rows, row: Row, levels: Collection[str]) -> str:
    said = {name: value for name, value in row.items() if name not in LINKS}
    if "levels" in said:
        said["levels"] = {level: text for level, text in (said["levels"] or {}).items() if level in levels}
    return row_in_words(rows, said)


def _rename(newer: Typed, at: Path, codes: Codes) -> None:
    """Give rows of a list their new codes, and whatever names them."""
    if not codes:
        return
    _rename_rows(rows_at(newer, at), codes)
    for row in rows_at(newer, REQUIREMENTS):
        if at == PARTS and row.get("part"):
            row["part"] = codes.get(row["part"], row["part"])
    for row in rows_at(newer, CRITERIA):
        if at == REQUIREMENTS:
            row["requirements"] = [codes.get(each, each) for each in row.get("requirements") or ()]
        elif at == LEVELS:
            row["levels"] = {codes.get(level, level): text for level, text in (row.get("levels") or {}).items()}


def _rename_rows(rows: list[Typed], codes: Codes) -> None:
    for row in rows:
        old, row["id"] = row["id"], codes.get(row["id"], row["id"])
        for each in row.get("completion") or ():
            if row["id"] != old and each["id"].startswith(f"{old}."):
                each["id"] = row["id"] + each["id"].removeprefix(old)


def _completion(typed: Typed, code: str) -> list[Typed]:
    row = next((each for each in rows_at(typed, REQUIREMENTS) if each["id"] == code), None)
    return (row or {}).get("completion") or []


def _rows(at: Path) -> Rows:
    """What the list at a path is made of."""
    members, found = named(ALL_MEMBERS), None
    for step in (REQUIREMENTS[0], "completion") if at[-1] == "completion" else at:
        found = members[step]
        members = named(found.members) if isinstance(found, Group | Rows) else {}
    assert isinstance(found, Rows)
    return found
