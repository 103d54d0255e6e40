"""When a decision is to be expected. No clock of its own, no database: moments and holidays come in as arguments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, tzinfo

from longleaf.kit.business_days import moved
from longleaf.kit.dates import LAST_MINUTE


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
    return moved(day, 1, holidays)
