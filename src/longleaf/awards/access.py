"""Who may do what with badges: a yes/no and a filter, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from longleaf.awards.models import Award, BulkAward
from longleaf.awards.status import Visibility
from longleaf.directory import queries as directory
from longleaf.directory.status import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from longleaf.directory.models import Organisation, Person

    Reader = Person | AnonymousUser

KEY_KEEPERS = (Role.ISSUER, Role.ADMINISTRATOR)


def may_see(reader: Reader, award: Award) -> bool:
    """Whether a reader who has the link may open a badge. A private one is its earner's alone."""
    return award.visibility != Visibility.PRIVATE or is_earner(reader, award)


def awards_visible_to(reader: Reader) -> QuerySet[Award]:
    """The badges that `may_see` says yes to."""
    open_to_all = ~Q(visibility=Visibility.PRIVATE)
    if not reader.is_authenticated:
        return Award.objects.filter(open_to_all)
    return Award.objects.filter(open_to_all | Q(earner_id=reader.pk))


def is_earner(reader: Reader, award: Award) -> bool:
    return reader.is_authenticated and award.earner_id == reader.pk


def may_share(reader: Reader, award: Award) -> bool:
    """Whether somebody decides who sees a badge: its earner, nobody else."""
    return is_earner(reader, award)


def may_revoke(reader: Reader, award: Award) -> bool:
    """Whether somebody is an issuing officer of the organisation that issued the badge."""
    return reader.is_authenticated and directory.holds(reader, Role.ISSUER, organisation_id=award.issuer_id)


def awards_revocable_by(reader: Reader) -> QuerySet[Award]:
    """The badges that `may_revoke` says yes to."""
    if not reader.is_authenticated:
        return Award.objects.none()
    # Asked for first: with a subquery in its place SQLite sorts every award of the issuer instead of walking the index.
    offices = list(issuing_organisations_of(reader).values_list("pk", flat=True))
    return Award.objects.filter(issuer__in=offices)


def issuing_organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations in which a person is an issuing officer today."""
    return directory.organisations_where(person, Role.ISSUER)


def may_award(person: Person, organisation: Organisation) -> bool:
    """Whether somebody is an issuing officer of an organisation, and so may award what it judged elsewhere."""
    return directory.holds(person, Role.ISSUER, organisation_id=organisation.pk)


def bulk_awards_of(person: Person) -> QuerySet[BulkAward]:
    """The lists that `may_award` says yes to."""
    return BulkAward.objects.filter(issuer__in=list(issuing_organisations_of(person).values_list("pk", flat=True)))


def may_manage_keys(person: Person, organisation: Organisation) -> bool:
    """Whether somebody is an issuing officer or an administrator of an organisation."""
    return any(directory.holds(person, role, organisation_id=organisation.pk) for role in KEY_KEEPERS)


def key_keeping_organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations that `may_manage_keys` says yes to."""
    return directory.organisations_where(person, *KEY_KEEPERS)
