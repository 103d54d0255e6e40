"""What the desk counts its due days in: the business days of the state whose installation this is."""

from __future__ import annotations

from datetime import datetime

from longleaf.assessment.clock import BusinessDays
from longleaf.directory.queries import business_calendar


def business_days(now: datetime) -> BusinessDays:
    """The state's business days, seen from today."""
    calendar = business_calendar()
    return BusinessDays(now.astimezone(calendar.zone).date(), calendar.holidays, calendar.zone)
