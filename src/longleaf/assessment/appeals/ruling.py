"""The verb by which a pack says how a state deals with appeals, and the read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.errors import UnusableAppealPractice
from longleaf.assessment.events import Event
from longleaf.assessment.models import AppealPractice
from longleaf.assessment.models.appeal import SMALLEST_TOLD
from longleaf.directory.queries import current_state
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person, State


@transaction.atomic
def set_practice(
    *,
    state: State,
    looked_at_by: Organisation | None = None,
    smallest_told: int = SMALLEST_TOLD,
    acting_person: Person | None,
) -> AppealPractice:
    """Set whose leads look where every lead of an issuer had a part, and below which number nothing is published.

    Setting what is set changes nothing. Raises `UnusableAppealPractice`.
    """
    if smallest_told < 1:
        sentence = "Give a number from 1, which withholds nothing, upwards."
        raise UnusableAppealPractice("Nothing was set.", fields={"smallest_told": sentence})
    practice, is_new = AppealPractice.objects.select_for_update().get_or_create(state=state)
    named = looked_at_by.pk if looked_at_by else None
    if (practice.looked_at_by_id, practice.smallest_told) != (named, smallest_told) or is_new:
        practice.looked_at_by, practice.smallest_told = looked_at_by, smallest_told
        practice.save(update_fields=["looked_at_by", "smallest_told"])
        data = {"looked_at_by": looked_at_by.code if looked_at_by else "", "smallest_told": smallest_told}
        record(Event.APPEAL_PRACTICE_SET, actor=acting_person, subject=f"state:{state.code}", data=data)
    return practice


def smallest_told() -> int:
    """Below which number of appeals nothing is published here."""
    state = current_state()
    told = AppealPractice.objects.filter(state=state).values_list("smallest_told", flat=True).first() if state else None
    return SMALLEST_TOLD if told is None else told
