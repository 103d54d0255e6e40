"""The verb by which somebody says how they want to be reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.reminders.models import HowToTell

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def choose(*, by_mail: bool, acting_person: Person) -> HowToTell:
    """Be told by one mail a day where there is something new, or on the page only."""
    held, _ = HowToTell.objects.update_or_create(person=acting_person, defaults={"by_mail": by_mail})
    return held
