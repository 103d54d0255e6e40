"""Bands of days that no rule tells apart: two credits of one shape that were earned in one band are worth the same."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from longleaf.engines.policy.limits import YEAR
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.rules import Span
from longleaf.engines.policy.walking import parts_of

# No year has a number as large, so that a band and a year make one number.
YEARS = 10_000


class Bands(dict[date, int]):
    """The band of each day, found when it is first asked for.

    Every `Span` in what values, limits, takes or asks for a credit parts the days; a rule that looks at a day by itself
    must name it as a `Span`. So does the day of the tally, and the policy year where a limit holds in each.
    """

    def __init__(self, policy: Policy, on: date) -> None:
        super().__init__()
        spans = [it for it in parts_of(policy) if isinstance(it, Span)]
        days = {day for span in spans for day in (span.first, span.before) if day is not None}
        self._cuts = sorted({*days, on + timedelta(days=1)})
        self._year_start = policy.year_start if any(cap.per == YEAR for cap in policy.caps) else None

    def __missing__(self, day: date) -> int:
        year = self._year_start.of(day).year if self._year_start else 0
        band = self[day] = bisect_right(self._cuts, day) * YEARS + year
        return band
