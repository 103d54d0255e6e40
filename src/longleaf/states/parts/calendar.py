"""`calendar.yaml`: the days on which nobody is expected to work, so that business days can be counted."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from longleaf.states.parts.values import Sourced, Text


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Holiday(Sourced):
    day: date
    title: Text


class Calendar(Sourced):
    """Working weekdays and holidays; it can be trusted for the `years` that it names, and for no others."""

    years: tuple[Annotated[int, Field(ge=2000, le=2100)], ...]
    working_days: tuple[Weekday, ...]
    holidays: tuple[Holiday, ...]
