"""The time that figures are taken over. Plain values.

Officers of the agency look at what is so up to today. Everybody else sees whole months: whoever looks before and after
a single decision would else learn from the difference what was decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

USUAL_MONTHS = 12


@dataclass(frozen=True)
class Window:
    """From the beginning of a day to the end of another, in the installation's time zone."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self) -> datetime:
        """The first moment that is no more in it."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def up_to(today: date, *, months: int = USUAL_MONTHS) -> Window:
    """The months that end with today: it begins on the same day so many months ago, or on the last one of its month."""
    month = _months_before(today.replace(day=1), months)
    last_of_month = (_months_before(month, -1) - timedelta(days=1)).day
    return Window(month.replace(day=min(today.day, last_of_month)), today)


def whole_months(today: date, *, months: int = USUAL_MONTHS) -> Window:
    """The months of the calendar before this one."""
    this_month = today.replace(day=1)
    return Window(_months_before(this_month, months), this_month - timedelta(days=1))


def _months_before(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
