"""Who may archive a state's badges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_archive(person: Person) -> bool:
    """Whether somebody is a state officer. Every badge of the state is in an archive, so nobody else may."""
    return directory.holds(person, Role.STATE_OFFICER)
