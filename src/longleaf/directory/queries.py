"""Reads of people, organisations and roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from longleaf.directory.events import Event
from longleaf.directory.models import Organisation, Person, RoleHeld, State
from longleaf.directory.status import EMPLOYERS, JUDGING, OrganisationKind, Role
from longleaf.journal import queries as journal
from longleaf.kit import keeping

NAMES_AT_ONCE = 1000
LONG_LISTS = ("glossary", "sources", "consent_forms", "model_policy")


def current_state() -> State | None:
    """The state that gives this installation its words and colours, or None before its pack is loaded.

    Every page asks for it, so it is kept between decisions, and its long lists are read when they are looked at.
    """
    return keeping.as_decided(
        "state",
        make=lambda: State.objects.filter(pk=settings.STATE).defer(*LONG_LISTS).first(),
    )


def agency() -> Organisation | None:
    """The agency of the state whose installation this is, or None where its pack names none."""
    state = current_state()
    if state is None or not state.agency_code:
        return None
    return organisations_by_code(state.code, [state.agency_code]).get(state.agency_code)


@dataclass(frozen=True)
class BusinessCalendar:
    """The days of a state: its time zone, and the holidays on which no clock runs."""

    zone: tzinfo
    holidays: frozenset[date]


def business_calendar() -> BusinessCalendar:
    """That of the state whose installation this is; before its pack is loaded, every weekday is a business day."""
    state = current_state()
    if state is None:
        return BusinessCalendar(timezone.get_current_timezone(), frozenset())
    holidays = frozenset(date.fromisoformat(day) for day in state.holidays)
    return BusinessCalendar(ZoneInfo(state.time_zone), holidays)


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


def holders_of(roles: Iterable[Role], organisations: Iterable[int]) -> dict[tuple[Role, int], frozenset[int]]:
    """The keys of the active people who hold each role today in each organisation, by role and its key. One query."""
    rows = roles_on().filter(role__in=list(roles), organisation__in=list(organisations), person__is_active=True)
    found: dict[tuple[Role, int], set[int]] = {}
    for role, organisation, person in rows.values_list("role", "organisation", "person"):
        found.setdefault((Role(role), organisation), set()).add(person)
    return {where: frozenset(people) for where, people in found.items()}


def agencies_of(states: Iterable[str]) -> dict[str, int]:
    """The key of each state's agency, by the code of the state; states without one are left out."""
    rows = Organisation.objects.filter(state__in=list(states), code=F("state__agency_code"))
    return dict(rows.values_list("state", "pk"))


def places_of(people: Iterable[int], *, since: date) -> dict[int, frozenset[int]]:
    """Where each of the people, by key, holds a role or held one on any day since a day: keys of organisations, each
    with the one that runs it. One query; people without any are left out."""
    held = RoleHeld.objects.filter(Q(until__isnull=True) | Q(until__gte=since), since__lte=timezone.localdate())
    rows = held.filter(person__in=people).values_list("person", "organisation", "organisation__parent")
    found: dict[int, set[int]] = {}
    for person, organisation, parent in rows:
        found.setdefault(person, set()).update(_place(organisation, parent))
    return {person: frozenset(places) for person, places in found.items()}


def places_and_ties_of(
    people: Iterable[int], *, since: date, pool: int
) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """The same, and beside it without places where somebody only judges for a pool, by its key. One query."""
    held = RoleHeld.objects.filter(Q(until__isnull=True) | Q(until__gte=since), since__lte=timezone.localdate())
    rows = held.filter(person__in=people).values_list("person", "role", "organisation", "organisation__parent")
    places: dict[int, set[int]] = {}
    ties: dict[int, set[int]] = {}
    for person, role, organisation, parent in rows:
        places.setdefault(person, set()).update(_place(organisation, parent))
        if organisation != pool or role not in JUDGING:
            ties.setdefault(person, set()).update(_place(organisation, parent))
    return _frozen(places), _frozen(ties)


def _frozen(found: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    return {person: frozenset(places) for person, places in found.items()}


def with_those_who_run_them(organisations: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each organisation, by key, with itself and the one that runs it, such as a school with its district."""
    rows = Organisation.objects.filter(pk__in=organisations).values_list("pk", "parent")
    return {pk: _place(pk, parent) for pk, parent in rows}


def _place(organisation: int, run_by: int | None) -> frozenset[int]:
    return frozenset({organisation, run_by} if run_by else {organisation})


def employers_among(organisations: Iterable[int]) -> frozenset[int]:
    """Those of the organisations, by key, that employ educators."""
    found = Organisation.objects.filter(pk__in=organisations, kind__in=EMPLOYERS)
    return frozenset(found.values_list("pk", flat=True))


def keys_of(refs: Iterable[str]) -> dict[str, int]:
    """The keys of people by their references."""
    return dict(Person.objects.filter(ref__in=refs).values_list("ref", "pk"))


def people_by_key(people: Iterable[int]) -> dict[int, Person]:
    """People by their keys."""
    return {person.pk: person for person in Person.objects.filter(pk__in=set(people))}


def organisations_to_choose() -> QuerySet[Organisation]:
    """The organisations of this installation's state, by name."""
    return Organisation.objects.filter(state_id=settings.STATE).order_by("name")


def refs_of(people: Iterable[int]) -> dict[int, str]:
    """The references of people by their keys."""
    return dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "ref"))


def everybody(*, synthetic: bool) -> QuerySet[Person]:
    """The people who are synthetic, or those who are not, in the order in which they were enrolled."""
    return Person.objects.filter(is_synthetic=synthetic).order_by("pk")


def employer_of(person: Person) -> Organisation | None:
    """The district or charter school in which somebody is an educator today, also by way of one of its schools; the
    newest where there are several."""
    held = [
        (each.since, each.pk, employer)
        for each in roles_of(person)
        if each.role == Role.EDUCATOR and (employer := employer_that_is(each.organisation))
    ]
    newest = max(held, key=lambda each: each[:2], default=None)
    return newest[2] if newest else None


def newest_workplace(person: OuterRef) -> QuerySet[RoleHeld, Any]:
    """For a query of people's work: the key of the organisation in which somebody is an educator today, the one that
    runs it where it is a school; the newest where there are several."""
    held = roles_on().filter(person=person, role=Role.EDUCATOR).order_by("-since", "-pk")
    return held.annotate(run_by=Coalesce("organisation__parent", "organisation")).values_list("run_by", flat=True)[:1]


def organisations_by_key(organisations: Iterable[int]) -> dict[int, Organisation]:
    """Organisations by their keys. One query."""
    return Organisation.objects.in_bulk(list(organisations))


@dataclass(frozen=True)
class Employment:
    """That somebody is or was an educator of an employer, from a day through another; None where it goes on.

    `place` is the employer itself or the school of it in which the educator works.
    """

    employer: Organisation
    since: date
    until: date | None
    place: Organisation

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def employments_of(people: Iterable[int]) -> dict[int, tuple[Employment, ...]]:
    """Every employment of each of the people, by key, the newest first; people without any are left out. One query."""
    held = RoleHeld.objects.filter(person__in=set(people), role=Role.EDUCATOR)
    found: dict[int, list[Employment]] = {}
    for each in held.select_related("organisation__parent").order_by("-since", "-pk"):
        if employer := employer_that_is(each.organisation):
            found.setdefault(each.person_id, []).append(Employment(employer, each.since, each.until, each.organisation))
    return {person: tuple(employments) for person, employments in found.items()}


def with_their_schools(organisations: Iterable[int]) -> QuerySet[Organisation]:
    """Organisations, by their keys, and the schools that they run."""
    keys = set(organisations)
    return Organisation.objects.filter(Q(pk__in=keys) | Q(parent__in=keys))


def employers() -> QuerySet[Organisation]:
    """The school units of this installation's state that employ educators, by name."""
    return organisations_to_choose().filter(kind__in=EMPLOYERS)


def employer_that_is(organisation: Organisation) -> Organisation | None:
    """Whoever employs those who work in an organisation: itself, or the one that runs the school; None for others."""
    run_by = organisation.parent if organisation.kind == OrganisationKind.SCHOOL else organisation
    return run_by if run_by and run_by.kind in EMPLOYERS else None


def workplaces_of(person: Person) -> QuerySet[Organisation]:
    """Where somebody is an educator today, with whoever runs it: the school and its district."""
    here = places_where(person, Role.EDUCATOR)
    return Organisation.objects.filter(Q(pk__in=here) | Q(schools__in=here)).distinct()


def colleagues_of(person: Person) -> QuerySet[Person]:
    """Everybody who holds any role today in an organisation where this person holds one, the person included."""
    here = roles_on().filter(person=person).values("organisation")
    return Person.objects.filter(pk__in=roles_on().filter(organisation__in=here).values("person"))


def organisations_by_code(state_code: str, codes: Iterable[str] | None = None) -> dict[str, Organisation]:
    """Organisations of a state by their code; all of them unless codes are given."""
    found = Organisation.objects.filter(state_id=state_code)
    return {each.code: each for each in (found.filter(code__in=codes) if codes is not None else found)}


def verified_addresses(person: Person) -> list[str]:
    """The addresses at which a person was reached, in small letters, the one to sign in with first."""
    further = EmailAddress.objects.filter(user=person, verified=True).order_by("pk").values_list("email", flat=True)
    return list(dict.fromkeys(address.lower() for address in (person.email, *further)))


def badge_address(person: Person) -> str:
    """The address, in small letters, whose hash goes into a person's new badges."""
    return (person.badge_address or person.email).lower()


def people_named(names: Iterable[str]) -> dict[str, Person]:
    """Whom a list means by each address or reference, by what was given in small letters; others are left out.

    An address is any that the person has verified or signs in with. Three questions to the database for each thousand.
    """
    wanted, found = sorted({name.strip().lower() for name in names} - {""}), dict[str, Person]()
    for start in range(0, len(wanted), NAMES_AT_ONCE):
        found |= _people_named(wanted[start : start + NAMES_AT_ONCE])
    return found


def _people_named(names: list[str]) -> dict[str, Person]:
    further = EmailAddress.objects.filter(verified=True, email__in=names).select_related("user")
    by_reference = Person.objects.filter(ref__in=[name.upper() for name in names])
    by_sign_in = Person.objects.annotate(small=Lower("email")).filter(small__in=names)
    # Whoever signs in with an address comes last and so goes before anybody else.
    return {
        **{person.ref.lower(): person for person in by_reference},
        **{address.email.lower(): address.user for address in further},
        **{person.email.lower(): person for person in by_sign_in},
    }


@dataclass(frozen=True)
class Renaming:
    """When a name was changed, by whom ("" for the system itself) and why."""

    at: datetime
    by: str
    reason: str


def latest_renaming(person: Person) -> Renaming | None:
    """The latest change of a person's name, as the journal tells it; None where it was never changed."""
    line = journal.lines_about(f"person:{person.ref}").filter(event=Event.PERSON_RENAMED).last()
    return Renaming(line.at, line.actor_name if line.actor else "", line.data.get("reason", "")) if line else None
