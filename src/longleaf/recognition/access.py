"""Who may see a ledger, record a credit and set a value: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.directory.models import Organisation, Person


def may_see_ledger(viewer: Person, educator: Person) -> bool:
    """Educators see their own; licensure officers see those of the educators of their school unit."""
    return viewer.pk == educator.pk or educators_seen_by(viewer).filter(pk=educator.pk).exists()


def educators_seen_by(viewer: Person) -> QuerySet[Person]:
    """The educators whose ledgers a licensure officer may open."""
    offices = directory.organisations_where(viewer, Role.PSU_OFFICER)
    return directory.people_holding(Role.EDUCATOR, organisations=offices)


def may_record_for(viewer: Person, educator: Person) -> bool:
    """Only the employer records; nobody records for themselves."""
    return viewer.pk != educator.pk and educators_seen_by(viewer).filter(pk=educator.pk).exists()


def may_set_values(viewer: Person, organisation: Organisation) -> bool:
    return directory.holds(viewer, Role.PSU_OFFICER, organisation_id=organisation.pk)


def organisations_valued_by(viewer: Person) -> QuerySet[Organisation]:
    """The school units for which somebody may say what a micro-credential is worth."""
    return directory.organisations_where(viewer, Role.PSU_OFFICER)
