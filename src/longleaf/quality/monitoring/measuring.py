"""What is watched of figures, each as a value with its interval. Plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from longleaf.quality.monitoring.figures import Figures
from longleaf.quality.monitoring.shares import Share
from longleaf.quality.status import Measure

if TYPE_CHECKING:
    from longleaf.engines.rubrics.agreement.estimate import Estimate
    from longleaf.engines.rubrics.agreement.measuring import Agreement


@dataclass(frozen=True)
class Reading:
    """A measure of one subject as it is: its value, its interval, and of how many cases it tells."""

    value: float
    low: float
    high: float
    number: int


def reading_of(measure: Measure, figures: Figures, confidence: float) -> Reading | None:
    """A measure as it is; None where there is nothing to measure, or no interval can be told."""
    if measure == Measure.AGREEMENT:
        return mean_agreement([figures.agreement] if figures.agreement else figures.agreements)
    share = _share(measure, figures)
    if share.value is None:
        return None
    return Reading(share.value, *share.interval(confidence), share.of)


def mean_agreement(agreements: Iterable[Agreement]) -> Reading | None:
    """The mean of AC1 over rubrics, each weighted by how much was read by two; None where no interval can be told.

    What is expected by chance differs from rubric to rubric, so each is measured for itself and only then averaged. The
    interval is put together from theirs as variances are (MOVER, Zou and Donner 2008): so one rubric keeps its own.
    A rubric without one, because all agree or too little was read, may lie anywhere: left out, it would hide who agree.
    """
    measured = [each for each in agreements if each.ac1.value is not None and each.shared]
    told = [_read(each.ac1, each.shared) for each in measured]
    number = sum(each.number for each in told)
    if not any(each.ac1.low is not None for each in measured):
        return None
    value = sum(each.number * each.value for each in told) / number
    below = sqrt(sum((each.number * (each.value - each.low)) ** 2 for each in told)) / number
    above = sqrt(sum((each.number * (each.high - each.value)) ** 2 for each in told)) / number
    return Reading(value, value - below, value + above, number)


def _read(ac1: Estimate, shared: int) -> Reading:
    assert ac1.value is not None, "asked of what was measured"
    low, high = (-1.0, 1.0) if ac1.low is None or ac1.high is None else (ac1.low, ac1.high)
    return Reading(ac1.value, low, high, shared)


def _share(measure: Measure, figures: Figures) -> Share:
    shares = {
        Measure.FIRST_TIME: figures.first_time,
        Measure.IN_THE_END: figures.in_the_end,
        Measure.TURNAROUND: figures.kept,
        Measure.APPEALS: figures.appeals,
        Measure.COMPLAINTS: figures.upheld_of_decided,
    }
    return shares[measure]
