"""The stage of the demonstration: who is there, and what was begun."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from longleaf.directory import queries as directory

if TYPE_CHECKING:
    from longleaf.assessment.models import Attempt
    from longleaf.directory.models import Person
    from longleaf.directory.status import Role


@dataclass
class Stage:
    """Who is there, by key, and the attempts that were begun."""

    people: dict[str, Person] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    headline: Attempt | None = None

    def with_role(self, role: Role, organisation_id: int) -> Person:
        return directory.people_with(role, organisation_id=organisation_id).order_by("pk")[0]
