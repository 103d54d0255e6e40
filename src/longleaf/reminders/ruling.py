"""The verb by which a pack sets on which days people are reminded, and the read of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.directory.queries import current_state
from longleaf.journal.recording import record
from longleaf.reminders.days import mistakes_in, with_the_days_of
from longleaf.reminders.errors import UnusableReminderDays
from longleaf.reminders.events import Event
from longleaf.reminders.models import ReminderDays
from longleaf.reminders.sources import Source, sources

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State


@transaction.atomic
def set_days(*, state: State, kinds: Mapping[str, Any], acting_person: Person | None) -> ReminderDays:
    """Set what differs from the usual days, by kind: `{"days": [-1, 1], "within": 2}`.

    Setting what is set changes nothing. Raises `UnusableReminderDays` with a sentence for each kind.
    """
    mistakes = dict(mistakes_in(kinds, sources()))
    if mistakes:
        raise UnusableReminderDays("These days cannot be used.", fields=mistakes)
    wanted = {kind: dict(told) for kind, told in kinds.items()}
    held, _ = ReminderDays.objects.select_for_update().get_or_create(state=state)
    if held.kinds != wanted:
        held.kinds = wanted
        held.save(update_fields=["kinds"])
        record(Event.DAYS_SET, actor=acting_person, subject=f"state:{state.code}", data={"kinds": wanted})
    return held


def sources_in_force() -> list[Source]:
    """Every source with the days that the state has set."""
    state = current_state()
    told = ReminderDays.objects.filter(state=state).values_list("kinds", flat=True).first() if state else None
    return [with_the_days_of(source, told or {}) for source in sources().values()]


def within_of(kind: str) -> int:
    """How many business days something of a kind may take in this state."""
    found = next(source for source in sources_in_force() if source.kind == kind)
    return found.within or 0
