"""From what was typed to a document, and back. No Django, no database.

`take_apart` and `assemble` are each other's inverse on every document that is sound: what no field shows is kept beside
the fields, and what a field shows in another way (0.70 as 70 percent, a default that was written out) is said again as
it was, as long as nobody types something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from longleaf.catalog.studio.numerals import as_typed, in_document
from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import (
    KEPT,
    SAID,
    SENTENCE,
    Field,
    Group,
    Kind,
    Ladder,
    Member,
    Of,
    Path,
    PerRow,
    Rows,
    WhenEmpty,
    is_code,
    named,
)

Typed: TypeAlias = dict[str, Any]
Spot: TypeAlias = tuple[str | int, ...]
EMPTY: Mapping[WhenEmpty, Any] = {WhenEmpty.NONE: None, WhenEmpty.TEXT: "", WhenEmpty.NO: False}


def assemble(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The document that was typed, as far as it goes; whether it is sound is asked by `checking`."""
    return _mapping(ALL_MEMBERS, typed)


def take_apart(document: Mapping[str, Any]) -> Typed:
    """A document as if it had been typed."""
    return _typed(ALL_MEMBERS, document)


def fields_of(members: Sequence[Member], typed: Mapping[str, Any], ladder: Ladder) -> Iterator[tuple[Path, Field]]:
    """Every field that stands in what was typed, with its path. `ladder` has the codes of the rubric's rows."""
    for member in members:
        if isinstance(member, Field):
            yield (member.name,), member
        elif isinstance(member, Group):
            yield from _below((member.name,), fields_of(member.members, typed.get(member.name) or {}, ladder))
        elif isinstance(member, Rows):
            for row in typed.get(member.name) or ():
                yield from _below((member.name, row["id"]), fields_of(member.members, row, ladder))
        else:
            for code in codes_for(member, typed.get(member.name), ladder):
                yield (member.name, code), field_for(member, code)


def ladder_of(typed: Mapping[str, Any]) -> Ladder:
    """Codes of the rubric's levels, from worst to best, and of its criteria."""
    rubric = typed.get("rubric") or {}
    return {of: [row["id"] for row in rubric.get(of.value) or ()] for of in Of}


def levels_in(typed: Mapping[str, Any]) -> Sequence[str]:
    """Codes of the rubric's levels, from worst to best."""
    return ladder_of(typed)[Of.LEVELS]


def codes_for(member: PerRow, typed: Mapping[str, Any] | None, ladder: Ladder) -> list[str]:
    """The rows that have a field: those of the rubric, and those that something was typed for and that are gone."""
    strangers = (code for code, value in (typed or {}).items() if value and is_code(code))
    return list(dict.fromkeys([*ladder[member.of], *strangers]))


def field_for(member: PerRow, code: str) -> Field:
    return replace(member.each, name=code)


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
        found, value = _value_as_said(member, typed)
        if found:
            document[member.name] = value
        elif isinstance(member, Field) and member.instead:
            document.setdefault(*member.instead)
    return document


def _value_as_said(member: Member, typed: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether the document has something at a member, and what: as it once said it, where that is still typed."""
    here, said = typed.get(member.name), typed.get(SAID) or {}
    if member.name in said and _bare(here) == _bare(_typed_value(member, said[member.name], True)):
        return True, said[member.name]
    return _value(member, here)


def _value(member: Member, typed: Any) -> tuple[bool, Any]:
    if isinstance(member, Field):
        return _of_field(member, typed)
    if isinstance(member, Group):
        return _of_group(member, typed or {})
    if isinstance(member, Rows):
        rows = [_row(member, row) for row in typed or ()]
        return bool(rows) or member.always, rows
    pairs = {code: _of_field(member.each, value) for code, value in (typed or {}).items()}
    values = {code: value for code, (found, value) in pairs.items() if found}
    return bool(values), values


def _of_field(field: Field, typed: Any) -> tuple[bool, Any]:
    if field.kind is Kind.CHOICES:
        return bool(typed) or field.when_empty is WhenEmpty.LIST, list(typed or ())
    if field.kind is Kind.NOT:
        return bool(typed), False
    if field.kind is Kind.YES:
        return bool(typed) or field.when_empty is WhenEmpty.NO, bool(typed)
    text = (typed or "").strip()
    if not text:
        return field.when_empty in EMPTY, EMPTY.get(field.when_empty)
    return True, in_document(field.kind, text)


def _of_group(group: Group, typed: Mapping[str, Any]) -> tuple[bool, Any]:
    if group.optional and not any(_bare(typed.get(member.name)) for member in group.members) and not typed.get(KEPT):
        return group.when_empty in EMPTY, EMPTY.get(group.when_empty)
    return True, _mapping(group.members, typed)


def _row(rows: Rows, typed: Mapping[str, Any]) -> Any:
    if rows.sentences:
        return (typed.get(SENTENCE) or "").strip()
    return {**({"code": typed["id"]} if rows.coded else {}), **_mapping(rows.members, typed)}


def _typed(members: Sequence[Member], document: Mapping[str, Any], faithful: bool = False, *aside: str) -> Typed:
    known = named(members)
    implied = {each.instead[0] for each in members if isinstance(each, Field) and each.instead}
    here = {name: value for name, value in document.items() if name in known and value is not None}
    typed: Typed = {name: _typed_value(known[name], value, faithful) for name, value in here.items()}
    kept = {name: value for name, value in document.items() if not {name} & {*known, *aside, *implied}}
    said = {
        name: value
        for name, value in here.items()
        if faithful
        and _can_be_said(known[name], value)
        and not _is_same(_value(known[name], typed[name]), (True, value))
    }
    return {**typed, **({KEPT: kept} if kept else {}), **({SAID: said} if said else {})}


def _typed_value(member: Member, value: Any, faithful: bool) -> Any:
    if isinstance(member, Group):
        return _typed(member.members, value, faithful or member.faithful)
    if isinstance(member, Rows):
        return [_typed_row(member, number, row, faithful) for number, row in enumerate(value, start=1)]
    if isinstance(member, PerRow):
        return {code: _typed_value(member.each, each, faithful) for code, each in value.items()}
    if member.kind is Kind.CHOICES:
        return [str(each) for each in value]
    if member.kind.is_tick:
        return "yes" if bool(value) is (member.kind is Kind.YES) else ""
    return as_typed(member.kind, value)


def _typed_row(rows: Rows, number: int, row: Any, faithful: bool) -> Typed:
    if rows.sentences:
        return {"id": str(number), SENTENCE: row}
    if rows.coded:
        return {"id": row["code"], **_typed(rows.members, row, faithful, "code")}
    return {"id": str(number), **_typed(rows.members, row, faithful)}


def _can_be_said(member: Member, value: Any) -> bool:
    """Whether a value is of the kind that belongs here. A number in the place of a text is mended by showing it."""
    if isinstance(member, PerRow):
        return all(_can_be_said(member.each, each) for each in value.values())
    is_text = isinstance(member, Field) and member.kind in (Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.DAY)
    return not is_text or isinstance(value, str)


def _bare(typed: Any) -> Any:
    """What was typed without places that are there and empty: a field that was only looked at changes nothing."""
    if isinstance(typed, Mapping):
        bare = {name: _bare(value) for name, value in typed.items()}
        return {name: value for name, value in bare.items() if value or value is False} or None
    if isinstance(typed, list):
        return [_bare(each) for each in typed] or None
    return typed or None


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON, where 1, 1.0 and true are three."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
