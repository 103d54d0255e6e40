"""Conditions on what a credit is: what it is about, of which kind and level, and for what it was recorded."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from longleaf.engines.documents import Place
from longleaf.engines.policy.record import EarnedCredit, Licence
from longleaf.engines.policy.terms import Terms, either


@dataclass(frozen=True)
class Anything:
    wanted = "any credit"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return "any credit fits here"


@dataclass(frozen=True)
class Aligned:
    """Aligned to one of these framework items or to anything below them."""

    to: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit aligned to {either(self.to)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        found = sorted(code for code in credit.alignments if any(is_under(code, top) for top in self.to))
        return f"it is aligned to {', '.join(found)}" if found else None


@dataclass(frozen=True)
class OnTopic:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit on the topic {either(self.among)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        found = [topic for topic in self.among if topic in credit.topics]
        return f"its topic is {', '.join(found)}" if found else None


@dataclass(frozen=True)
class InLicenceArea:
    wanted = "a credit in the area of the license"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        found = sorted(credit.topics & licence.areas)
        return f"it lies in the area of the license, {', '.join(found)}" if found else None


@dataclass(frozen=True)
class Recorded:
    wanted = "a credit recorded for it by the employing unit"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return "the employing unit recorded it so" if category in credit.categories_claimed else None


def _in_words(code: str) -> str:
    return code.replace("_", " ")


@dataclass(frozen=True)
class OfKind:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit of the kind {either([_in_words(it) for it in self.among])}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"it is of the kind {_in_words(credit.kind)}" if credit.kind in self.among else None


@dataclass(frozen=True)
class InLanguage:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit in the language {either(self.among)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"its language is {credit.language}" if credit.language in self.among else None


@dataclass(frozen=True)
class LevelAtLeast:
    """At one of these levels, which are the named one and all above it."""

    levels: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit at the level {self.levels[0]} or above"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"its level is {credit.level}" if credit.level in self.levels else None


@dataclass(frozen=True)
class Named:
    """One of these items by name."""

    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"one of the items {either(self.among)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        return f"it is {credit.item}" if credit.item in self.among else None


@dataclass(frozen=True)
class InStack:
    """A stack, or a piece of it."""

    stacks: tuple[str, ...]
    pieces: frozenset[str]

    @property
    def wanted(self) -> str:
        return f"the stack {either(self.stacks)} or a piece of it"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        if credit.item in self.stacks:
            return f"it is the stack {credit.item}"
        if credit.stack in self.stacks:
            return f"it is a piece of the stack {credit.stack}"
        return f"{credit.item} is a piece of the stack {either(self.stacks)}" if credit.item in self.pieces else None


def is_under(code: str, top: str) -> bool:
    """Whether a framework item is `top` or lies below it, told by its code.

    A longer code lies below only where the code breaks off: STD-3A is below STD-3, STD-31 is not.
    """
    if not code.startswith(top):
        return False
    return not re.match(r"\d\d|[^\W\d_]{2}", top[-1:] + code[len(top) : len(top) + 1])


def _words(place: Place, key: str) -> tuple[str, ...]:
    words = place.words(key)
    if place.has(key) and not words:
        place.at(key).wrong("This list is empty; nothing could ever match it.")
    return words or ("nothing",)


def _level_at_least(place: Place, terms: Terms) -> LevelAtLeast:
    level = place.choice("level", terms.levels)
    if level not in terms.levels:
        return LevelAtLeast(("nothing",))
    return LevelAtLeast(terms.levels[terms.levels.index(level) :])


def _in_stack(place: Place, terms: Terms) -> InStack:
    codes = terms.known(place, "among", terms.stacks, required=True) or ("nothing",)
    pieces = frozenset(piece for code in codes if code in terms.stacks for piece in terms.stacks[code].pieces)
    return InStack(codes, pieces)


CONDITIONS: dict[str, tuple[tuple[str, ...], Callable[[Place, Terms], Any]]] = {
    "anything": ((), lambda place, terms: Anything()),
    "aligned": (("to",), lambda place, terms: Aligned(_words(place, "to"))),
    "topic": (("among",), lambda place, terms: OnTopic(_words(place, "among"))),
    "licence_area": ((), lambda place, terms: InLicenceArea()),
    "recorded": ((), lambda place, terms: Recorded()),
    "credit_kind": (
        ("among",),
        lambda place, terms: OfKind(terms.known(place, "among", terms.kinds, required=True) or ("nothing",)),
    ),
    "language": (("among",), lambda place, terms: InLanguage(_words(place, "among"))),
    "level_at_least": (("level",), _level_at_least),
    "item": (("among",), lambda place, terms: Named(_words(place, "among"))),
    "stack": (("among",), _in_stack),
}
