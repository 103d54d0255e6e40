"""The items of a framework form trees: every parent is there, and nothing is its own ancestor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from longleaf.states.crosschecks.looking_up import Known, parts, unknown
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered, Sheet
from longleaf.states.parts.frameworks import Framework


def known_items(gathered: Gathered) -> Known:
    """The codes of all items of all frameworks, or None where a framework is wrong."""
    frameworks = parts(gathered.frameworks)
    return {it.code for framework in frameworks for it in framework.items} if frameworks is not None else None


def check(gathered: Gathered) -> Iterator[Mistake]:
    for sheet in gathered.frameworks:
        if sheet.part:
            yield from _check_framework(sheet, sheet.part)


def _check_framework(sheet: Sheet[Framework], framework: Framework) -> Iterator[Mistake]:
    parent_of = {item.code: item.parent for item in framework.items}
    if not framework.items:
        yield sheet.mistake(("items",), "A framework needs at least one item.")
    for number, item in enumerate(framework.items):
        spot = ("items", number, "parent")
        if item.parent is not None:
            yield from unknown(sheet, spot, item.parent, parent_of, "this framework")
        if _is_own_ancestor(item.code, parent_of):
            reason = f"“{item.code}” is its own ancestor; give one item of the circle another parent, or null."
            yield sheet.mistake(spot, reason)


def _is_own_ancestor(code: str, parent_of: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parent_of[code]
    while above is not None and above in parent_of and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parent_of[above]
    return False
