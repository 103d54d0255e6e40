"""What a credential says of time: days, not seconds.

The last blind reader hands in, and in that second the badge is issued. Whoever knows when a colleague was at the desk
could tell from it who judged. So a credential says the day: where a standard wants an instant, the day's first second
in the installation's time zone, or its last where something ends (docs/decisions/0042).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def day_began(moment: datetime) -> datetime:
    """The first instant of the day in which a moment lies."""
    return first_instant(timezone.localdate(moment))


def first_instant(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def last_second(day: date) -> datetime:
    """The last second of a day: what is good through a day is good until then."""
    return first_instant(day + timedelta(days=1)) - timedelta(seconds=1)


def proof_moment(now: datetime, *, key_made: datetime) -> datetime:
    """When a proof says that it was made: today, but never before its key was there and never in the future."""
    return min(now, max(day_began(now), key_made))
