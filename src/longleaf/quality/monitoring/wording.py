"""Figures in words: a share with how many it is of, or why it is not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.kit.numbers import number
from longleaf.panels.leading.board import figure
from longleaf.quality.monitoring.measuring import Reading
from longleaf.quality.status import Measure

if TYPE_CHECKING:
    from longleaf.engines.rubrics.agreement.measuring import Agreement
    from longleaf.quality.models import Alarm
    from longleaf.quality.monitoring.shares import Share

NONE_YET = "None yet"


def told(share: Share | None, smallest: int) -> str:
    """For instance “84% of 120”; of fewer than the state tells, no more than that."""
    if share is None or 0 < share.of < smallest:
        return f"Fewer than {smallest}"
    return f"{percent(share.value)} of {number(share.of)}" if share.value is not None else NONE_YET


def counted(count: int, smallest: int) -> str:
    if 0 < count < smallest:
        return f"Fewer than {smallest}"
    return number(count) if count else NONE_YET


def percent(value: float | None) -> str:
    """A share to the whole percent; what is not all or none never reads as that."""
    if value is None:
        return ""
    rounded = round(100 * value)
    if (rounded == 100 and value < 1) or (rounded == 0 and value > 0):
        return "over 99%" if rounded else "under 1%"
    return f"{rounded}%"


def agreed(agreement: Agreement | None) -> str:
    """AC1 with its interval, or that there is none yet."""
    return figure(agreement.ac1) if agreement else NONE_YET


def value_of(alarm: Alarm) -> str:
    """The figure of an alarm with its interval and its number, as it was when it was raised."""
    return value_in_words(alarm.measure, Reading(alarm.value, alarm.low, alarm.high, alarm.number))


def value_in_words(measure: str, reading: Reading) -> str:
    """For instance “62% of 48 (47% to 75%)”."""
    if measure == Measure.AGREEMENT:
        shared = number(reading.number, "piece")
        return f"{reading.value:.2f} ({reading.low:.2f} to {reading.high:.2f}), {shared} read by two"
    between = f"{percent(reading.low)} to {percent(reading.high)}"
    return f"{percent(reading.value)} of {number(reading.number)} ({between})"


def threshold_of(alarm: Alarm) -> str:
    """The bound beyond which it lies: “below 90%”."""
    side = "above" if alarm.is_above else "below"
    bound = f"{alarm.threshold:g}" if alarm.measure == Measure.AGREEMENT else f"{100 * alarm.threshold:g}%"
    return f"{side} {bound}"


# As templates call them.
FIGURES_IN_WORDS = {"told": told, "counted": counted, "agreed": agreed}
