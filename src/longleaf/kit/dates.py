"""Dates and times as people in the United States write them, in the reader's time zone."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# Written out, not asked of the operating system, whose locale must not change a page.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


LAST_MINUTE = time(23, 59)
SATURDAY = 5


def day(moment: date | datetime | None) -> str:
    """Give "March 4, 2027", or "" for None. An aware moment is first moved to the current time zone."""
    if moment is None:
        return ""
    here = _here(moment)
    return f"{MONTHS[here.month - 1]} {here.day}, {here.year}"


def clock(moment: datetime) -> str:
    """Give "9:14 pm" in the current time zone."""
    here = _here(moment)
    assert isinstance(here, datetime)
    return f"{here.hour % 12 or 12}:{here.minute:02d} {'am' if here.hour < 12 else 'pm'}"


def day_and_time(moment: datetime | None) -> str:
    """Give "March 4, 2027, 9:14 pm", or "" for None."""
    return "" if moment is None else f"{day(moment)}, {clock(moment)}"


def machine_date(moment: date | datetime) -> str:
    """Give the ISO 8601 form that a `<time datetime>` carries."""
    here = _here(moment)
    return here.isoformat(timespec="minutes") if isinstance(here, datetime) else here.isoformat()


def machine_day(moment: date | datetime) -> str:
    """Give the day alone in ISO 8601: where people are told the day, the page's source must not tell the minute."""
    return _calendar_day(moment).isoformat()


def end_of_day(moment: datetime) -> datetime:
    """Give the last minute of a moment's day in the current time zone: what is due on a day is due by then."""
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), LAST_MINUTE))


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def business_day_moved(day: date, by: int, holidays: Collection[date]) -> date:
    """The day that lies so many business days after a day, or before it where `by` is negative.

    The day itself does not count and need not be a business day; moved by 0 it is the same day.
    """
    step = timedelta(days=1 if by > 0 else -1)
    for _ in range(abs(by)):
        day += step
        while not is_business_day(day, holidays):
            day += step
    return day


def business_days_between(first: date, last: date, holidays: Collection[date]) -> int:
    """How many days after `first`, up to and with `last`, people are at work on."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_business_day(day, holidays) for day in days)


def distance(moment: date | datetime, now: datetime) -> str:
    """Give how many days lie between `now` and `moment`: "today", "in 3 days", "yesterday", "12 days ago".

    Pages show it beside the date, never in its place.
    """
    days = (_calendar_day(moment) - _calendar_day(now)).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def _here(moment: date | datetime) -> date | datetime:
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _calendar_day(moment: date | datetime) -> date:
    here = _here(moment)
    return here.date() if isinstance(here, datetime) else here
