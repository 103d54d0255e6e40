"""The name that badges carry: changed by those who answer for it, because a badge says whose it is."""

from __future__ import annotations

from django.db import transaction

from longleaf.directory import access
from longleaf.directory.errors import MayNotRename, RenamingNeedsReason, UnusableName
from longleaf.directory.events import Event
from longleaf.directory.models import Person
from longleaf.journal.recording import record

LONGEST_NAME = 200
LONGEST_REASON = 300


@transaction.atomic
def rename(*, person: Person, name: str, reason: str = "", acting_person: Person | None) -> Person:
    """Change a person's name. The same name again changes nothing.

    `reason` is kept in the journal, which holds no name, and told to the person. `acting_person` None is the command
    line, which may leave it out. Badges that are issued already keep the old name until their earner has them reissued.
    Raises `MayNotRename`, `UnusableName`, `RenamingNeedsReason`.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if acting_person is not None and not access.may_rename(acting_person, locked):
        raise MayNotRename
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > LONGEST_NAME or not wanted.isprintable():
        sentence = f"A name has between 1 and {LONGEST_NAME} letters."
        raise UnusableName(sentence, fields={"name": sentence})
    why = reason.strip()
    if len(why) > LONGEST_REASON or (acting_person is not None and not why):
        raise RenamingNeedsReason(LONGEST_REASON)
    if wanted == locked.name:
        return locked
    locked.name = wanted
    locked.save(update_fields=["name"])
    record(
        Event.PERSON_RENAMED, actor=acting_person, subject=f"person:{locked.ref}", data={"reason": why} if why else {}
    )
    return locked
