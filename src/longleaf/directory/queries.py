"""Reads of people, organisations and roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from longleaf.directory.models import Organisation, Person, RoleHeld, State
from longleaf.directory.status import EMPLOYERS, Role
from longleaf.kit import keeping


def current_state() -> State | None:
    """The state that gives this installation its words and colours, or None before its pack is loaded.

    Every page asks for it, so it is kept between decisions, and its long lists are read when they are looked at.
    """
    return keeping.as_decided(
        "state", make=lambda: State.objects.filter(pk=settings.STATE).defer("glossary", "sources").first()
    )


def roles_on(day: date | None = None) -> QuerySet[RoleHeld]:
    """Every role held on a day (today unless told)."""
    day = day or timezone.localdate()
    return RoleHeld.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def roles_of(person: Person) -> Sequence[RoleHeld]:
    """The roles that a person holds today, with their organisations, in one query at most."""

    def held() -> Sequence[RoleHeld]:
        found = roles_on().filter(person=person).select_related("organisation")
        return tuple(found.order_by("organisation__name", "role"))

    return keeping.as_decided("roles", person.pk, make=held)


def holds(person: Person, role: Role, *, organisation_id: int | None = None) -> bool:
    """Whether a person holds a role today, in one organisation or in any."""
    if not person.is_authenticated:
        return False
    return any(
        held.role == role and (not organisation_id or held.organisation_id == organisation_id)
        for held in roles_of(person)
    )


def places_where(person: Person, *roles: Role) -> frozenset[int]:
    """Keys of the organisations in which a person holds any of the roles today."""
    return frozenset(held.organisation_id for held in roles_of(person) if held.role in roles)


def organisations_where(person: Person, *roles: Role) -> QuerySet[Organisation]:
    """The organisations in which a person holds any of the roles today."""
    return Organisation.objects.filter(pk__in=places_where(person, *roles))


def people_with(role: Role, *, organisation_id: int) -> QuerySet[Person]:
    """The active people who hold a role in an organisation today."""
    held = roles_on().filter(role=role, organisation_id=organisation_id)
    return Person.objects.filter(is_active=True, pk__in=held.values("person"))


def people_holding(role: Role, *, organisations: QuerySet[Organisation]) -> QuerySet[Person]:
    """The active people who hold a role today in any of the organisations."""
    held = roles_on().filter(role=role, organisation__in=organisations)
    return Person.objects.filter(is_active=True, pk__in=held.values("person"))


def everybody(*, synthetic: bool) -> QuerySet[Person]:
    """The people who are synthetic, or those who are not, in the order in which they were enrolled."""
    return Person.objects.filter(is_synthetic=synthetic).order_by("pk")


def employer_of(person: Person) -> Organisation | None:
    """The district or charter school in which somebody is an educator today; the newest where there are several."""
    held = [each for each in roles_of(person) if each.role == Role.EDUCATOR and each.organisation.kind in EMPLOYERS]
    newest = max(held, key=lambda each: (each.since, each.pk), default=None)
    return newest.organisation if newest else None


def colleagues_of(person: Person) -> QuerySet[Person]:
    """Everybody who holds any role today in an organisation where this person holds one, the person included."""
    here = roles_on().filter(person=person).values("organisation")
    return Person.objects.filter(pk__in=roles_on().filter(organisation__in=here).values("person"))


def organisations_by_code(state_code: str, codes: Iterable[str] | None = None) -> dict[str, Organisation]:
    """Organisations of a state by their code; all of them unless codes are given."""
    found = Organisation.objects.filter(state_id=state_code)
    return {each.code: each for each in (found.filter(code__in=codes) if codes is not None else found)}
