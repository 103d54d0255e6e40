"""An additive model of severity: a rating is what the work deserves less how severe the rater is.

Fitted by least squares. What the work deserves drops out of the equations, so that only one unknown a rater is left;
conjugate gradients (Hestenes and Stiefel, 1952) solve them in a few passes over the ratings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, inf, sqrt

from longleaf.engines.rubrics.agreement.estimate import Estimate, within

# Far below what any table shows; a pool of 1,000 raters needs some twenty passes for it.
CLOSE_ENOUGH = 1e-10
MOST_PASSES = 1_000

TOO_FEW_TO_TELL = "There are too few shared subjects to tell severity from chance."


def fitted(units: Iterable[Sequence[tuple[str, float]]]) -> Mapping[str, Estimate]:
    """Severity of each rater from what units of two or more ratings say, each a rater with a number.

    Positive is harsher. Within each group of raters whom shared units connect, severities add up to 0. Intervals take
    the other raters' severities as known, so that they are a little narrow where raters share little.
    """
    pool = _Pool.of(units)
    severities = pool.solved()
    error, freedom = pool.residual(severities)
    return {
        rater: _estimate(severities[place], pool.errors_of(place, error), freedom)
        for rater, place in pool.place_of.items()
    }


def _estimate(value: float, error: float, freedom: int) -> Estimate:
    if freedom < 1 or error < CLOSE_ENOUGH:
        return Estimate(value, reason=TOO_FEW_TO_TELL)
    return within(value, error, freedom=freedom, lowest=-inf, highest=inf)


@dataclass(frozen=True)
class _Pool:
    """Who rated together (`units`, by place of rater) and what they gave."""

    place_of: Mapping[str, int]
    units: Sequence[Sequence[int]]
    values: Sequence[Sequence[float]]
    weights: Sequence[float]
    groups: Sequence[int]

    @classmethod
    def of(cls, rated: Iterable[Sequence[tuple[str, float]]]) -> _Pool:
        place_of: dict[str, int] = {}
        units, values = [], []
        for unit in rated:
            units.append([place_of.setdefault(rater, len(place_of)) for rater, _value in unit])
            values.append([value for _rater, value in unit])
        weights = [0.0] * len(place_of)
        for unit_places in units:
            for place in unit_places:
                weights[place] += 1 - 1 / len(unit_places)
        return cls(place_of, units, values, weights, _groups(units, len(place_of)))

    @cached_property
    def members(self) -> Counter[int]:
        """How many raters each group has."""
        return Counter(self.groups)

    def spread(self, severities: Sequence[float]) -> list[float]:
        """For each rater, the sum over units of how far they are from the unit's mean: the left of the equations."""
        found = [0.0] * len(severities)
        for unit in self.units:
            mean = sum(severities[place] for place in unit) / len(unit)
            for place in unit:
                found[place] += severities[place] - mean
        return found

    def below_mean(self) -> list[float]:
        """The right of the equations: how far below its unit's mean each rater's ratings are, added up."""
        found = [0.0] * len(self.place_of)
        for unit, values in zip(self.units, self.values, strict=True):
            mean = sum(values) / len(values)
            for place, value in zip(unit, values, strict=True):
                found[place] += mean - value
        return found

    def solved(self) -> list[float]:
        """Conjugate gradients from 0, where every group's severities stay at a sum of 0."""
        severities = [0.0] * len(self.place_of)
        left = self.below_mean()
        direction, size = list(left), _dot(left, left)
        enough = CLOSE_ENOUGH**2 * size
        for _ in range(MOST_PASSES):
            if size <= enough:
                break
            spread = self.spread(direction)
            step = size / _dot(direction, spread)
            severities = _moved(severities, direction, step)
            left = _moved(left, spread, -step)
            size, before = _dot(left, left), size
            direction = _moved(left, direction, size / before)
        return severities

    def residual(self, severities: Sequence[float]) -> tuple[float, int]:
        """The standard deviation of what the model leaves unexplained, and its degrees of freedom."""
        squares, ratings = 0.0, 0
        for unit, values in zip(self.units, self.values, strict=True):
            deserved = [value + severities[place] for place, value in zip(unit, values, strict=True)]
            mean = sum(deserved) / len(deserved)
            squares += sum((each - mean) ** 2 for each in deserved)
            ratings += len(unit)
        freedom = ratings - len(self.units) - len(self.place_of) + len(self.members)
        return (sqrt(squares / freedom) if freedom > 0 else 0.0), freedom

    def errors_of(self, place: int, error: float) -> float:
        """Exact where all of a group rated all; in a sparse pool, the error with the others' severities known."""
        return error * (1 - 1 / self.members[self.groups[place]]) / sqrt(self.weights[place])


def _groups(units: Sequence[Sequence[int]], raters: int) -> list[int]:
    """The group of each rater: raters whom a chain of shared units connects carry the same number."""
    parent = list(range(raters))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for unit in units:
        for place in unit[1:]:
            parent[root(place)] = root(unit[0])
    return [root(place) for place in range(raters)]


def _moved(start: Sequence[float], direction: Sequence[float], step: float) -> list[float]:
    return [one + step * other for one, other in zip(start, direction, strict=True)]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return fsum(first * second for first, second in zip(one, other, strict=True))
