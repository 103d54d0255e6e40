"""Rows as the database's driver gives them, for reads of a whole state at once.

Django makes a Python value of each column of each row, which for a million rows takes longer than all that follows.
Much of a state is alike, so whoever reads this many makes a value of each different raw value once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE = 5_000


def raw_rows(values: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list`, as they come from the driver: JSON is text, and moments in SQLite have no zone."""
    statement, parameters = values.query.sql_with_params()
    with connections[values.db].cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


class LocalDays:
    """The day of a raw moment in the time zone of this installation."""

    def __init__(self) -> None:
        self._of_hours: dict[datetime, date | None] = {}

    def of(self, moment: datetime) -> date:
        hour = moment.replace(minute=0, second=0, microsecond=0)
        if hour not in self._of_hours:
            self._of_hours[hour] = _day_of_hour(hour)
        # Where a day begins in the middle of an hour, as in some time zones, that hour is looked at moment by moment.
        return self._of_hours[hour] or timezone.localdate(_in_utc(moment))


def _day_of_hour(start: datetime) -> date | None:
    """The day on which a whole hour lies, or None where it lies on two."""
    first = _in_utc(start)
    day = timezone.localdate(first)
    return day if day == timezone.localdate(first + timedelta(hours=1, microseconds=-1)) else None


def _in_utc(moment: datetime) -> datetime:
    """What is kept in UTC, without saying so in SQLite."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
