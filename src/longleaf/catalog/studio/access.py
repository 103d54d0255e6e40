"""Who may write a draft, read it and publish it: designers and co-authors write, the issuer's officers publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.catalog.models import Draft, MicroCredential, Need
from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


def may_design(person: Person, issuer: Organisation) -> bool:
    """Whether somebody begins drafts for an organisation."""
    return directory.holds(person, Role.DESIGNER, organisation_id=issuer.pk)


def may_write(person: Person, draft: Draft) -> bool:
    is_designer = directory.holds(person, Role.DESIGNER, organisation_id=draft.issuer_id)
    return is_designer or draft.co_authors.filter(person=person, writes=True).exists()


def may_publish(person: Person, draft: Draft) -> bool:
    return directory.holds(person, Role.ISSUER, organisation_id=draft.issuer_id)


def may_retire(person: Person, micro_credential: MicroCredential) -> bool:
    return directory.holds(person, Role.ISSUER, organisation_id=micro_credential.issuer_id)


def drafts_read_by(person: Person) -> QuerySet[Draft]:
    """The drafts that somebody writes, was asked to read, or may publish."""
    places = directory.places_where(person, Role.DESIGNER, Role.ISSUER)
    # Not joined, or a draft would be listed once for each of its authors.
    shared = Draft.objects.filter(co_authors__person=person).values("pk")
    return Draft.objects.filter(Q(issuer__in=places) | Q(pk__in=shared))


def needs_read_by(person: Person) -> QuerySet[Need]:
    """The needs that organisations have written down for which somebody designs."""
    return Need.objects.filter(issuer__in=directory.places_where(person, Role.DESIGNER))
