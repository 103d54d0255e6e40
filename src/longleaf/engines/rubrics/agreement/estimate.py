"""An estimate: a figure, how far it may be off, and why either may be missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from longleaf.engines.rubrics.agreement.student import reach

# The level at which the published tables that we are held against give their intervals.
CONFIDENCE = 0.95

NO_PAIRS = "No subject was rated by two raters."
ONE_CATEGORY = "Every rating is in one category, so agreement cannot be told from chance."
ONE_SUBJECT = "One subject is too few for an interval."
NO_SPREAD = "Every subject says the same, so nothing tells how far off the figure may be."
NO_ORDER = "The categories of a nominal scale have no order."


@dataclass(frozen=True)
class Estimate:
    """A figure with the 95 % interval from `low` to `high`.

    `value` None says that the figure is not defined, `low` and `high` None that its interval is not; then `reason` is
    the sentence that says why. It is empty when all three are there.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def undefined(reason: str) -> Estimate:
    return Estimate(None, reason=reason)


def estimated(
    value: float,
    deviations: Iterable[tuple[float, int]],
    *,
    units: int,
    lowest: float = -1.0,
    highest: float = 1.0,
) -> Estimate:
    """An estimate whose interval comes from linearised deviations.

    `deviations` holds, for each kind of subject, the sum over its units of how far a unit pulls the figure away from
    its value, and how many subjects there are of that kind; `units` is the number of all units. With one unit a
    subject this is Gwet's variance (Handbook, 2014, ch. 5); with several it is the cluster-robust form of it.
    """
    subjects, squares = 0, 0.0
    for deviation, times in deviations:
        subjects += times
        squares += times * deviation**2
    if subjects < 2:
        return Estimate(value, reason=ONE_SUBJECT)
    error = sqrt(squares * subjects / (subjects - 1)) / units
    if error < 1e-12:
        return Estimate(value, reason=NO_SPREAD)
    return within(value, error, freedom=subjects - 1, lowest=lowest, highest=highest)


def within(value: float, error: float, *, freedom: int, lowest: float = -1.0, highest: float = 1.0) -> Estimate:
    """An estimate with the interval that a standard error gives, cut at -1 and 1 unless said otherwise.

    In tiny tables a coefficient can itself lie below -1; then that is where its interval begins.
    """
    half = error * reach(CONFIDENCE, freedom)
    return Estimate(value, max(min(lowest, value), value - half), min(max(highest, value), value + half))
