"""Whether a queue keeps up: what waits and comes against what can be read, day by day. Plain Python, no clock.

The first who comes is read first. So what comes on a day is read when all that waits then has been: after as many days
as the queue holds days of work. The queue is late from the day on which that is longer than a reader is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

# A quarter: long enough to train somebody new, short enough that the last weeks still tell something about it.
HORIZON_DAYS = 91
WEEK = 7


@dataclass(frozen=True)
class Demand:
    """Readings that wait, how many come a day, and in how many days each must be read."""

    waiting: int
    arrivals_a_day: float
    days_given: float


@dataclass(frozen=True)
class Day:
    """A day of the forecast: readings that wait at its end, and how many can be read in it."""

    day: date
    waiting: float
    capacity: float


@dataclass(frozen=True)
class Forecast:
    """The days to come, and the first on which what comes will be late; None where there is none in sight."""

    days: Sequence[Day]
    late_on: date | None

    @property
    def weeks(self) -> Sequence[Day]:
        """Today's end and that of each week from it."""
        return self.days[::WEEK]

    @property
    def days_until_late(self) -> int | None:
        return None if self.late_on is None else (self.late_on - self.days[0].day).days

    @property
    def highest(self) -> float:
        """The longest that the queue is at the end of a week."""
        return max(day.waiting for day in self.weeks)


def forecast(demand: Demand, capacity: Sequence[float], *, today: date) -> Forecast:
    """Go on day by day. `capacity` is how many readings can be read on each day, from today on."""
    waiting, days = float(demand.waiting), []
    for number, room in enumerate(capacity):
        waiting = max(0.0, waiting + demand.arrivals_a_day - room)
        days.append(Day(today + timedelta(days=number), waiting, room))
    return Forecast(tuple(days), _late_on(days, demand.days_given))


def _late_on(days: Sequence[Day], days_given: float) -> date | None:
    """The first day at whose end more waits than can be read in the time that is given.

    Beyond the last day capacity is taken to stay as it is on average.
    """
    if not days:
        return None
    usual = sum(day.capacity for day in days) / len(days)
    read_until = [0.0]
    for day in days:
        read_until.append(read_until[-1] + day.capacity)
    window = ceil(days_given)
    for number, day in enumerate(days, 1):
        last = min(number + window, len(days))
        can_be_read = read_until[last] - read_until[number] + usual * (number + window - last)
        if day.waiting > can_be_read:
            return day.day
    return None
