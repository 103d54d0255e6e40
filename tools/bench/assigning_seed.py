"""The scenario of `bench.assigning_scenario`, written into a database of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from bench.assigning_scenario import DISTRICTS, FIRST_AUTHOR, NOW, rubric_of
from bench.seeding.invention import name, reference
from bench.seeding.pouring import count_on, empty, in_a_hurry, pour
from longleaf.directory.models import Organisation, Person, RoleHeld, State
from longleaf.directory.status import OrganisationKind, Role
from longleaf.panels.assigning.vacancies import Rater, Vacancy
from longleaf.panels.models import (
    Absence,
    Assessor,
    Author,
    DeclaredConflict,
    Panel,
    PoolMember,
    Qualification,
    RubricText,
    SpokenLanguage,
)

# The organisation that runs the pool; districts come before it.
POOL = DISTRICTS + 1
SINCE = date(2020, 8, 1)
KIND = "bench"


def fill(vacancies: Sequence[Vacancy], raters: Sequence[Rater]) -> None:
    """Write everybody and everything. Gates are left out: who is certified is for `panels.certification` to say."""
    empty()
    call_command("migrate", verbosity=0)
    with in_a_hurry():
        pour(State, [{"code": "nc", "name": "Bench", "time_zone": "America/New_York"}])
        pour(Organisation, map(_organisation, range(1, POOL + 1)))
        people = [each.person for each in raters] + [FIRST_AUTHOR + each.panel for each in vacancies]
        pour(Person, map(_person, people))
        pour(RoleHeld, _roles(vacancies, raters))
        _pool(raters)
        pour(
            RubricText,
            ({"digest": _digest(number), "document": {}} for number in {rubric_of(v.panel) for v in vacancies}),
        )
        pour(Panel, map(_panel, vacancies))
        pour(Author, ({"panel_id": each.panel, "person_id": FIRST_AUTHOR + each.panel} for each in vacancies))
    count_on()


def _pool(raters: Sequence[Rater]) -> None:
    today = timezone.localdate()
    pour(Assessor, ({"person_id": r.person, "at_a_time": r.at_a_time, "a_month": r.a_month} for r in raters))
    pour(SpokenLanguage, ({"assessor_id": r.person, "code": code} for r in raters for code in sorted(r.languages)))
    pour(Qualification, ({"assessor_id": r.person, "code": code} for r in raters for code in sorted(r.qualifications)))
    away = (r for r in raters if r.is_away)
    pour(Absence, ({"assessor_id": r.person, "begins": today, "ends": today + timedelta(days=30)} for r in away))
    pour(DeclaredConflict, _conflicts(raters))
    members = ({"pool_id": POOL, "assessor_id": r.person, "status": r.status, "since": SINCE} for r in raters)
    pour(PoolMember, members)


def _conflicts(raters: Iterable[Rater]) -> Iterator[dict[str, Any]]:
    told = {"reason": "Invented.", "declared_at": NOW}
    for rater in raters:
        for person in rater.conflicts_with_people:
            yield {"assessor_id": rater.person, "address": _address(person), "organisation_id": None, **told}
        for place in rater.conflicts_with_places:
            yield {"assessor_id": rater.person, "address": "", "organisation_id": place, **told}


def _roles(vacancies: Iterable[Vacancy], raters: Iterable[Rater]) -> Iterator[dict[str, Any]]:
    for rater in raters:
        yield _role(rater.person, POOL, Role.ASSESSOR)
        for place in rater.places:
            yield _role(rater.person, place, Role.EDUCATOR)
    for vacancy in vacancies:
        for place in vacancy.places:
            yield _role(FIRST_AUTHOR + vacancy.panel, place, Role.EDUCATOR)


def _role(person: int, organisation: int, role: Role) -> dict[str, Any]:
    return {"person_id": person, "organisation_id": organisation, "role": role.value, "since": SINCE}


def _organisation(key: int) -> dict[str, Any]:
    kind = OrganisationKind.STATE_AGENCY if key == POOL else OrganisationKind.DISTRICT
    return {
        "id": key,
        "state_id": "nc",
        "code": f"O{key}",
        "slug": f"organisation-{key}",
        "kind": kind.value,
        "name": f"Organisation {key}",
        "standing": "synthetic",
    }


def _person(key: int) -> dict[str, Any]:
    return {
        "id": key,
        "ref": _ref(key),
        "email": _address(key),
        "name": name(key),
        "password": "!",
        "is_synthetic": True,
        "joined_at": NOW,
    }


def _panel(vacancy: Vacancy) -> dict[str, Any]:
    return {
        "id": vacancy.panel,
        "ref": reference("PAN", vacancy.panel),
        "kind": KIND,
        "subject": reference("SUB", vacancy.panel),
        "pool_id": POOL,
        "rubric_id": _digest(rubric_of(vacancy.panel)),
        "rule": {"readers": len(vacancy.seats)},
        "barred_people": [_ref(person) for person in vacancy.barred],
        "read_before": [_ref(person) for person in vacancy.read_before],
        "language": vacancy.language,
        "tags": sorted(vacancy.tags),
        "seats": len(vacancy.seats),
        "status": "open",
        "convened_at": NOW,
        "due_at": vacancy.due,
    }


def _digest(rubric: int) -> str:
    return f"{rubric:064x}"


def _ref(person: int) -> str:
    return reference("P", person, groups=3)


def _address(person: int) -> str:
    return f"person-{person}@people.example"
