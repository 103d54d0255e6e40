"""The verbs of an officer on an alarm: say what was found, and close it. Locks: the alarm, then the journal.

What follows for a recognition is a decision of its own (`quality.oversight.suspending`), an audit a review of its own
(`quality.reviewing.handing_in.call_in`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.kit.words import plain_line_ends
from longleaf.quality.errors import NoSuchAlarm, NothingFound
from longleaf.quality.events import Event
from longleaf.quality.models import Alarm
from longleaf.quality.monitoring.access import may_handle
from longleaf.quality.monitoring.watching import subject_of
from longleaf.quality.status import ALARM_MOVES, AlarmStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST = 10_000  # characters


@transaction.atomic
def look_into(*, alarm: Alarm, found: str, acting_person: Person) -> Alarm:
    """Say what was found so far and what follows; the alarm stays until it is closed.

    Raises `NoSuchAlarm` for whoever does not handle it, `NothingFound`, and `WrongState` once it is closed.
    """
    return _write(alarm, AlarmStatus.LOOKED_AT, found, acting_person, Event.ALARM_LOOKED_AT)


@transaction.atomic
def close(*, alarm: Alarm, found: str, acting_person: Person) -> Alarm:
    """Close an alarm with what was found. For a while the same figure raises none. Raises what `look_into` raises."""
    return _write(alarm, AlarmStatus.CLOSED, found, acting_person, Event.ALARM_CLOSED)


def lock(alarm: Alarm) -> Alarm:
    """The alarm with what it is about, locked until the transaction ends."""
    related = ("version__micro_credential", "organisation", "agency")
    return Alarm.objects.select_for_update(of=("self",)).select_related(*related).get(pk=alarm.pk)


def _write(alarm: Alarm, new: AlarmStatus, found: str, acting_person: Person, event: Event) -> Alarm:
    held = lock(alarm)
    if not may_handle(acting_person, held):
        raise NoSuchAlarm
    require_move(ALARM_MOVES, AlarmStatus(held.status), new, what=f"The alarm {held.ref}")
    held.found, held.looked_at_by = _tidy(found), acting_person
    held.status, held.closed_on = new, timezone.localdate() if new is AlarmStatus.CLOSED else None
    held.save(update_fields=["status", "found", "looked_at_by", "closed_on"])
    record(event, actor=acting_person, subject=subject_of(held), data={"found": held.found})
    return held


def _tidy(found: str) -> str:
    tidy = plain_line_ends(found.strip())
    if not tidy:
        sentence = "Say what you found, and what follows from it."
        raise NothingFound(sentence, fields={"found": sentence})
    if len(tidy) > LONGEST:
        sentence = f"This is longer than {LONGEST:,} characters. Shorten it to what matters."
        raise NothingFound(sentence, fields={"found": sentence})
    return tidy
