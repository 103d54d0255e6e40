"""The verbs of notes to the lead assessor: a reader writes one beside their findings, a lead puts it away as seen.

A note is no finding. It stays apart from comments in a table of its own, so that nothing that is told to whoever is
judged can hold it by mistake. No journal line is written of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.panels import queries
from longleaf.panels.errors import NoSuchPanel, StaleNote, UnknownCriterion
from longleaf.panels.holding import hold, require_under_way, tidy
from longleaf.panels.instruments import criteria_to_rate
from longleaf.panels.models import Assignment, NoteToLead

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def tell(*, assignment: Assignment, criterion: str = "", text: str, revision: int, acting_person: Person) -> NoteToLead:
    """Save what a reader tells the lead, of one criterion or of the whole, until the reading is handed in.

    `revision` is the save on which it was changed; saving again what is kept is always fine. Raises `StaleNote` (with
    what is kept), `UnknownCriterion`, `CommentTooLong`, `ReadingNotTakenUp`, `ReadingIsOver` and `NoSuchReading`.
    """
    seat = hold(assignment, acting_person)
    require_under_way(seat)
    codes = [each.code for each in criteria_to_rate(seat.panel)]
    if criterion and criterion not in codes:
        raise UnknownCriterion(f"“{criterion}” is not rated here. Note on one of: {', '.join(codes)}, or on the whole.")
    words = tidy(text)
    note, _ = NoteToLead.objects.select_for_update().get_or_create(reading=seat, criterion=criterion)
    if note.text == words:
        return note
    if note.revision != revision:
        raise StaleNote(note)
    note.text, note.revision = words, revision + 1
    note.save(update_fields=["text", "revision"])
    return note


@transaction.atomic
def put_away(*, panel: str, acting_person: Person) -> int:
    """Put the notes on a panel, by its reference, away as seen; returns how many. Doing it twice does it once.

    Raises `NoSuchPanel` for whoever does not lead the pool, or has a part in the panel.
    """
    found = queries.panels_to_be_told_of(acting_person).filter(ref=panel).first()
    if found is None:
        raise NoSuchPanel
    waiting = queries.notes_not_seen().filter(reading__panel=found)
    return NoteToLead.objects.filter(pk__in=waiting.values("pk")).update(seen_at=timezone.now())
