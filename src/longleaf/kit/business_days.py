"""Counting days on which people are at work. Plain: days and holidays come in as arguments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def moved(day: date, by: int, holidays: Collection[date]) -> date:
    """The day that lies so many business days after a day, or before it where `by` is negative.

    The day itself does not count and need not be a business day; moved by 0 it is the same day.
    """
    step = timedelta(days=1 if by > 0 else -1)
    for _ in range(abs(by)):
        day += step
        while not is_business_day(day, holidays):
            day += step
    return day
