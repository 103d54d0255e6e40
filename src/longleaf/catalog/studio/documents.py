"""From what was typed to a document, and back. No Django, no database.

`take_apart` and `assemble` are each other's inverse on every document that is sound: what no field shows is kept beside
the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import (
    KEPT,
    SENTENCE,
    Field,
    Group,
    Kind,
    Member,
    Path,
    PerLevel,
    Rows,
    WhenEmpty,
    named,
)

Typed: TypeAlias = dict[str, Any]
Spot: TypeAlias = tuple[str | int, ...]
NUMBER = re.compile(r"-?\d{1,9}")
EMPTY: Mapping[WhenEmpty, Any] = {WhenEmpty.NONE: None, WhenEmpty.TEXT: "", WhenEmpty.NO: False}


def assemble(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The document that was typed, as far as it goes; whether it is sound is asked by `checking`."""
    return _mapping(ALL_MEMBERS, typed)


def take_apart(document: Mapping[str, Any]) -> Typed:
    """A document as if it had been typed."""
    return _typed(ALL_MEMBERS, document)


def fields_of(
    members: Sequence[Member], typed: Mapping[str, Any], levels: Sequence[str]
) -> Iterator[tuple[Path, Field]]:
    """Every field that stands in what was typed, with its path. `levels` are those of the rubric."""
    for member in members:
        if isinstance(member, Field):
            yield (member.name,), member
        elif isinstance(member, Group):
            yield from _below((member.name,), fields_of(member.members, typed.get(member.name) or {}, levels))
        elif isinstance(member, Rows):
            for row in typed.get(member.name) or ():
                yield from _below((member.name, row["id"]), fields_of(member.members, row, levels))
        else:
            for level in levels:
                yield (member.name, level), Field(level, member.label, lines=3)


def levels_in(typed: Mapping[str, Any]) -> list[str]:
    """Ids of the rubric's levels, from worst to best."""
    return [row["id"] for row in (typed.get("rubric") or {}).get("levels") or ()]


def value_at(typed: Mapping[str, Any], path: Path) -> Any:
    """What was typed at a path, or None. Raises `KeyError` where the row of the path is not there."""
    here: Any = typed
    for step in path:
        if isinstance(here, list):
            here = next((row for row in here if row["id"] == step), None)
            if here is None:
                raise KeyError(step)
        else:
            here = (here or {}).get(step)
    return here


def path_of(spot: Spot, typed: Mapping[str, Any]) -> Path:
    """Where a place of the document was typed: numbers of rows become their ids."""
    path, here = list[str](), typed
    for step in spot:
        if isinstance(step, int):
            if not isinstance(here, list) or step >= len(here):
                break
            here = here[step]
            # A choice among others has no place of its own: the mistake is told beside the field.
            if not isinstance(here, Mapping):
                break
            path.append(here["id"])
        else:
            here = here.get(step) if isinstance(here, Mapping) else None  # type: ignore[assignment]
            path.append(step)
    return tuple(path)


def _below(start: Path, found: Iterator[tuple[Path, Field]]) -> Iterator[tuple[Path, Field]]:
    return ((start + path, field) for path, field in found)


def _mapping(members: Sequence[Member], typed: Mapping[str, Any]) -> dict[str, Any]:
    document = dict(typed.get(KEPT) or {})
    for member in members:
        found, value = _value(member, typed.get(member.name))
        if found:
            document[member.name] = value
    return document


def _value(member: Member, typed: Any) -> tuple[bool, Any]:
    """Whether the document has something at a member, and what."""
    if isinstance(member, Field):
        return _of_field(member, typed)
    if isinstance(member, Group):
        return _of_group(member, typed or {})
    if isinstance(member, Rows):
        rows = [_row(member, row) for row in typed or ()]
        return bool(rows) or member.always, rows
    texts = {level: text for level, text in (typed or {}).items() if text}
    return bool(texts), texts


def _of_field(field: Field, typed: Any) -> tuple[bool, Any]:
    if field.kind is Kind.CHOICES:
        return True, list(typed or ())
    if field.kind is Kind.YES:
        return bool(typed) or field.when_empty is WhenEmpty.NO, bool(typed)
    text = (typed or "").strip()
    if not text:
        return field.when_empty in EMPTY, EMPTY.get(field.when_empty)
    return True, int(text) if field.kind is Kind.NUMBER and NUMBER.fullmatch(text) else text


def _of_group(group: Group, typed: Mapping[str, Any]) -> tuple[bool, Any]:
    if group.optional and not any(typed.get(member.name) for member in group.members) and not typed.get(KEPT):
        return group.when_empty in EMPTY, EMPTY.get(group.when_empty)
    return True, _mapping(group.members, typed)


def _row(rows: Rows, typed: Mapping[str, Any]) -> Any:
    if rows.sentences:
        return (typed.get(SENTENCE) or "").strip()
    return {**({"code": typed["id"]} if rows.coded else {}), **_mapping(rows.members, typed)}


def _typed(members: Sequence[Member], document: Mapping[str, Any], *aside: str) -> Typed:
    known = named(members)
    typed: Typed = {
        name: _typed_value(known[name], value)
        for name, value in document.items()
        if name in known and value is not None
    }
    kept = {name: value for name, value in document.items() if name not in known and name not in aside}
    return {**typed, **({KEPT: kept} if kept else {})}


def _typed_value(member: Member, value: Any) -> Any:
    if isinstance(member, Group):
        return _typed(member.members, value)
    if isinstance(member, Rows):
        return [_typed_row(member, number, row) for number, row in enumerate(value, start=1)]
    if isinstance(member, PerLevel):
        return dict(value)
    if member.kind is Kind.CHOICES:
        return [str(each) for each in value]
    if member.kind is Kind.YES:
        return "yes" if value else ""
    return str(value)


def _typed_row(rows: Rows, number: int, row: Any) -> Typed:
    if rows.sentences:
        return {"id": str(number), SENTENCE: row}
    if rows.coded:
        return {"id": row["code"], **_typed(rows.members, row, "code")}
    return {"id": str(number), **_typed(rows.members, row)}
