"""Coefficients that take raters as interchangeable: Fleiss's kappa, Gwet's AC1 and AC2.

Both compare observed agreement with what chance would give if everybody drew from one shared distribution of
categories; they differ in what they call chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from longleaf.engines.rubrics.agreement.estimate import NO_PAIRS, ONE_CATEGORY, Estimate, estimated, undefined
from longleaf.engines.rubrics.agreement.pairs import agreed, mean
from longleaf.engines.rubrics.agreement.ratings import Pattern, Patterns
from longleaf.engines.rubrics.agreement.weights import Matrix, dot


def fleiss_kappa(patterns: Patterns, weights: Matrix) -> Estimate:
    """Fleiss (1971), with missing ratings and weights as in Gwet (2014): chance is two draws that agree."""
    shares = _shares(patterns)
    pull = [dot(row, shares) for row in weights]
    return _corrected(patterns, weights, chance=dot(pull, shares), pull=pull)


def gwet_ac(patterns: Patterns, weights: Matrix) -> Estimate:
    """AC1 with identity weights, else AC2: Gwet (2008, 2014). Chance is small where nearly all ratings are alike."""
    size = patterns.size
    if size < 2:
        return undefined(ONE_CATEGORY)
    shares = _shares(patterns)
    scale = fsum(fsum(row) for row in weights) / (size * (size - 1))
    pull = [scale * (1 - share) for share in shares]
    return _corrected(patterns, weights, chance=dot(pull, shares), pull=pull)


def _shares(patterns: Patterns) -> list[float]:
    """How units are spread over categories, each unit counting once however many rated it."""
    shares, units = [0.0] * patterns.size, patterns.units
    for pattern, times in units.items():
        for rank in pattern:
            shares[rank] += times / len(pattern) / units.total()
    return shares


def _corrected(patterns: Patterns, weights: Matrix, *, chance: float, pull: Sequence[float]) -> Estimate:
    """Observed agreement beyond chance. `pull` is what one rating of each category adds to chance."""
    paired = patterns.paired()
    if not paired.subjects:
        return undefined(NO_PAIRS)
    if chance > 1 - 1e-12:
        return undefined(ONE_CATEGORY)
    observed = mean(paired, lambda pattern: agreed(pattern, weights))
    value = (observed - chance) / (1 - chance)
    units = patterns.units
    more_than_paired = units.total() / paired.units.total()

    def deviation(pattern: Pattern) -> float:
        beyond = agreed(pattern, weights) - chance if len(pattern) > 1 else 0.0
        by_chance = fsum(pull[rank] for rank in pattern) / len(pattern)
        return (more_than_paired * beyond - 2 * (1 - value) * (by_chance - chance)) / (1 - chance) - value

    at = {pattern: deviation(pattern) for pattern in units}
    deviations = ((fsum(at[pattern] for pattern in kind), times) for kind, times in patterns.subjects.items())
    return estimated(value, deviations, units=units.total())
