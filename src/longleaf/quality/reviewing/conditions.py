"""The verb on conditions, and the list of those that are not met yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.directory.queries import places_where
from longleaf.directory.status import Role
from longleaf.journal.recording import record
from longleaf.panels.errors import ReasonMissing
from longleaf.quality.errors import ConditionIsMet, NoSuchCondition
from longleaf.quality.events import Event
from longleaf.quality.models import Condition
from longleaf.quality.reviewing.access import may_oversee
from longleaf.quality.reviewing.handing_in import subject_of

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def note_met(*, condition: Condition, note: str, acting_person: Person) -> Condition:
    """Note that a condition is met, from today on, and by what that is seen.

    Raises `NoSuchCondition` for whoever does not oversee its review, `ConditionIsMet` and `ReasonMissing`.
    """
    held = Condition.objects.select_for_update(of=("self",)).select_related("review").get(pk=condition.pk)
    if not may_oversee(acting_person, held.review):
        raise NoSuchCondition
    if held.met_on:
        raise ConditionIsMet("This condition is met already. Reload the page to see since when.")
    if not note.strip():
        sentence = "Say by what you see that it is met."
        raise ReasonMissing(sentence, fields={f"note-{held.number}": sentence})
    held.met_on, held.met_note = timezone.localdate(), note.strip()
    held.save(update_fields=["met_on", "met_note"])
    record(Event.CONDITION_MET, actor=acting_person, subject=subject_of(held.review), data={"condition": held.number})
    return held


def open_conditions(person: Person) -> QuerySet[Condition]:
    """The conditions that an officer looks after and that are not met yet, the first to be due on top."""
    if not person.is_authenticated:
        return Condition.objects.none()
    overseen = places_where(person, Role.STATE_OFFICER)
    waiting = Condition.objects.filter(met_on__isnull=True, review__agency__in=overseen)
    related = waiting.select_related("review__version__micro_credential__issuer", "review__application__organisation")
    return related.defer("review__version__document", "review__version__search_text").order_by("until", "pk")
