"""Sharing a badge: its earner decides who sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.awards import access
from longleaf.awards.errors import MayNotShare, UnknownVisibility
from longleaf.awards.events import Event
from longleaf.awards.issuing import subject_of
from longleaf.awards.models import Award
from longleaf.awards.status import Visibility
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def set_visibility(*, award: Award, visibility: str, acting_person: Person) -> Award:
    """Let everybody, whoever has the link, or nobody else see a badge. The same choice again changes nothing.

    Raises `MayNotShare` for anybody but the earner, `UnknownVisibility` for anything but a `Visibility`.
    """
    locked = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if not access.may_share(acting_person, locked):
        raise MayNotShare
    if visibility not in Visibility.values:
        sentence = "Choose one of the three ways to share a badge."
        raise UnknownVisibility(sentence, fields={"visibility": sentence})
    if locked.visibility == visibility:
        return locked
    before, locked.visibility = locked.visibility, visibility
    locked.save(update_fields=["visibility"])
    data = {"from": before, "to": locked.visibility}
    record(Event.VISIBILITY_SET, actor=acting_person, subject=subject_of(locked), data=data)
    return locked
