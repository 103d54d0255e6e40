"""Whom monitoring reminds: officers of the agency of alarms that nobody has looked at, officers of an issuer of what
they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from longleaf.directory.queries import holders_of
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.quality.models import Alarm
from longleaf.quality.monitoring.access import ANSWERS_FOR_IT, issuer_of
from longleaf.quality.status import AlarmStatus
from longleaf.reminders.sources import Due, Source

if TYPE_CHECKING:
    from datetime import date


def not_looked_at(now: datetime) -> Iterator[Due]:
    """To each officer of the agency, an alarm that nobody has looked at."""
    rung = list(_alarms().filter(status=AlarmStatus.OPEN))
    officers = holders_of([Role.STATE_OFFICER], {alarm.agency_id for alarm in rung})
    for alarm in rung:
        says = f"{alarm.ref} rings since {day(alarm.raised_on)}: “{alarm.get_measure_display()}”. Say what you find."
        for person in officers.get((Role.STATE_OFFICER, alarm.agency_id), frozenset()):
            yield _due(alarm, person, says, since=alarm.raised_on)


def asked(now: datetime) -> Iterator[Due]:
    """To each officer of an issuer, a question of the agency that waits for an answer."""
    waiting = list(_alarms().filter(answer="", asked_on__isnull=False).exclude(status=AlarmStatus.CLOSED))
    officers = holders_of([ANSWERS_FOR_IT], {issuer_of(alarm) for alarm in waiting})
    for alarm in waiting:
        says = f"The agency asks about {alarm.ref} since {day(alarm.asked_on)}. Answer it."
        for person in officers.get((ANSWERS_FOR_IT, issuer_of(alarm)), frozenset()):
            yield _due(alarm, person, says, since=alarm.asked_on)


def _alarms() -> QuerySet[Alarm]:
    listed = Alarm.objects.select_related("version__micro_credential")
    return listed.defer("version__document", "version__search_text").order_by("pk")


def _due(alarm: Alarm, person: int, says: str, *, since: date | None) -> Due:
    at = reverse("alarms:alarm", kwargs={"ref": alarm.ref})
    return Due(person=person, about=f"alarm:{alarm.ref}", link=at, since=since, says=says, late=says)


REMINDERS = (
    # A week is soon enough for what a year of figures says.
    Source("quality-alarm", not_looked_at, days=(0, 5), within=5),
    Source("issuer-asked", asked, days=(0, 5), within=5),
)
