"""Colours can be told apart and read: contrast as WCAG 2.2 asks for it in 1.4.3 and 1.4.11."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered

WHITE = "#ffffff"
FOR_TEXT = 4.5
FOR_PARTS = 3.0


def check(gathered: Gathered) -> Iterator[Mistake]:
    yield from _check_palette(gathered)
    yield from _check_families(gathered)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _check_palette(gathered: Gathered) -> Iterator[Mistake]:
    if gathered.state.part is None:
        return
    colours = gathered.state.part.colours
    for name in ("primary", "warm", "ink"):
        ratio = contrast(getattr(colours, name), colours.surface)
        if ratio < FOR_TEXT:
            reason = f"Text in it on `surface` has a contrast of {ratio:.1f} where {FOR_TEXT} is needed; darken it."
            yield gathered.state.mistake(("colours", name), reason)


def _check_families(gathered: Gathered) -> Iterator[Mistake]:
    sheet = gathered.families
    taken: dict[str, str] = {}
    for number, family in enumerate(sheet.part.families if sheet.part else ()):
        spot = ("families", number, "colour")
        ratio = contrast(family.colour, WHITE)
        if ratio < FOR_PARTS:
            reason = f"On white it has a contrast of {ratio:.1f} where {FOR_PARTS} is needed; choose a darker one."
            yield sheet.mistake(spot, reason)
        for name, value in (("colour", family.colour), ("icon", family.icon)):
            owner = taken.setdefault(value, family.code)
            if owner != family.code:
                reason = f"“{owner}” has this {name} already; families must be told apart."
                yield sheet.mistake(("families", number, name), reason)
