"""When a decision is to be expected. No clock of its own, no database: moments and holidays come in as arguments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from longleaf.kit.dates import LAST_MINUTE, business_day_moved, business_days_between
from longleaf.kit.numbers import number


def due_after(moment: datetime, business_days: int, *, holidays: Collection[date], zone: tzinfo) -> datetime:
    """The end of the last of so many business days after the day of `moment`, in the zone of the state.

    Saturdays, Sundays and holidays do not count; neither does the day of `moment` itself, so that what is handed in
    late in the evening gets the same time as what is handed in at noon.
    """
    day = moment.astimezone(zone).date()
    for _ in range(business_days):
        day = next_business_day(day, holidays)
    return datetime.combine(day, LAST_MINUTE, tzinfo=zone)


def next_business_day(day: date, holidays: Collection[date]) -> date:
    """The first day after `day` on which people are at work."""
    return business_day_moved(day, 1, holidays)


@dataclass(frozen=True)
class BusinessDays:
    """The business days of a state, seen from one day: what the desk counts its due days in."""

    today: date
    holidays: Collection[date]
    zone: tzinfo

    def left(self, due: datetime) -> str:
        """How long until a due day, in words that its date follows: “3 business days left, due”.

        Today counts as none, for it is under way: what is due today is due today.
        """
        day = due.astimezone(self.zone).date()
        if day == self.today:
            return "Due today,"
        if day < self.today:
            late = business_days_between(day, self.today, self.holidays)
            return f"{number(late, 'business day')} late, was due" if late else "Late, was due"
        left = business_days_between(self.today, day, self.holidays)
        return f"{number(left, 'business day') if left else 'No business day'} left, due"
