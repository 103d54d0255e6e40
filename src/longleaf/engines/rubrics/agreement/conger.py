"""Kappa: agreement beyond chance where every rater has habits of their own.

With two raters it is Cohen's kappa (1960), with weights Cohen's weighted kappa (1968). With more it is Conger's (1980):
chance is the mean over all pairs of raters of what Cohen's would be. In a large pool no rater's habits weigh much, and
it comes close to Fleiss's kappa by itself, so one figure is right for two raters and for a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from longleaf.engines.rubrics.agreement.estimate import NO_PAIRS, ONE_CATEGORY, Estimate, estimated, undefined
from longleaf.engines.rubrics.agreement.pairs import agreed
from longleaf.engines.rubrics.agreement.ratings import Ratings
from longleaf.engines.rubrics.agreement.weights import Matrix, dot


def kappa(ratings: Ratings, weights: Matrix) -> Estimate:
    """Cohen's kappa for two raters, Conger's for more, with missing ratings and variance as in Gwet (2014)."""
    paired = [sorted(given.values()) for given in ratings.units.values() if len(given) > 1]
    if not paired:
        return undefined(NO_PAIRS)
    habits = _Habits.of(ratings, weights)
    if habits.chance > 1 - 1e-12:
        return undefined(ONE_CATEGORY)
    observed = fsum(agreed(tuple(pattern), weights) for pattern in paired) / len(paired)
    value = (observed - habits.chance) / (1 - habits.chance)
    units = len(ratings.units)
    return estimated(value, _deviations(ratings, weights, habits, value, units / len(paired)), units=units)


@dataclass(frozen=True)
class _Habits:
    """What chance gives, and how much one rating by one rater adds to it (`pull`, by rater and rank)."""

    chance: float
    pull: Mapping[str, Mapping[int, float]]

    @classmethod
    def of(cls, ratings: Ratings, weights: Matrix) -> _Habits:
        """The sum over pairs of raters is taken as the square of the sum less the sum of squares: linear in raters."""
        size, counts = ratings.size, ratings.by_rater()
        spread = {rater: [count[rank] / count.total() for rank in range(size)] for rater, count in counts.items()}
        together = [fsum(own[rank] for own in spread.values()) for rank in range(size)]
        pairs = len(counts) * (len(counts) - 1)
        pull, chance = {}, 0.0
        for rater, own in spread.items():
            others = [together[rank] - own[rank] for rank in range(size)]
            met = {rank: dot(weights[rank], others) for rank in counts[rater]}
            with_others = fsum(each * own[rank] for rank, each in met.items())
            chance += with_others / pairs
            share = len(ratings.units) / (pairs * counts[rater].total())
            pull[rater] = {rank: share * (each - with_others) for rank, each in met.items()}
        return cls(chance, pull)


def _deviations(
    ratings: Ratings, weights: Matrix, habits: _Habits, value: float, more_than_paired: float
) -> Iterator[tuple[float, int]]:
    chance = habits.chance

    def deviation(given: Mapping[str, int]) -> float:
        beyond = agreed(tuple(given.values()), weights) - chance if len(given) > 1 else 0.0
        by_chance = fsum(habits.pull[rater][rank] for rater, rank in given.items())
        return (more_than_paired * beyond - 2 * (1 - value) * by_chance) / (1 - chance) - value

    for units in ratings.subjects().values():
        yield fsum(map(deviation, units)), 1
