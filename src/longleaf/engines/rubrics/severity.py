"""Severity: who rates lower than others do on the same subjects, and by how much.

Two figures stand side by side. The *plain* one is what anybody can check by hand: how far below the others' mean a
rater is on the subjects they share. The *adjusted* one takes into account whom somebody happened to be paired with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum, inf

from longleaf.engines.rubrics.additive import fitted
from longleaf.engines.rubrics.agreement.estimate import NO_ORDER, Estimate, estimated, undefined
from longleaf.engines.rubrics.agreement.ratings import Rating, Ratings
from longleaf.engines.rubrics.agreement.scale import Scale

NOTHING_SHARED = "This rater shares no subject with another rater."


@dataclass(frozen=True)
class Severity:
    """How severe one rater is, in steps of the scale: positive is harsher than the others, negative more lenient.

    `shared` counts what they rated together with somebody else: a subject on a criterion each. `adjusted` is centred on
    the raters whom a chain of shared subjects connects; nobody else can be compared.
    """

    shared: int
    plain: Estimate
    adjusted: Estimate


def severity_of(ratings: Iterable[Rating], *, scale: Scale) -> Mapping[str, Severity]:
    """The severity of each rater, in the order of their names, in time proportional to the number of ratings.

    Raises `RatingsError` as `agreement` does. On a nominal scale no figure is defined.
    """
    table = Ratings.on(scale, ratings)
    shared = {unit: given for unit, given in table.units.items() if len(given) > 1}
    raters = sorted(table.by_rater())
    if not scale.ordered:
        none = undefined(NO_ORDER)
        return {rater: Severity(sum(rater in given for given in shared.values()), none, none) for rater in raters}
    plain, adjusted = _differences(scale, shared), fitted(_placed(scale, shared))
    return {
        rater: Severity(
            shared=sum(len(each) for each in plain[rater].values()) if rater in plain else 0,
            plain=_plain(plain.get(rater, {})),
            adjusted=adjusted.get(rater, undefined(NOTHING_SHARED)),
        )
        for rater in raters
    }


def _differences(
    scale: Scale, shared: Mapping[tuple[str, str], Mapping[str, int]]
) -> Mapping[str, Mapping[str, list[float]]]:
    """By rater and subject: the others' mean less one's own rating."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (subject, _criterion), given in shared.items():
        total = fsum(scale.positions[rank] for rank in given.values())
        for rater, rank in given.items():
            own = scale.positions[rank]
            found[rater][subject].append((total - own) / (len(given) - 1) - own)
    return found


def _plain(by_subject: Mapping[str, list[float]]) -> Estimate:
    units = sum(map(len, by_subject.values()))
    if not units:
        return undefined(NOTHING_SHARED)
    mean = fsum(difference for each in by_subject.values() for difference in each) / units
    deviations = ((fsum(difference - mean for difference in each), 1) for each in by_subject.values())
    return estimated(mean, deviations, units=units, lowest=-inf, highest=inf)


def _placed(scale: Scale, shared: Mapping[tuple[str, str], Mapping[str, int]]) -> Iterator[list[tuple[str, float]]]:
    for given in shared.values():
        yield [(rater, scale.positions[rank]) for rater, rank in given.items()]
