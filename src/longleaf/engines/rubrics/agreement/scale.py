"""A scale: the categories that raters choose from, and whether they stand in an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise


class ScaleError(ValueError):
    """A scale that cannot be used; the sentence says how to mend it."""


@dataclass(frozen=True)
class Scale:
    """Categories, from worst to best where `ordered`; `positions` says how far apart they stand.

    All categories that a rater could have chosen belong here, also those that nobody chose: Gwet's coefficients count
    them. Made by `Scale.nominal` and `Scale.ordinal`, which raise `ScaleError` for a scale that cannot work.
    """

    categories: tuple[str, ...]
    ordered: bool
    positions: tuple[float, ...]

    @classmethod
    def nominal(cls, categories: Iterable[str]) -> Scale:
        """Categories without an order."""
        names = tuple(categories)
        return cls(_once_each(names), ordered=False, positions=_ranks(names))

    @classmethod
    def ordinal(cls, categories: Iterable[str], positions: Iterable[float] | None = None) -> Scale:
        """Categories from worst to best, one step apart unless `positions` (rising numbers) says otherwise."""
        names = tuple(categories)
        places = _ranks(names) if positions is None else tuple(float(each) for each in positions)
        if len(places) != len(names) or any(one >= other for one, other in pairwise(places)):
            raise ScaleError("Positions must rise from category to category, one for each.")
        return cls(_once_each(names), ordered=True, positions=places)

    @cached_property
    def rank_of(self) -> Mapping[str, int]:
        """Where each category stands, counted from 0."""
        return {category: rank for rank, category in enumerate(self.categories)}


def _once_each(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ScaleError(f"The category “{twice}” stands in the scale twice; name each once.")
    return names


def _ranks(names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(float(rank) for rank in range(len(names)))
