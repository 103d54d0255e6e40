"""Observed agreement: of all pairs of raters of one unit, how many agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import fsum

from longleaf.engines.rubrics.agreement.estimate import CONFIDENCE, NO_PAIRS, Estimate, estimated, undefined
from longleaf.engines.rubrics.agreement.ratings import Pattern, Patterns
from longleaf.engines.rubrics.agreement.weights import Matrix


def agreed(pattern: Pattern, weights: Matrix) -> float:
    """The weighted share of a unit's pairs of ratings that agree; the unit has at least two."""
    count, many = len(pattern), Counter(pattern).items()
    both_ways = fsum(weights[one][other] * first * second for one, first in many for other, second in many) - count
    return both_ways / (count * (count - 1))


def mean(patterns: Patterns, figure: Callable[[Pattern], float]) -> float:
    """The mean of a figure over all units."""
    units = patterns.units
    return fsum(times * figure(pattern) for pattern, times in units.items()) / units.total()


def percent_agreement(patterns: Patterns, weights: Matrix) -> Estimate:
    """Agreement as a share from 0 to 1, over the units that two or more rated."""
    paired = patterns.paired()
    if not paired.subjects:
        return undefined(NO_PAIRS)
    value = mean(paired, lambda pattern: agreed(pattern, weights))
    if value in {0.0, 1.0}:
        return _all_alike(value, subjects=paired.subjects.total())
    deviations = (
        (fsum(agreed(pattern, weights) - value for pattern in kind), times) for kind, times in paired.subjects.items()
    )
    return estimated(value, deviations, units=paired.units.total(), lowest=0.0)


def _all_alike(value: float, *, subjects: int) -> Estimate:
    """Where every subject agrees, or none does, the exact binomial interval (Clopper and Pearson, 1934) still tells."""
    reach = 1 - ((1 - CONFIDENCE) / 2) ** (1 / subjects)
    return Estimate(value, 1 - reach, 1.0) if value else Estimate(value, 0.0, reach)
