"""The words that a policy defines once and that its rules then name: lists, programs, stacks, levels, kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from longleaf.engines.documents import Place
from longleaf.engines.policy.rules import Rule, Span


@dataclass(frozen=True)
class ApprovedList:
    """What counts by name: items by their code, or everything that one of these has recognised."""

    rule: Rule
    items: frozenset[str]
    recognised_by: frozenset[str]


@dataclass(frozen=True)
class Program:
    """A program that somebody approved as a whole, and the days on which that approval holds."""

    rule: Rule
    code: str
    title: str
    approved: Span


@dataclass(frozen=True)
class Stack:
    """A stack and the items that it is made of."""

    rule: Rule
    code: str
    title: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Every defined word of a document, for reading what names it. `levels` are in rising order."""

    lists: Mapping[str, ApprovedList] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)
    stacks: Mapping[str, Stack] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    def known(self, place: Place, key: str, codes: Collection[str], *, required: bool = False) -> tuple[str, ...]:
        """The words of a list, each of which must be defined; nothing where the list may be left out and is."""
        words = place.words(key, default=None if required else ())
        for word in words:
            if word not in codes:
                place.at(key).wrong(f"“{word}” is not defined; define it, or write one of: {listed(codes)}.")
        if required and place.has(key) and not words:
            place.at(key).wrong("This list is empty; nothing could ever match it.")
        return words


def listed(codes: Collection[str]) -> str:
    return ", ".join(sorted(codes))


def either(words: Collection[str]) -> str:
    """Words as a sentence offers them: a, b or c."""
    *before, last = words
    return f"{', '.join(before)} or {last}" if before else last
