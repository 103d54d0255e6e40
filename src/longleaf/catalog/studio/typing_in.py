"""Putting a value into what was typed, and ordering its rows. Each changes `typed` in place. No database."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from longleaf.catalog.errors import NoSuchField
from longleaf.catalog.studio.documents import Typed, codes_for, field_for, ladder_of
from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import Field, Group, Member, Path, PerRow, Rows, named

MOST_ROWS = 100


def value_of(typed: Typed, path: Path) -> str | list[str]:
    """What is typed in a field. Raises `NoSuchField`."""
    holder, field = _field_at(typed, path)
    value = holder.get(path[-1])
    return list(value or ()) if field.is_list else str(value or "")


def put(typed: Typed, path: Path, value: str | list[str]) -> None:
    """Type a value into a field. Raises `NoSuchField`, also for a list where one text belongs."""
    holder, field = _field_at(typed, path)
    if field.is_list != isinstance(value, list):
        raise _no_such(path)
    holder[path[-1]] = value


def add(typed: Typed, path: Path) -> Path:
    """A new row at the end of a list, with an id that no row has; returns the row's path."""
    holder, rows = _rows_at(typed, path)
    here = holder.setdefault(rows.name, [])
    if len(here) >= MOST_ROWS:
        raise NoSuchField(f"{MOST_ROWS} rows are here already. Take one away before you add another.")
    row: Typed = {"id": new_id(rows, here, within=holder.get("id", ""))}
    for member in rows.members:
        # A list that must not be empty begins with a row to write in.
        if isinstance(member, Rows) and not member.optional:
            row[member.name] = [{"id": new_id(member, [], within=row["id"])}]
    here.append(row)
    return (*path, row["id"])


def remove(typed: Typed, path: Path) -> Path:
    """A row taken away, with what pointed to it; returns the path of its list."""
    holder, rows = _rows_at(typed, path[:-1])
    holder[rows.name] = [row for row in holder.get(rows.name) or () if row["id"] != path[-1]]
    forget(typed, path)
    return path[:-1]


def up(typed: Typed, path: Path) -> Path:
    return _moved(typed, path, -1)


def down(typed: Typed, path: Path) -> Path:
    return _moved(typed, path, 1)


ROW_ACTS: Mapping[str, Callable[[Typed, Path], Path]] = {"add": add, "remove": remove, "up": up, "down": down}


def _moved(typed: Typed, path: Path, by: int) -> Path:
    holder, rows = _rows_at(typed, path[:-1])
    here = holder.get(rows.name) or []
    at = next((number for number, row in enumerate(here) if row["id"] == path[-1]), None)
    if at is None:
        raise _no_such(path)
    to = at + by
    if 0 <= to < len(here):
        here[at], here[to] = here[to], here[at]
    return path


def forget(typed: Typed, path: Path) -> None:
    """Take away the links to a row that is gone."""
    gone = path[-1]
    criteria = (typed.get("rubric") or {}).get("criteria") or ()
    if path[:-1] == ("requirements",):
        for row in criteria:
            row["requirements"] = [code for code in row.get("requirements") or () if code != gone]
    elif path[:-1] == ("rubric", "levels"):
        for row in criteria:
            (row.get("levels") or {}).pop(gone, None)
        _forget_in_rule(typed, gone)
    elif path[:-1] == ("rubric", "criteria"):
        (_lines(typed).get("criteria") or {}).pop(gone, None)
    elif path[:-1] == ("parts",):
        for row in typed.get("requirements") or ():
            row["part"] = "" if row.get("part") == gone else row.get("part", "")


def _forget_in_rule(typed: Typed, level: str) -> None:
    """Lines that were drawn at a level, and what it was worth."""
    lines, outcome = _lines(typed), (typed.get("panel_rule") or {}).get("outcome") or {}
    (outcome.get("points") or {}).pop(level, None)
    if lines.get("level") == level:
        lines["level"] = ""
    if lines.get("criteria"):
        lines["criteria"] = {code: line for code, line in lines["criteria"].items() if line != level}


def _lines(typed: Typed) -> Typed:
    lines: Typed = (typed.get("panel_rule") or {}).get("criterion_met_when") or {}
    return lines


def new_id(rows: Rows, here: Sequence[Mapping[str, Any]], *, within: str) -> str:
    """An id that no row of a list has; `within` is that of the row around the list."""
    prefix = f"{within}." if within and rows.prefix else ""
    start = f"{prefix}{rows.prefix}"
    numbers = [int(found[1]) for row in here if (found := re.fullmatch(re.escape(start) + r"(\d{1,6})", row["id"]))]
    number = max(numbers, default=0) + 1
    taken = {row["id"] for row in here}
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


def _field_at(typed: Typed, path: Path) -> tuple[Typed, Field]:
    holder, member = _walk(typed, path)
    if not isinstance(member, Field):
        raise _no_such(path)
    return holder, member


def _rows_at(typed: Typed, path: Path) -> tuple[Typed, Rows]:
    holder, member = _walk(typed, path)
    if not isinstance(member, Rows):
        raise _no_such(path)
    return holder, member


def _walk(typed: Typed, path: Path) -> tuple[Typed, Member]:
    """The mapping in which the last step of a path stands, and what stands there. Raises `NoSuchField`."""
    members, holder, steps = named(ALL_MEMBERS), typed, list(path)
    while steps:
        member = members.get(steps.pop(0))
        if member is None:
            break
        if not steps:
            return holder, member
        if isinstance(member, Group):
            members, holder = named(member.members), holder.setdefault(member.name, {})
        elif isinstance(member, Rows):
            code = steps.pop(0)
            row = next((row for row in holder.get(member.name) or () if row["id"] == code), None)
            if row is None:
                break
            members, holder = named(member.members), row
        elif isinstance(member, PerRow):
            if len(steps) == 1 and steps[0] in codes_for(member, holder.get(member.name), ladder_of(typed)):
                return holder.setdefault(member.name, {}), field_for(member, steps[0])
            break
        else:
            break
    raise _no_such(path)


def _no_such(path: Path) -> NoSuchField:
    return NoSuchField(
        f"There is no field “{' › '.join(path)}” in this draft any more. Reload the page; copy what you typed first."
    )
