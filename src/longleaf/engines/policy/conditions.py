"""Conditions: which credits a part of a renewal takes.

A condition answers with the reason why it holds, as the end of a sentence ("it is aligned to …"), or with
None; and it can say what it looks for. New kinds of condition go here and into `CONDITIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from longleaf.engines.documents import Place
from longleaf.engines.policy.record import EarnedCredit, Licence


class Condition(Protocol):
    """Whether a credit may count for a category, and what a credit for it looks like."""

    @property
    def wanted(self) -> str: ...

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None: ...


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
        return f"a credit aligned to {_either(self.to)}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        found = sorted(code for code in credit.alignments if any(is_under(code, top) for top in self.to))
        return f"it is aligned to {', '.join(found)}" if found else None


@dataclass(frozen=True)
class OnTopic:
    among: tuple[str, ...]

    @property
    def wanted(self) -> str:
        return f"a credit on the topic {_either(self.among)}"

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


@dataclass(frozen=True)
class AnyOf:
    conditions: tuple[Condition, ...]

    @property
    def wanted(self) -> str:
        return ", or ".join(it.wanted for it in self.conditions)

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        reasons = (it.why(credit, licence, category) for it in self.conditions)
        return next((reason for reason in reasons if reason), None)


@dataclass(frozen=True)
class AllOf:
    conditions: tuple[Condition, ...]

    @property
    def wanted(self) -> str:
        return ", and at the same time ".join(it.wanted for it in self.conditions)

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        reasons = [it.why(credit, licence, category) for it in self.conditions]
        return " and ".join(filter(None, reasons)) if all(reasons) else None


def is_under(code: str, top: str) -> bool:
    """Whether a framework item is `top` or lies below it, told by its code.

    A longer code lies below only where the code breaks off: STD-3A is below STD-3, STD-31 is not.
    """
    if not code.startswith(top):
        return False
    return not re.match(r"\d\d|[^\W\d_]{2}", top[-1:] + code[len(top) : len(top) + 1])


def condition_at(place: Place) -> Condition:
    """Read the condition at a place of a document, noting every mistake."""
    kind = place.choice("kind", list(CONDITIONS))
    reader = CONDITIONS.get(kind)
    if reader is None:
        return Anything()
    keys, read = reader
    return read(place.only("kind", *keys))


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _words(place: Place, key: str) -> tuple[str, ...]:
    words = place.words(key)
    if place.has(key) and not words:
        place.at(key).wrong("This list is empty; nothing could ever match it.")
    return words or ("nothing",)


def _conditions(place: Place) -> tuple[Condition, ...]:
    return tuple(condition_at(spot) for spot in place.items("conditions"))


CONDITIONS: dict[str, tuple[tuple[str, ...], Callable[[Place], Condition]]] = {
    "anything": ((), lambda place: Anything()),
    "aligned": (("to",), lambda place: Aligned(_words(place, "to"))),
    "topic": (("among",), lambda place: OnTopic(_words(place, "among"))),
    "licence_area": ((), lambda place: InLicenceArea()),
    "recorded": ((), lambda place: Recorded()),
    "any_of": (("conditions",), lambda place: AnyOf(_conditions(place))),
    "all_of": (("conditions",), lambda place: AllOf(_conditions(place))),
}
