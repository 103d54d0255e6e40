"""Who may decide on quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


def may_decide(person: Person, organisation: Organisation) -> bool:
    """Officers of the deciding organisation, while they are that."""
    return directory.holds(person, Role.STATE_OFFICER, organisation_id=organisation.pk)
