"""Who may be picked in the demonstration, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from longleaf.demo.enrolling import DOMAIN
from longleaf.demo.script import read_script
from longleaf.directory import queries as directory

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Person, RoleHeld


@dataclass(frozen=True)
class Player:
    """Somebody to be: the person, the roles they hold, and a sentence on what they are in the middle of."""

    person: Person
    roles: tuple[RoleHeld, ...]
    about: str


def cast_of_today() -> list[Player]:
    """Everybody in the script, in its order. Two queries."""
    people = {person.email.partition("@")[0]: person for person in _synthetic()}
    held = list(directory.roles_on().select_related("organisation").order_by("organisation__name"))
    return [
        Player(
            person=people[each.key],
            roles=tuple(role for role in held if role.person_id == people[each.key].pk),
            about=each.about,
        )
        for each in read_script(settings.DEMO_SCRIPT).people
        if each.key in people
    ]


def person_to_be(ref: str) -> Person | None:
    return _synthetic().filter(ref=ref).first()


def _synthetic() -> QuerySet[Person]:
    return directory.everybody(synthetic=True).filter(email__endswith=f"@{DOMAIN}")
