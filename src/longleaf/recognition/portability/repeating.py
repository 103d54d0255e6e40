"""A badge from elsewhere that stands for a micro-credential counts once in a cycle: not beside the one that was earned
here in it, nor beside another from elsewhere that stands for the same. What was earned in another cycle takes nothing
from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.awards import queries as awards

if TYPE_CHECKING:
    from longleaf.engines import policy as engine
    from longleaf.recognition.models import ImportedBadge

EARNED_HERE = "The same micro-credential was earned here in this cycle, and it counts once."
BROUGHT_TWICE = "Another badge that was accepted as the same micro-credential counts in this cycle, and it counts once."


class Part(Enum):
    """A time, told by the cycle of a licence."""

    BEFORE = "before"
    WITHIN = "within"
    AFTER = "after"


def is_earned_here(imported: ImportedBadge, micro_credential_id: int, licence: engine.Licence | None) -> bool:
    """Whether its bringer earned a micro-credential here in the cycle in which the badge would count; without a
    licence whenever it was."""
    days = awards.days_earned([imported.person_id]).get((imported.person_id, micro_credential_id), [])
    return _part(earned_on(imported), licence) in {_part(day, licence) for day in days}


def repeats(rows: Iterable[ImportedBadge], licences: Mapping[int, engine.Licence]) -> dict[int, str]:
    """Which of some accepted badges, oldest first, count for nothing beside what else was earned, by their keys: why.

    One query where any stands for a micro-credential.
    """
    standing = [(each, each.ruling.micro_credential_id) for each in rows if each.ruling]
    for_ours = [(each, ours) for each, ours in standing if ours is not None]
    earned = awards.days_earned({each.person_id for each, _ in for_ours}) if for_ours else {}
    counting = {
        (person, ours, _part(day, licences.get(person))): EARNED_HERE
        for (person, ours), days in earned.items()
        for day in days
    }
    found = {}
    for each, ours in for_ours:
        place = (each.person_id, ours, _part(earned_on(each), licences.get(each.person_id)))
        if why := counting.get(place):
            found[each.pk] = why
        counting.setdefault(place, BROUGHT_TWICE)
    return found


def earned_on(imported: ImportedBadge) -> date:
    return imported.earned_on or timezone.localdate(imported.brought_at)


def _part(day: date, licence: engine.Licence | None) -> Part:
    if licence and licence.issued and day < licence.issued:
        return Part.BEFORE
    return Part.AFTER if licence and licence.expires and day > licence.expires else Part.WITHIN
