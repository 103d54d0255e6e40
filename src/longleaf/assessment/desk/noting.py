"""The verbs of a reader's own notes: write one down at a place of an exhibit, and take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.desk.places import Place
from longleaf.assessment.errors import UnusableNote
from longleaf.assessment.models import ReadingNote
from longleaf.panels import queries as panels
from longleaf.panels.errors import ReadingIsOver, ReadingNotTakenUp
from longleaf.panels.status import AssignmentStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from longleaf.directory.models import Person

LONGEST_NOTE = 2_000  # characters: a note, not a comment
MOST_NOTES = 500  # on one reading; a note every few seconds of a long lesson, and no more than a page can show


@transaction.atomic
def note(
    *, reading: str, exhibit: str, known: Collection[str], place: Place, text: str, acting_person: Person
) -> ReadingNote:
    """Write a note down on a reading of one's own that is under way, and return it.

    `reading` is its reference, `exhibit` the neutral code of what is noted on and one of `known`. Raises
    `NoSuchReading`, `ReadingNotTakenUp`, `ReadingIsOver`, and `UnusableNote` with a sentence for each field. No journal
    line is written: a note decides nothing, and what a reader thought on the way is nobody else's.
    """
    seat = panels.reading_for(acting_person, reading, kind=PANEL_KIND)
    _require_under_way(seat.status)
    _require_usable(text, exhibit, known)
    if ReadingNote.objects.filter(reading=seat).count() >= MOST_NOTES:
        sentence = f"A reading holds {MOST_NOTES} notes. Take some away first."
        raise UnusableNote(sentence, fields={"text": sentence})
    return ReadingNote.objects.create(
        reading=seat, exhibit=exhibit, second=place.second, page=place.page, text=text.strip()
    )


@transaction.atomic
def take_away(*, reading: str, note: str, acting_person: Person) -> None:
    """Take a note of one's own away. Taking away what is gone changes nothing. Raises as `note` does."""
    seat = panels.reading_for(acting_person, reading, kind=PANEL_KIND)
    _require_under_way(seat.status)
    ReadingNote.objects.filter(reading=seat, ref=note).delete()


def _require_under_way(status: str) -> None:
    if status == AssignmentStatus.OFFERED:
        raise ReadingNotTakenUp
    if status == AssignmentStatus.SUBMITTED:
        raise ReadingIsOver("You have handed this reading in, so its notes stay as they are.")


def _require_usable(text: str, exhibit: str, known: Collection[str]) -> None:
    wrong = {}
    if not text.strip():
        wrong["text"] = "Write what you noticed."
    elif len(text) > LONGEST_NOTE:
        wrong["text"] = f"The note is longer than {LONGEST_NOTE:,} characters. Shorten it to what you noticed."
    if exhibit not in known:
        wrong["exhibit"] = "Choose one of the pieces of evidence on this desk."
    if wrong:
        raise UnusableNote("The note is not kept yet: " + " ".join(wrong.values()), fields=wrong)
