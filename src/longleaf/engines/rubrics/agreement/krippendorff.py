"""Krippendorff's alpha: how much less raters disagree than ratings drawn from one urn would.

After Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Units that only one person rated say nothing
about disagreement and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, combinations
from math import fsum, sqrt

from longleaf.engines.rubrics.agreement.estimate import (
    NO_PAIRS,
    NO_SPREAD,
    ONE_CATEGORY,
    ONE_SUBJECT,
    Estimate,
    estimated,
    undefined,
    within,
)
from longleaf.engines.rubrics.agreement.pairs import agreed, mean
from longleaf.engines.rubrics.agreement.ratings import Pattern, Patterns
from longleaf.engines.rubrics.agreement.weights import Matrix, dot


def alpha(patterns: Patterns, weights: Matrix) -> Estimate:
    """Alpha with distances that are known beforehand (nominal, interval) and Gwet's variance (2014, ch. 5)."""
    paired = patterns.paired()
    units = paired.units
    if not units:
        return undefined(NO_PAIRS)
    ratings = sum(len(pattern) * times for pattern, times in units.items())
    each = ratings / units.total()
    shares = _share_of_each(units, patterns.size)
    pull = [dot(row, shares) for row in weights]
    chance = dot(pull, shares)
    if chance > 1 - 1e-12:
        return undefined(ONE_CATEGORY)
    by_pairs = mean(paired, lambda pattern: agreed(pattern, weights) * len(pattern) / each)
    observed = by_pairs + (1 - by_pairs) / ratings
    uncorrected = (by_pairs - chance) / (1 - chance)

    def deviation(pattern: Pattern) -> float:
        more = (len(pattern) - each) / each
        seen = agreed(pattern, weights) * len(pattern) / each - observed * more - chance
        by_chance = fsum(pull[rank] for rank in pattern) / each - chance * more - chance
        return (seen - 2 * (1 - uncorrected) * by_chance) / (1 - chance) - uncorrected

    at = {pattern: deviation(pattern) for pattern in units}
    deviations = ((fsum(at[pattern] for pattern in kind), times) for kind, times in paired.subjects.items())
    return estimated((observed - chance) / (1 - chance), deviations, units=units.total())


def ordinal_alpha(patterns: Patterns) -> Estimate:
    """Alpha with Krippendorff's ordinal distance, which depends on the ratings themselves.

    No variance is published that allows for that, so the interval is the jackknife's (Efron and Tibshirani, An
    Introduction to the Bootstrap, 1993, ch. 11): each subject is left out once. It needs no random numbers.
    """
    paired = patterns.paired()
    units = paired.units
    if not units:
        return undefined(NO_PAIRS)
    whole = _Urn.of(units, patterns.size)
    value = whole.alpha()
    if value is None:
        return undefined(ONE_CATEGORY)
    return _jackknifed(value, paired, whole)


def _jackknifed(value: float, paired: Patterns, whole: _Urn) -> Estimate:
    subjects = paired.subjects.total()
    if subjects < 2:
        return Estimate(value, reason=ONE_SUBJECT)
    without = [(whole.without(kind).alpha(), times) for kind, times in paired.subjects.items()]
    known = [(figure, times) for figure, times in without if figure is not None]
    if len(known) < len(without):
        return Estimate(value, reason="Without one of the subjects only one category is left.")
    middle = fsum(figure * times for figure, times in known) / subjects
    squares = fsum(times * (figure - middle) ** 2 for figure, times in known)
    error = sqrt(squares * (subjects - 1) / subjects)
    return within(value, error, freedom=subjects - 1) if error > 1e-12 else Estimate(value, reason=NO_SPREAD)


class _Urn:
    """The ratings of paired units: how many of each category, and how often two categories meet within a unit."""

    def __init__(self, counts: list[float], meetings: dict[tuple[int, int], float]) -> None:
        self.counts, self.meetings = counts, meetings

    @classmethod
    def of(cls, units: Counter[Pattern], size: int) -> _Urn:
        urn = cls([0.0] * size, {})
        for pattern, times in units.items():
            urn._put(pattern, float(times))
        return urn

    def without(self, patterns: Iterable[Pattern]) -> _Urn:
        """The urn as it would be if one subject had not been rated."""
        urn = _Urn(list(self.counts), dict(self.meetings))
        for pattern in patterns:
            urn._put(pattern, -1.0)
        return urn

    def alpha(self) -> float | None:
        """None where all ratings are in one category.

        Krippendorff's ordinal distance counts the ratings between two categories and half of those in them, which is
        the difference of their mean ranks; so it is an interval distance, and sums of squares give what is expected.
        """
        if sum(count > 0.5 for count in self.counts) < 2:
            return None
        upto = list(accumulate(self.counts))
        ranks = [total - count / 2 for total, count in zip(upto, self.counts, strict=True)]
        seen = fsum(times * (ranks[one] - ranks[other]) ** 2 for (one, other), times in self.meetings.items())
        middle = dot(self.counts, ranks) / upto[-1]
        drawn = upto[-1] * fsum(count * (rank - middle) ** 2 for count, rank in zip(self.counts, ranks, strict=True))
        return 1 - (upto[-1] - 1) * seen / drawn

    def _put(self, pattern: Pattern, times: float) -> None:
        many = Counter(pattern)
        for rank, count in many.items():
            self.counts[rank] += times * count
        for pair in combinations(sorted(many), 2):
            meet = many[pair[0]] * many[pair[1]] / (len(pattern) - 1)
            self.meetings[pair] = self.meetings.get(pair, 0.0) + times * meet


def _share_of_each(units: Counter[Pattern], size: int) -> list[float]:
    counts: Counter[int] = Counter()
    for pattern, times in units.items():
        for rank in pattern:
            counts[rank] += times
    return [counts[rank] / counts.total() for rank in range(size)]
