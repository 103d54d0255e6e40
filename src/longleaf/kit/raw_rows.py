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
# A moment in SQLite is text such as 2026-05-29 13:45:00; up to here it names the hour.
OF_HOUR = 13


def raw_rows(values: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list`, as they come from the driver: in SQLite days and moments are text."""
    statement, parameters = values.query.sql_with_params()
    with connections[values.db].cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


class Days(dict[str | date, date]):
    """The day of a raw date. Each day is one object, however often it is met."""

    def __missing__(self, raw: str | date) -> date:
        day = self[raw] = date.fromisoformat(raw) if isinstance(raw, str) else raw
        return day


class LocalDays:
    """The day of a raw moment in the time zone of this installation."""

    def __init__(self) -> None:
        self._of_hours: dict[str | datetime, date | None] = {}

    def of(self, raw: str | datetime) -> date:
        hour = raw[:OF_HOUR] if isinstance(raw, str) else raw.replace(minute=0, second=0, microsecond=0)
        if hour not in self._of_hours:
            self._of_hours[hour] = _day_of_hour(_moment(hour))
        # Where a day begins in the middle of an hour, as in some time zones, that hour is looked at moment by moment.
        return self._of_hours[hour] or timezone.localdate(_moment(raw))


def _day_of_hour(start: datetime) -> date | None:
    """The day on which a whole hour lies, or None where it lies on two."""
    day = timezone.localdate(start)
    return day if day == timezone.localdate(start + timedelta(hours=1, microseconds=-1)) else None


def _moment(raw: str | datetime) -> datetime:
    """What Django keeps in UTC, without saying so in SQLite."""
    moment = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
