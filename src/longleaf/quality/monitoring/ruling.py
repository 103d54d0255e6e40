"""The verb by which a pack says which figures raise an alarm, and the read of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.directory.queries import current_state
from longleaf.journal.recording import record
from longleaf.quality.errors import UnusableOversightRules
from longleaf.quality.events import Event
from longleaf.quality.models import OversightRules
from longleaf.quality.monitoring.rules import Rules, mistakes_in, rules_from

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State


@transaction.atomic
def set_rules(*, state: State, document: Mapping[str, Any], acting_person: Person | None) -> OversightRules:
    """Set over which time figures are taken and which of them raise an alarm.

    Setting what is set changes nothing. Raises `UnusableOversightRules` with a sentence for each place.
    """
    wrong = {f"alarms[{place}].{name}": sentence for place, name, sentence in mistakes_in(document.get("alarms", ()))}
    if wrong:
        raise UnusableOversightRules("These rules cannot be used.", fields=wrong)
    held, _ = OversightRules.objects.select_for_update().get_or_create(state=state)
    if held.document != document:
        held.document = dict(document)
        held.save(update_fields=["document"])
        record(Event.OVERSIGHT_RULES_SET, actor=acting_person, subject=f"state:{state.code}", data=dict(document))
    return held


def rules_in_force() -> Rules:
    """The rules of this installation's state; the defaults, without any alarm, where its pack says nothing."""
    state = current_state()
    told = OversightRules.objects.filter(state=state).values_list("document", flat=True).first() if state else None
    return rules_from(told or {})
