"""Synthetic people: educators of every school unit, those who judge, and those whose pages are measured."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.contrib.auth.hashers import make_password

from bench.seeding.catalog import Stage
from bench.seeding.invention import name, reference
from bench.seeding.journal import Line
from bench.seeding.pouring import pour
from bench.seeding.size import LENGTHS, Size
from longleaf.directory.events import Event
from longleaf.directory.models import Person, RoleHeld
from longleaf.directory.status import Role
from longleaf.recognition.models import Licence, LocalValue, OtherCredit

ASSESSORS_OF_AN_ISSUER = 80
LICENSED_AS = ("k5_teacher", "6_12_teacher", "student_services", "administrator")
CREDITS: tuple[tuple[str, str, list[str]], ...] = (
    ("clock_hour", "10", ["literacy"]),
    ("clock_hour", "15", []),
    ("semester_hour", "1", []),
)
BEGAN = date(2021, 8, 1)


@dataclass(frozen=True)
class People:
    """Who is there, by key. Educators have the keys from 1; the lists of workers, holders and readers are counted."""

    educators: range
    workers: Mapping[int, Sequence[int]]
    holders: Mapping[int, Sequence[int]]
    readers: Mapping[int, Sequence[int]]
    assessors: Mapping[int, Sequence[int]]
    leads: Mapping[int, int]
    issuing_officers: Mapping[int, int]


def ref_of(person: int) -> str:
    return reference("P", person, groups=3)


def fill_directory(size: Size, stage: Stage) -> tuple[People, list[Line]]:
    """Write everybody with their roles, licences and other credits; returns who they are, and their journal lines."""
    people, last = _keys(size, stage)
    # Nobody signs in with a password here: the measured have their sessions made for them.
    no_password = make_password(None)
    pour(Person, (_person(pk, no_password) for pk in range(1, last + 1)))
    pour(RoleHeld, _roles(people, stage))
    licensed = [*people.educators, *_of(people.workers), *_of(people.holders)]
    pour(Licence, (_licence(person, stage) for person in licensed))
    pour(OtherCredit, _credits(people))
    pour(LocalValue, _values(stage))
    return people, list(_lines(last))


def _keys(size: Size, stage: Stage) -> tuple[People, int]:
    """Give everybody a key, one after another."""
    free = iter(range(size.educators + 1, 10 * size.educators))
    by_length = [{length: [next(free) for _ in range(many)] for length, many in LENGTHS.items()} for _ in range(3)]
    people = People(
        educators=range(1, size.educators + 1),
        workers=by_length[0],
        holders=by_length[1],
        readers=by_length[2],
        assessors={each.pk: [next(free) for _ in range(ASSESSORS_OF_AN_ISSUER)] for each in stage.issuers},
        leads={each.pk: next(free) for each in stage.issuers},
        issuing_officers={each.pk: next(free) for each in stage.issuers},
    )
    return people, next(free) - 1


def _of(by_length: Mapping[int, Sequence[int]]) -> list[int]:
    return [person for people in by_length.values() for person in people]


def _person(pk: int, no_password: str) -> dict[str, Any]:
    return {
        "id": pk,
        "ref": ref_of(pk),
        "email": f"person-{pk}@people.example",
        "name": name(pk),
        "password": no_password,
        "is_active": True,
        "is_synthetic": True,
        "joined_at": datetime(2021, 8, 1, tzinfo=UTC) + timedelta(minutes=pk),
    }


def _roles(people: People, stage: Stage) -> Iterator[dict[str, Any]]:
    # Few school units are large and many are small.
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(stage.employers))))
    employers = random.Random(7).choices(stage.employers, cum_weights=weights, k=len(people.educators))
    for person, employer in zip(people.educators, employers, strict=True):
        yield _role(person, employer.pk, Role.EDUCATOR)
    for person in [*_of(people.workers), *_of(people.holders)]:
        yield _role(person, stage.employers[person % len(stage.employers)].pk, Role.EDUCATOR)
    for issuer in stage.issuers:
        for person in [*people.assessors[issuer.pk], *_of(people.readers)]:
            yield _role(person, issuer.pk, Role.ASSESSOR)
        yield _role(people.leads[issuer.pk], issuer.pk, Role.LEAD_ASSESSOR)
        # An officer who designs too sees all that the studio shows.
        yield _role(people.issuing_officers[issuer.pk], issuer.pk, Role.ISSUER)
        yield _role(people.issuing_officers[issuer.pk], issuer.pk, Role.DESIGNER)


def _role(person: int, organisation: int, role: Role) -> dict[str, Any]:
    return {"person_id": person, "organisation_id": organisation, "role": role.value, "since": BEGAN}


def _licence(person: int, stage: Stage) -> dict[str, Any]:
    issued = 2022 + person % 4
    return {
        "person_id": person,
        "state_id": stage.state.pk,
        "kind": "CPL",
        "role": LICENSED_AS[person % 20 // 6],
        "issued": date(issued, 7, 1),
        "expires": date(issued + 5, 6, 30),
    }


def _credits(people: People) -> Iterator[dict[str, Any]]:
    """Every third educator has one, those whose ledger is measured as many as they have badges."""
    counted = {person: length for length, persons in people.holders.items() for person in persons}
    for person in [*people.educators[::3], *counted]:
        for number in range(counted.get(person, 1)):
            kind, amount, topics = CREDITS[(person + number) % len(CREDITS)]
            yield {
                "person_id": person,
                "kind": kind,
                "title": f"Workshop {number + 1} of the school unit",
                "amount": Decimal(amount),
                "earned_on": date(2025, 1 + number % 12, 1 + number % 28),
                "topics": topics,
            }


def _values(stage: Stage) -> Iterator[dict[str, Any]]:
    for employer in stage.employers:
        yield {
            "organisation_id": employer.pk,
            "credits_per_effort_hour": Decimal("0.1"),
            "valid_from": date(2021, 7, 1),
            "reason": "Ten hours of effort are one credit.",
        }


def _lines(last: int) -> Iterator[Line]:
    """That each was enrolled. Roles and licences are left out: they would only make the seed take longer."""
    at = datetime(2021, 8, 1, tzinfo=UTC)
    for person in range(1, last + 1):
        yield Line(at, Event.PERSON_ENROLLED, 0, f"person:{ref_of(person)}", {"synthetic": True})
