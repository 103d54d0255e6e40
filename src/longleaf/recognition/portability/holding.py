"""A badge from elsewhere in the hand of a verb: its row locked, the right asked for, and each move made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.journal.recording import record
from longleaf.kit.dates import business_day_moved
from longleaf.kit.status import require_move
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import access
from longleaf.recognition.portability.errors import NoSuchImport, NotYoursToDecide, UnusableBadge
from longleaf.recognition.portability.events import Event
from longleaf.recognition.portability.status import IMPORT_MOVES, ImportStatus
from longleaf.recognition.ruling import practice_in_force

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_TEXT = 3000


def hold_own(imported: ImportedBadge, *, acting_person: Person) -> ImportedBadge:
    """The row, locked, for whoever brought it. Raises `NoSuchImport`."""
    found = _locked(imported)
    if found.person_id != acting_person.pk:
        raise NoSuchImport
    return found


def hold_to_decide(imported: ImportedBadge, *, acting_person: Person) -> ImportedBadge:
    """The row, locked, for a recognizer. Raises `NoSuchImport` or `NotYoursToDecide`.

    That it no longer waits is for the table of moves to say.
    """
    found = _locked(imported)
    if not access.imports_seen_by(acting_person).filter(pk=found.pk).exists():
        raise NoSuchImport
    waits = ImportStatus(found.status) in (ImportStatus.WAITING, ImportStatus.ASKED)
    if waits and not access.may_decide(acting_person, found):
        raise NotYoursToDecide("You refused this badge before. Somebody else decides on it now.")
    return found


def move(imported: ImportedBadge, new: ImportStatus) -> None:
    """Make a move of the table. Raises `WrongState`."""
    require_move(IMPORT_MOVES, ImportStatus(imported.status), new, what=f"Badge {imported.ref}")
    imported.status = new


def told(event: Event, imported: ImportedBadge, acting_person: Person | None, **data: Any) -> None:
    """Write a line of the journal about a badge; the words of people stay with the badge."""
    facts = {"person": imported.person.ref, "status": imported.status, **data}
    record(event, actor=acting_person, subject=f"import:{imported.ref}", data=facts)


def day_to_decide_by() -> date:
    """The day by which somebody who asks today is answered, in business days of the state."""
    days, holidays = practice_in_force().import_within, directory.business_calendar().holidays
    return business_day_moved(timezone.localdate(), days, holidays)


def sound_text(text: str, *, field: str, missing: str, error: type[UnusableBadge] = UnusableBadge) -> str:
    """What somebody wrote, without what surrounds it. Raises `error` where it is empty or far too long."""
    found = text.strip()
    if not found:
        raise error(missing, fields={field: missing})
    if len(found) > LONGEST_TEXT:
        sentence = f"Say it in at most {LONGEST_TEXT} characters."
        raise error(sentence, fields={field: sentence})
    return found


def _locked(imported: ImportedBadge) -> ImportedBadge:
    return ImportedBadge.objects.select_for_update(of=("self",)).select_related("person").get(pk=imported.pk)
