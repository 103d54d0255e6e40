"""The verbs on the list of names that must not appear. Only its owner's pages ever open it.

It is sealed in the database (AES-256-GCM, under a key derived from the installation's key encryption secret and bound
to the attempt), because its owner must be able to read and mend it, which a list of hashes does not allow. Whoever gets
hold of the database alone learns no name.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import NoNamesFound
from longleaf.assessment.events import Event
from longleaf.assessment.holding import hold, require_open
from longleaf.assessment.models import Attempt, Roster
from longleaf.assessment.privacy.names import names_in
from longleaf.assessment.queries import current_submission
from longleaf.assessment.retention.rows import ROSTERS
from longleaf.assessment.retention.rules import kept_days
from longleaf.assessment.status import OPEN_FOR_WRITING
from longleaf.awards.keys.sealing import CannotOpen, open_with_either, seal
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.directory.models import Person

# A class list of five hundred names has far fewer characters than this.
LONGEST_LIST = 60_000


@transaction.atomic
def keep_roster(*, attempt: Attempt, pasted: str, acting_person: Person) -> list[str]:
    """Keep the names in a list that was typed, pasted or exported, in place of those before. Returns them.

    Raises `NoNamesFound`, and what `holding` raises where the evidence cannot change any more.
    """
    attempt = hold(attempt.pk, acting_person=acting_person)
    require_open(attempt, current_submission(attempt))
    names = names_in(pasted) if len(pasted) <= LONGEST_LIST else []
    if not names:
        raise NoNamesFound(len(pasted), LONGEST_LIST)
    until = timezone.localdate() + timedelta(days=kept_days(attempt.micro_credential.state, ROSTERS))
    sealed = seal(json.dumps(names).encode(), public=_bound_to(attempt), secret=settings.KEY_ENCRYPTION_SECRET)
    Roster.objects.update_or_create(attempt=attempt, defaults={"sealed": sealed, "kept_until": until})
    record(Event.ROSTER_KEPT, actor=acting_person, subject=f"attempt:{attempt.ref}", data={"until": until.isoformat()})
    return names


@transaction.atomic
def forget_roster(*, attempt: Attempt, acting_person: Person) -> None:
    """Forget the list at its owner's wish. Forgetting twice is forgetting once."""
    attempt = hold(attempt.pk, acting_person=acting_person)
    if Roster.objects.filter(attempt=attempt).delete()[0]:
        record(Event.ROSTER_FORGOTTEN, actor=acting_person, subject=f"attempt:{attempt.ref}", data={})


def forget_due_rosters(*, today: date) -> int:
    """Forget every list whose time has run out or whose attempt is over. Returns how many."""
    over = Roster.objects.exclude(attempt__status__in=[*OPEN_FOR_WRITING, "submitted", "in_review"])
    due = Roster.objects.filter(kept_until__lt=today)
    return sum(_forget(each) for each in (over | due).select_related("attempt"))


def names_of(attempt: Attempt) -> list[str]:
    """The names that are kept for an attempt; none where none are, or where they open no more."""
    found = Roster.objects.filter(attempt=attempt).first()
    if found is None:
        return []
    tried = (settings.KEY_ENCRYPTION_SECRET, settings.KEY_ENCRYPTION_SECRET_BEFORE)
    try:
        opened = open_with_either(bytes(found.sealed), public=_bound_to(attempt), tried=tried)
    except CannotOpen:
        # The secret was lost or changed: the owner finds the list empty and enters it anew.
        return []
    names: list[str] = json.loads(opened)
    return names


@transaction.atomic
def _forget(roster: Roster) -> int:
    gone = Roster.objects.filter(pk=roster.pk).delete()[0]
    if gone:
        record(Event.ROSTER_FORGOTTEN, actor=None, subject=f"attempt:{roster.attempt.ref}", data={})
    return gone


def _bound_to(attempt: Attempt) -> str:
    return f"names of {attempt.ref}"
