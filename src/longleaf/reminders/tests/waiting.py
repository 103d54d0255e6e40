"""A source of reminders for tests: what a test puts into `WAITING` waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from longleaf.reminders.sources import Due, Source

WAITING: list[Due] = []


def what_is_promised(now: datetime) -> Iterable[Due]:
    return [due for due in WAITING if due.due]


def what_began(now: datetime) -> Iterable[Due]:
    return [due for due in WAITING if due.since]


REMINDERS = (Source("waits", what_is_promised, days=(-1, 1, 5)), Source("since", what_began, days=(0,), within=2))
PATH = f"{__name__}.REMINDERS"
