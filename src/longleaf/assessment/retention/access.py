"""Who may hold work back: state officers of the state's own agency. They read the journal, so no blindness is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.assessment.models import Hold
from longleaf.directory.queries import agency, holds
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_hold(person: Person) -> bool:
    """Whether somebody may set holds, see all of them, and end them."""
    found = agency()
    return found is not None and holds(person, Role.STATE_OFFICER, organisation_id=found.pk)


def holds_for(person: Person) -> QuerySet[Hold]:
    """The filter beside `may_hold`."""
    return Hold.objects.all() if may_hold(person) else Hold.objects.none()
