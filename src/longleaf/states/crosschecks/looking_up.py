"""Looking up a code that one file uses and another one explains."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from longleaf.states.errors import Mistake
from longleaf.states.files import Spot
from longleaf.states.gathering import P, Sheet
from longleaf.states.parts.values import Part
from longleaf.states.sentences import meant

# The codes that a part of the pack explains; None where its file is wrong, so that nobody can tell.
Known = Collection[str] | None


def unknown(sheet: Sheet[Part], spot: Spot, code: str, known: Known, home: str) -> Iterator[Mistake]:
    """A mistake if a code is not among those known; `home` names where it would be explained."""
    if known is None or code in known:
        return
    close = meant(code, known)
    hint = f"did you mean “{close}”?" if close else f"add it to {home} or mend the code."
    yield sheet.mistake(spot, f"“{code}” is not in {home}; {hint}")


def parts(sheets: Sequence[Sheet[P]]) -> list[P] | None:
    """The parts of several sheets, or None as soon as one of them is wrong."""
    found = [sheet.part for sheet in sheets if sheet.part is not None]
    return found if len(found) == len(sheets) else None


def inner_parts(part: Part, spot: Spot = ()) -> Iterator[tuple[Spot, Part]]:
    """A part and every part within it, each with its spot."""
    yield spot, part
    for name in type(part).model_fields:
        yield from _in_value(getattr(part, name), (*spot, name))


def _in_value(value: object, spot: Spot) -> Iterator[tuple[Spot, Part]]:
    if isinstance(value, Part):
        yield from inner_parts(value, spot)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _in_value(item, (*spot, number))
