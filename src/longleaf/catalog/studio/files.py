"""A design as one file: written out, and read again without a loss. No Django, no database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from longleaf.catalog.errors import UnreadableDesign
from longleaf.catalog.studio.sections import ALL_MEMBERS
from longleaf.catalog.studio.shapes import Field, Group, Kind, Member, Rows, is_code, readable

FORMAT = "longleaf-design"
EDITION = 1
MOST_BYTES = 1_000_000
DEEPEST = 30
# Beyond it, canonical JSON (RFC 8785) has no digits that every reader reads alike.
LARGEST_NUMBER = 2**53 - 1


def write(document: Mapping[str, Any]) -> str:
    """The file: a document of a micro-credential, as a state pack has it, in an envelope that says what it is."""
    return json.dumps({"format": FORMAT, "edition": EDITION, "document": document}, indent=2, ensure_ascii=False) + "\n"


def read(raw: bytes) -> dict[str, Any]:
    """The document of a file that `write` made, of `document.json` of a catalog, or a bare document.

    Raises `UnreadableDesign` for what cannot be taken apart; whether it is complete is asked when it is published.
    """
    if len(raw) > MOST_BYTES:
        raise _unreadable(f"The file is larger than {MOST_BYTES:,} bytes, and no design is.")
    try:
        found = parse(raw)
    except ValueError:
        raise _unreadable("The file is not JSON that can be read. Choose a file that was saved as a design.") from None
    document = found.get("document", found) if isinstance(found, dict) else None
    if not isinstance(document, dict) or not document.keys() & {member.name for member in ALL_MEMBERS}:
        raise _unreadable("The file holds no design of a micro-credential.")
    if found.get("format", FORMAT) != FORMAT or found.get("edition", EDITION) != EDITION:
        raise _unreadable("The file is of another format or a later edition than this studio reads.")
    require_shape(document)
    return document


def parse(raw: bytes) -> Any:
    """What a file in JSON says, as far as it can be kept, signed and drawn; characters that no text has are left out.

    Raises `ValueError` where it is no JSON or nested too deep, or has a number that is none or too large.
    """
    try:
        return _kept(json.loads(raw.decode("utf-8")), 0)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _kept(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {readable(name): _kept(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [_kept(each, depth + 1) for each in value]
    # Said this way round, it is asked of NaN too.
    if isinstance(value, int | float) and not abs(value) <= LARGEST_NUMBER:
        raise ValueError("no number that can be kept")
    return value


def require_shape(document: Mapping[str, Any]) -> None:
    """Raise `UnreadableDesign`, with the place, unless a document can be taken apart."""
    _require_members(ALL_MEMBERS, document, ())


def _require_members(members: Sequence[Member], document: Any, place: tuple[str, ...]) -> None:
    if not isinstance(document, dict):
        raise _misshapen(place)
    for member in members:
        value = document.get(member.name)
        if value is not None:
            _require(member, value, (*place, member.name))


def _require(member: Member, value: Any, place: tuple[str, ...]) -> None:
    if isinstance(member, Field):
        _require_field(member, value, place)
    elif isinstance(member, Group):
        _require_members(member.members, value, place)
    elif isinstance(member, Rows):
        _require_rows(member, value, place)
    elif not isinstance(value, dict):
        raise _misshapen(place)
    else:
        for code, each in value.items():
            if member.each.kind is Kind.TEXT and not isinstance(each, str):
                raise _misshapen(place)
            _require_field(member.each, each, (*place, code))


def _require_rows(rows: Rows, value: Any, place: tuple[str, ...]) -> None:
    if not isinstance(value, list):
        raise _misshapen(place)
    codes = [row.get("code") if isinstance(row, dict) else None for row in value] if rows.coded else []
    if not all(isinstance(code, str) and is_code(code) for code in codes) or len(codes) != len(set(codes)):
        raise _unreadable(f"Each entry of “{'.'.join(place)}” needs a code of its own.")
    for number, row in enumerate(value):
        here = (*place, str(number))
        if not rows.sentences:
            _require_members(rows.members, row, here)
        elif not isinstance(row, str):
            raise _misshapen(here)


def _require_field(field: Field, value: Any, place: tuple[str, ...]) -> None:
    if field.kind is Kind.CHOICES:
        fits = isinstance(value, list) and all(isinstance(each, str) for each in value)
    elif field.kind.is_tick:
        fits = isinstance(value, bool)
    elif field.kind in (Kind.NUMBER, Kind.DECIMAL, Kind.PERCENT):
        fits = isinstance(value, str | int | float) and not isinstance(value, bool)
    else:
        fits = isinstance(value, str | int) and not isinstance(value, bool)
    if not fits:
        raise _misshapen(place)


def _misshapen(place: tuple[str, ...]) -> UnreadableDesign:
    return _unreadable(f"What the file says at “{'.'.join(place)}” is of another kind than a design has there.")


def _unreadable(sentence: str) -> UnreadableDesign:
    return UnreadableDesign(sentence, fields={"file": sentence})
