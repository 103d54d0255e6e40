"""The verb that looks at all clocks: who is to be told of what now, and what waits no more. Told once a stated day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from longleaf.directory.queries import business_calendar
from longleaf.reminders.days import Told, told_now
from longleaf.reminders.models import Reminder
from longleaf.reminders.ruling import sources_in_force

Matter = tuple[int, str, str]

KEPT_AFTER_THE_END = timedelta(days=183)
TOLD_ANEW = ["due_on", "day", "says", "link", "told_at", "mailed_at", "settled_at"]


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Bring what everybody is told up to date. Returns how much was told anew.

    Asks each source once, and the database a few times more, however many people there are.
    """
    wanted = _wanted(now)
    known = _known(wanted)
    new: list[Reminder] = []
    again: list[Reminder] = []
    for matter, (told, link) in wanted.items():
        before = known.get(matter)
        row = before or Reminder(person_id=matter[0], kind=matter[1], about=matter[2])
        is_told = before is not None and (before.due_on, before.day) == (told.due_on, told.day)
        if is_told and before is not None and (before.says, before.settled_at) == (told.says, None):
            continue
        row.due_on, row.day, row.says, row.link, row.settled_at = told.due_on, told.day, told.says, link, None
        if not is_told:
            row.told_at, row.mailed_at = now, None
        (again if before else new).append(row)
    Reminder.objects.bulk_create(new, batch_size=500)
    Reminder.objects.bulk_update(again, TOLD_ANEW, batch_size=200)
    _settle([row.pk for matter, row in known.items() if matter not in wanted and row.settled_at is None], now)
    Reminder.objects.filter(settled_at__lt=now - KEPT_AFTER_THE_END).delete()
    return len(new) + sum(row.told_at == now for row in again)


def _wanted(now: datetime) -> dict[Matter, tuple[Told, str]]:
    today, holidays = _today_and_holidays(now)
    found: dict[Matter, tuple[Told, str]] = {}
    for source in sources_in_force():
        for due in source.gather(now):
            told = told_now(due, source, today=today, holidays=holidays)
            if told is not None:
                found[due.person, source.kind, due.about] = (told, due.link)
    return found


def _known(wanted: Mapping[Matter, object]) -> dict[Matter, Reminder]:
    """What was told of these matters, and everything that is still open."""
    people = {person for person, _, _ in wanted}
    rows = Reminder.objects.select_for_update().filter(Q(settled_at__isnull=True) | Q(person__in=people))
    return {(row.person_id, row.kind, row.about): row for row in rows}


def _settle(rows: list[int], now: datetime) -> None:
    for start in range(0, len(rows), 500):
        Reminder.objects.filter(pk__in=rows[start : start + 500]).update(settled_at=now)


def _today_and_holidays(now: datetime) -> tuple[date, frozenset[date]]:
    calendar = business_calendar()
    return now.astimezone(calendar.zone).date(), calendar.holidays
