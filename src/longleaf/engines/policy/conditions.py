"""Conditions: which credits a part of a renewal takes, a cap limits, a result asks for.

A condition answers with the reason why it holds, as the end of a sentence ("it is aligned to …"), or with None; and
it can say what it looks for. Kinds that look at what a credit is about stand in `subjects`, those that look at where
it comes from and who approved it in `origins`. A new kind goes there and into `CONDITIONS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from longleaf.engines.documents import Place
from longleaf.engines.policy.origins import CONDITIONS as OF_ORIGINS
from longleaf.engines.policy.record import EarnedCredit, Licence
from longleaf.engines.policy.subjects import CONDITIONS as OF_SUBJECTS
from longleaf.engines.policy.subjects import Anything, is_under
from longleaf.engines.policy.terms import Terms

__all__ = ["CONDITIONS", "AllOf", "AnyOf", "Anything", "Condition", "Not", "condition_at", "is_under"]


class Condition(Protocol):
    """Whether a credit may count for a category, and what a credit for it looks like."""

    @property
    def wanted(self) -> str: ...

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None: ...


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


@dataclass(frozen=True)
class Not:
    condition: Condition

    @property
    def wanted(self) -> str:
        return f"anything but {self.condition.wanted}"

    def why(self, credit: EarnedCredit, licence: Licence, category: str) -> str | None:
        holds = self.condition.why(credit, licence, category)
        return None if holds else f"it is not {self.condition.wanted}"


def condition_at(place: Place, terms: Terms) -> Condition:
    """Read the condition at a place of a document, noting every mistake."""
    kind = place.choice("kind", list(CONDITIONS))
    reader = CONDITIONS.get(kind)
    if reader is None:
        return Anything()
    keys, read = reader
    return read(place.only("kind", *keys), terms)


def _conditions(place: Place, terms: Terms) -> tuple[Condition, ...]:
    return tuple(condition_at(spot, terms) for spot in place.items("conditions"))


CONDITIONS: dict[str, tuple[tuple[str, ...], Callable[[Place, Terms], Condition]]] = {
    **OF_SUBJECTS,
    **OF_ORIGINS,
    "any_of": (("conditions",), lambda place, terms: AnyOf(_conditions(place, terms))),
    "all_of": (("conditions",), lambda place, terms: AllOf(_conditions(place, terms))),
    "not": (("condition",), lambda place, terms: Not(condition_at(place.at("condition"), terms))),
}
