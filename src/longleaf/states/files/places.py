"""A file as it was read: its content, the line of every value, and what was already wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from longleaf.states.errors import Mistake

# Where a value stands in a file: names of mappings and numbers in lists, from the outside in.
Spot = tuple[str | int, ...]
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True)
class Flaw:
    """Something wrong with how a file is written, before anybody asks what it says."""

    spot: Spot
    line: int | None
    reason: str


@dataclass(frozen=True)
class PackFile:
    """What a file holds as plain JSON values. `content` is None where it could not be read at all."""

    name: str
    content: JsonValue
    lines: Mapping[Spot, int]
    flaws: tuple[Flaw, ...] = ()

    def line_of(self, spot: Spot) -> int | None:
        """The line of a value, or of the nearest thing around it that has one."""
        while spot and spot not in self.lines:
            spot = spot[:-1]
        return self.lines.get(spot)

    def line_at(self, path: str) -> int | None:
        """The line of what a path of the engines leads to, or of the nearest thing around it."""
        return self.line_of(from_path(path))

    def mistake(self, spot: Spot, reason: str) -> Mistake:
        return Mistake(file=self.name, line=self.line_of(spot), path=as_path(spot), reason=reason)

    @property
    def mistakes_of_writing(self) -> list[Mistake]:
        return [Mistake(self.name, flaw.line, as_path(flaw.spot), flaw.reason) for flaw in self.flaws]


def as_path(spot: Spot) -> str:
    """A spot as people read it: `requirements[1].words.max`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in spot)
    return "".join(steps).removeprefix(".")


def from_path(path: str) -> Spot:
    """The spot that a path of the engines leads to."""
    return tuple(int(number) if number else name for number, name in _STEP.findall(path))
