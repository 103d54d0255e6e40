"""What the desk counts its due days in: the business days of the state whose installation this is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from longleaf.assessment.clock import BusinessDays
from longleaf.directory.queries import current_state


def business_days(now: datetime) -> BusinessDays:
    """The state's business days, seen from today; before its pack is loaded, every weekday is one."""
    state = current_state()
    zone = ZoneInfo(state.time_zone) if state else timezone.get_current_timezone()
    holidays = frozenset(date.fromisoformat(day) for day in state.holidays) if state else frozenset[date]()
    return BusinessDays(now.astimezone(zone).date(), holidays, zone)
