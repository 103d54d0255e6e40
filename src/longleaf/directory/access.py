"""Who may change what is told of people."""

from __future__ import annotations

from django.db.models import QuerySet

from longleaf.directory import queries
from longleaf.directory.models import Person
from longleaf.directory.status import Role


def may_change_addresses(actor: Person, person: Person) -> bool:
    """A person's addresses are their own affair."""
    return actor.pk == person.pk


def may_rename(actor: Person, person: Person) -> bool:
    """Whether somebody is an administrator where the person holds a role. Nobody renames themselves: badges say who."""
    if actor.pk == person.pk:
        return False
    here = queries.roles_on().filter(person=person).values("organisation")
    return queries.roles_on().filter(person=actor, role=Role.ADMINISTRATOR, organisation__in=here).exists()


def people_renamed_by(actor: Person) -> QuerySet[Person]:
    """The people that `may_rename` says yes to, by name."""
    here = queries.roles_on().filter(organisation__in=queries.places_where(actor, Role.ADMINISTRATOR))
    return Person.objects.filter(pk__in=here.values("person")).exclude(pk=actor.pk).order_by("name", "pk")
