"""Every figure of agreement for one set of ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from longleaf.engines.rubrics.agreement import conger, krippendorff, pooled
from longleaf.engines.rubrics.agreement.estimate import NO_ORDER, Estimate, undefined
from longleaf.engines.rubrics.agreement.pairs import percent_agreement
from longleaf.engines.rubrics.agreement.ratings import Patterns, Rating, Ratings
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.engines.rubrics.agreement.weights import Distance, Weights, adjacent, matrix


@dataclass(frozen=True)
class BaseRate:
    """How ratings are spread over the categories of the scale, in its order.

    `shares` are parts of 1, all 0 where there is no rating; `most_frequent` is the category that is given most often,
    the first of the scale where several are.
    """

    counts: Mapping[str, int]
    shares: Mapping[str, float]

    @property
    def most_frequent(self) -> str | None:
        return max(self.counts, key=lambda name: self.counts[name]) if any(self.counts.values()) else None

    @property
    def share_of_most_frequent(self) -> float | None:
        return None if self.most_frequent is None else self.shares[self.most_frequent]


@dataclass(frozen=True)
class Agreement:
    """How far raters agree. Shares and coefficients are parts of 1, each with its 95 % interval.

    `units` counts what was rated (a subject on a criterion), `shared` those of them that two or more rated. `exact` is
    the share of pairs of ratings that are the same, `adjacent` that are at most one category apart. On a nominal scale
    `kappas` and `acs` hold identity weights and `alphas` the nominal distance only.
    """

    subjects: int
    units: int
    shared: int
    raters: int
    ratings: int
    exact: Estimate
    adjacent: Estimate
    kappas: Mapping[Weights, Estimate]
    acs: Mapping[Weights, Estimate]
    fleiss_kappa: Estimate
    alphas: Mapping[Distance, Estimate]
    base_rate: BaseRate

    @property
    def kappa(self) -> Estimate:
        """Cohen's for two raters, Conger's for more."""
        return self.kappas[Weights.IDENTITY]

    @property
    def weighted_kappa(self) -> Estimate:
        """With quadratic weights; the others are in `kappas`."""
        return self.kappas.get(Weights.QUADRATIC, undefined(NO_ORDER))

    @property
    def ac1(self) -> Estimate:
        return self.acs[Weights.IDENTITY]

    @property
    def ac2(self) -> Estimate:
        """With quadratic weights; the others are in `acs`."""
        return self.acs.get(Weights.QUADRATIC, undefined(NO_ORDER))

    @property
    def alpha(self) -> Estimate:
        """Ordinal on an ordered scale, else nominal."""
        return self.alphas.get(Distance.ORDINAL, self.alphas[Distance.NOMINAL])


def agreement(ratings: Iterable[Rating], *, scale: Scale) -> Agreement:
    """Measure agreement between all raters who rated the same.

    Who rated what may be as sparse as it is; a missing rating is simply not there. Takes time proportional to the
    number of ratings. Raises `RatingsError` for values off the scale and for raters who rate the same twice.
    """
    table = Ratings.on(scale, ratings)
    patterns = table.patterns()
    weights = {each: matrix(scale, each) for each in (Weights if scale.ordered else (Weights.IDENTITY,))}
    return Agreement(
        subjects=patterns.subjects.total(),
        units=len(table.units),
        shared=patterns.paired().units.total(),
        raters=len(table.by_rater()),
        ratings=sum(len(given) for given in table.units.values()),
        exact=percent_agreement(patterns, weights[Weights.IDENTITY]),
        adjacent=percent_agreement(patterns, adjacent(scale)) if scale.ordered else undefined(NO_ORDER),
        kappas={each: conger.kappa(table, how) for each, how in weights.items()},
        acs={each: pooled.gwet_ac(patterns, how) for each, how in weights.items()},
        fleiss_kappa=pooled.fleiss_kappa(patterns, weights[Weights.IDENTITY]),
        alphas=_alphas(patterns, scale),
        base_rate=_base_rate(table),
    )


def _alphas(patterns: Patterns, scale: Scale) -> dict[Distance, Estimate]:
    nominal = {Distance.NOMINAL: krippendorff.alpha(patterns, matrix(scale, Weights.IDENTITY))}
    if not scale.ordered:
        return nominal
    return {
        **nominal,
        Distance.ORDINAL: krippendorff.ordinal_alpha(patterns),
        Distance.INTERVAL: krippendorff.alpha(patterns, matrix(scale, Weights.QUADRATIC)),
    }


def _base_rate(table: Ratings) -> BaseRate:
    counts = sum(table.by_rater().values(), Counter())
    total = counts.total() or 1
    names = table.scale.categories
    return BaseRate(
        counts={name: counts[rank] for rank, name in enumerate(names)},
        shares={name: counts[rank] / total for rank, name in enumerate(names)},
    )
