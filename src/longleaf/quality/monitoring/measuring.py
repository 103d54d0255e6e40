"""What is watched of figures, each as a value with its interval. Plain values."""

from __future__ import annotations

from dataclasses import dataclass

from longleaf.quality.monitoring.figures import Figures
from longleaf.quality.monitoring.shares import Share
from longleaf.quality.status import Measure


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
        ac1 = figures.agreement.ac1 if figures.agreement else None
        if figures.agreement is None or ac1 is None or ac1.value is None or ac1.low is None or ac1.high is None:
            return None
        return Reading(ac1.value, ac1.low, ac1.high, figures.agreement.shared)
    share = _share(measure, figures)
    if share.value is None:
        return None
    return Reading(share.value, *share.interval(confidence), share.of)


def _share(measure: Measure, figures: Figures) -> Share:
    shares = {
        Measure.FIRST_TIME: figures.first_time,
        Measure.IN_THE_END: figures.in_the_end,
        Measure.TURNAROUND: figures.kept,
        Measure.APPEALS: figures.appeals,
        Measure.COMPLAINTS: figures.upheld_of_decided,
    }
    return shares[measure]
