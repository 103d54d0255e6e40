"""Putting what another design changed into a draft, place by place. Changes `typed` in place. No Django, no database.

A place is found again by what makes a row the same row in both designs (`comparing`), so that rows that were moved or
added since do not lead it astray.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from longleaf.catalog.errors import NoSuchField
from longleaf.catalog.studio import typing_in
from longleaf.catalog.studio.comparing import (
    ORDER,
    Change,
    SectionChanges,
    by_identity,
    compare,
    in_words,
    row_in_words,
)
from longleaf.catalog.studio.documents import Typed, levels_in
from longleaf.catalog.studio.recoding import same_row
from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import KEPT, Field, Group, Member, Path, PerRow, Rows, named

# Whoever adopts answers for these alone: they are never offered.
OWN = frozenset({("slug",), *((KEPT, name) for name in ("issuer", "note", "sources", "standing", "version"))})
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Spot:
    """Where a change stands in a design: `name` in `holder`. `key` is that of a row, or `ORDER`; `path` leads to it."""

    holder: Typed
    name: str
    member: Member | None
    path: Path
    key: str = ""

    @property
    def rows(self) -> list[Typed]:
        return self.holder.get(self.name) or []


def offered(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionChanges]:
    """What a later document of another issuer says differently, as far as an adopter may take it."""
    found = [
        SectionChanges(section.title, [each for each in section.changes if each.path not in OWN])
        for section in compare(before, after)
    ]
    return [each for each in found if each.changes]


def key_of(change: Change) -> str:
    """A name for a change by its place and what it leads to: another change of the same place has another."""
    said = json.dumps([change.path, change.row, change.after], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def said_at(typed: Typed, change: Change) -> str | None:
    """What a draft says at the place of a change, in words; None where it has not even the row of it."""
    spot = _spot(ALL_MEMBERS, typed, change.path)
    row = _row(spot)
    if spot.key == ORDER:
        return ", ".join(_keys(spot))
    if spot.key and spot.key != change.path[-1]:
        return None
    if spot.key:
        return row_in_words(_rows_of(spot), row) if row is not None else None
    value = spot.holder.get(spot.name)
    if isinstance(spot.member, Field):
        return in_words(spot.member, value)
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def says_so(typed: Typed, change: Change, newer: Typed, before: Typed) -> bool:
    """Whether a draft says already what the change leads to, from what stood in `before`.

    A row that is gone upstream is another row here where it says something else, and has nothing to do with the change.
    """
    here, there = _spot(ALL_MEMBERS, typed, change.path), _spot(ALL_MEMBERS, newer, change.path)
    if change.path[-1] == ORDER:
        own, theirs = _keys(here), _keys(there)
        return [each for each in own if each in theirs] == [each for each in theirs if each in own]
    if change.row:
        mine = _row(here) if here.key == change.path[-1] else None
        meant = _row(_spot(ALL_MEMBERS, before, change.path) if change.row == "gone" else there)
        is_it = mine is not None and meant is not None and same_row(_rows_of(here), mine, meant, levels_in(typed))
        return is_it if change.row == "added" else not is_it
    return said_at(typed, change) == said_at(newer, change)


def take(typed: Typed, change: Change, newer: Typed) -> None:
    """Put into a draft what the newer design says at the place of a change.

    A row that the draft has not is brought whole. Raises `NoSuchField` where a list would grow beyond what it holds.
    """
    here, there = _spot(ALL_MEMBERS, typed, change.path), _spot(ALL_MEMBERS, newer, change.path)
    if change.path[-1] == ORDER:
        _order(here, there)
    elif here.key:
        # A row that is not here is brought whole, also where only something inside it changed.
        _take_row(typed, here, _spot(ALL_MEMBERS, newer, here.path))
    elif there.name in there.holder:
        here.holder[here.name] = deepcopy(there.holder[there.name])
    else:
        here.holder.pop(here.name, None)


def _spot(members: Sequence[Member], holder: Typed, path: Path, above: Path = ()) -> Spot:
    """Where a path leads; to the row where a row on the way is not there."""
    step, rest, here = path[0], path[1:], (*above, path[0])
    if step == KEPT:
        return Spot(holder.setdefault(KEPT, {}), rest[0], None, (*here, *rest))
    member = named(members)[step]
    if isinstance(member, Group):
        holder[step] = holder.get(step) or {}
        return _spot(member.members, holder[step], rest, here)
    if isinstance(member, PerRow):
        holder[step] = holder.get(step) or {}
        return Spot(holder[step], rest[0], None, (*here, *rest))
    if isinstance(member, Rows):
        row = by_identity(member, holder.get(step) or []).get(rest[0])
        if len(rest) == 1 or row is None:
            return Spot(holder, step, member, (*here, rest[0]), rest[0])
        return _spot(member.members, row, rest[1:], (*here, rest[0]))  # type: ignore[arg-type]
    return Spot(holder, step, member, here)


def _rows_of(spot: Spot) -> Rows:
    assert isinstance(spot.member, Rows)
    return spot.member


def _keys(spot: Spot) -> list[str]:
    return list(by_identity(_rows_of(spot), spot.rows))


def _row(spot: Spot) -> Row | None:
    return by_identity(_rows_of(spot), spot.rows).get(spot.key) if spot.key else None


def _take_row(typed: Typed, here: Spot, there: Spot) -> None:
    own, theirs = _row(here), _row(there)
    if theirs is None:
        if own is not None:
            here.holder[here.name] = [row for row in here.rows if row is not own]
            typing_in.forget(typed, (*here.path[:-1], own["id"]))
        return
    rows = _rows_of(here)
    if own is not None:
        brought = {**deepcopy(dict(theirs)), "id": own["id"]}
        here.holder[here.name] = [brought if row is own else row for row in here.rows]
        return
    if len(here.rows) >= typing_in.MOST_ROWS:
        raise NoSuchField(f"{typing_in.MOST_ROWS} rows are here already. Take one away before you take another over.")
    brought = deepcopy(dict(theirs))
    if not rows.coded:
        brought["id"] = typing_in.new_id(rows, here.rows, within="")
    here.holder[here.name] = _put_beside(here, there, brought)


def _put_beside(here: Spot, there: Spot, brought: Typed) -> list[Typed]:
    """The rows with one more, after the one that it follows in the newer design."""
    own, theirs = _keys(here), _keys(there)
    earlier = [own.index(key) for key in theirs[: theirs.index(there.key)] if key in own]
    at = max(earlier) + 1 if earlier else 0
    return [*here.rows[:at], brought, *here.rows[at:]]


def _order(here: Spot, there: Spot) -> None:
    """Rows that both have stand in the newer order; those that only the draft has stay where they are."""
    rows = by_identity(_rows_of(here), here.rows)
    shared = iter([key for key in _keys(there) if key in rows])
    theirs = set(_keys(there))
    here.holder[here.name] = [dict(rows[next(shared)] if key in theirs else rows[key]) for key in rows]
