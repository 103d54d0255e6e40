"""By which rules a decision may be appealed, and by when each step is promised: data of the version.

A version's document may hold `appeals`; where it is silent, the defaults here hold. Days are business days of the
version's state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from longleaf.assessment.clock import due_after

if TYPE_CHECKING:
    from longleaf.assessment.models import Attempt

# Six weeks of working days: whoever gets a decision on the last day of school still has time after the holidays begin.
LODGE_WITHIN = 30
# One person looks, at one page.
LOOK_WITHIN = 5


@dataclass(frozen=True)
class Rules:
    """`last_round_only`: only the decision that leaves no further round may be appealed."""

    lodge_within: int
    look_within: int
    answer_within: int
    last_round_only: bool


def rules_of(attempt: Attempt) -> Rules:
    """The rules of an attempt's version. Reading anew is promised in the time that the first reading was."""
    document = attempt.version.document
    told = document.get("appeals") or {}
    return Rules(
        lodge_within=told.get("lodge_within_business_days", LODGE_WITHIN),
        look_within=told.get("look_within_business_days", LOOK_WITHIN),
        answer_within=told.get("answer_within_business_days", document["turnaround_business_days"]),
        last_round_only=told.get("last_round_only", False),
    )


def business_days_after(attempt: Attempt, moment: datetime, days: int) -> datetime:
    """The end of the last of so many business days of the attempt's state."""
    state = attempt.micro_credential.state
    holidays = frozenset(date.fromisoformat(day) for day in state.holidays)
    return due_after(moment, days, holidays=holidays, zone=ZoneInfo(state.time_zone))
