"""Holidays lie in the years that the calendar covers, and some days are left to work on."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import available_timezones

from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    sheet = gathered.calendar
    if sheet.part:
        if not sheet.part.working_days:
            yield sheet.mistake(("working_days",), "Name at least one working day.")
        for number, holiday in enumerate(sheet.part.holidays):
            if holiday.day.year not in sheet.part.years:
                reason = "This day lies outside the years of the calendar; add its year to `years` or take it away."
                yield sheet.mistake(("holidays", number, "day"), reason)
    state = gathered.state
    if state.part and state.part.time_zone not in available_timezones():
        yield state.mistake(("time_zone",), "This is no known time zone; write one like America/New_York.")
