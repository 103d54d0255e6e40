"""The verb by which a pack sets the figures of renewal, and the read of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.directory.queries import current_state
from longleaf.journal.recording import record
from longleaf.kit import keeping
from longleaf.recognition.errors import UnusablePractice
from longleaf.recognition.events import Event
from longleaf.recognition.models import RenewalPractice
from longleaf.recognition.practice import USUAL, Practice, mistakes_in, practice_from

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State


@transaction.atomic
def set_practice(
    *, state: State, figures: Mapping[str, Any], standing: str, acting_person: Person | None
) -> RenewalPractice:
    """Set what differs from the usual figures. Setting what is set changes nothing. Raises `UnusablePractice`."""
    if mistakes := dict(mistakes_in(figures, {})):
        raise UnusablePractice("These figures cannot be used.", fields=mistakes)
    wanted = {name: list(value) if isinstance(value, tuple) else value for name, value in figures.items()}
    held, is_new = RenewalPractice.objects.select_for_update().get_or_create(state=state)
    if is_new or (held.figures, held.standing) != (wanted, standing):
        held.figures, held.standing = wanted, standing
        held.save(update_fields=["figures", "standing"])
        data = {"figures": wanted, "standing": standing}
        record(Event.PRACTICE_SET, actor=acting_person, subject=f"state:{state.code}", data=data)
    return held


def practice_in_force() -> Practice:
    """The figures of the state whose installation this is."""
    return keeping.as_decided("renewal practice", make=_practice)


def _practice() -> Practice:
    state = current_state()
    told = RenewalPractice.objects.filter(state=state).first() if state else None
    return practice_from(told.figures, told.standing) if told else USUAL
