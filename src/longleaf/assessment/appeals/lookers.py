"""Who says whether an appeal is admitted: the nearest circle in which anybody had no part. Asked, never remembered.

The circles are the lead assessors of the issuer, those of the pool that reads for it, those of the pool that the state
names, and the officers of the state's agency. So an appeal never waits for people who may not look at it while
somebody else could. Every question is asked for all appeals at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from longleaf.assessment.models import Appeal, Attempt
from longleaf.assessment.nearness import helpers_of, judges_of_the_work_of
from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.panels.assigning.gathering import conflicts_of


class Circle(StrEnum):
    ISSUER = "the lead assessors of the issuer"
    READING_POOL = "the lead assessors of the pool that reads for the issuer"
    NAMED_POOL = "the lead assessors of the pool that the state names"
    AGENCY = "the officers of the state's agency"


@dataclass(frozen=True)
class Lookers:
    """The circle whose turn it is and the people in it, by key. Without a circle nobody may look at all."""

    circle: Circle | None
    people: frozenset[int]


@dataclass(frozen=True)
class _Asked:
    """An appeal, by keys; each circle with its role and organisation."""

    pk: int
    attempt: int
    earner: int
    circles: tuple[tuple[Circle, Role, int], ...]


MADE = "submission__attempt__micro_credential"


def lookers_of(appeals: Collection[int]) -> Mapping[int, Lookers]:
    """Who may look at each of the appeals, by key, were it waiting now. As many questions for many as for one."""
    asked = _asked(appeals)
    if not asked:
        return {}
    holders = _holders(asked)
    parts = parts_in({each.attempt for each in asked})
    near = _near({person for people in holders.values() for person in people}, asked)
    return {each.pk: _nearest(each, holders, parts, near) for each in asked}


def parts_in(attempts: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Who had a part in each attempt, by keys: its earner, who helped with it, and who judged any round of it or of
    what its teams share."""
    earners = dict(Attempt.objects.filter(pk__in=attempts).values_list("pk", "earner"))
    helpers, judges = helpers_of(attempts), judges_of_the_work_of(attempts)
    return {key: frozenset({earners[key]}) | helpers[key] | judges[key] for key in attempts}


def _nearest(
    asked: _Asked,
    holders: Mapping[tuple[Role, int], frozenset[int]],
    parts: Mapping[int, frozenset[int]],
    near: _Near,
) -> Lookers:
    for circle, role, organisation in asked.circles:
        inside = holders.get((role, organisation), frozenset()) - parts[asked.attempt]
        free = frozenset(person for person in inside if not near.knows(person, asked.earner, organisation))
        if free:
            return Lookers(circle, free)
    return Lookers(None, frozenset())


def _asked(appeals: Collection[int]) -> list[_Asked]:
    rows = Appeal.objects.filter(pk__in=appeals).values_list(
        "pk",
        "submission__attempt",
        "submission__attempt__earner",
        f"{MADE}__issuer",
        f"{MADE}__issuer__pool__read_by",
        f"{MADE}__state__appeal_practice__looked_at_by",
        f"{MADE}__state",
    )
    told = list(rows)
    agencies = directory.agencies_of({row[-1] for row in told})
    return [
        _Asked(pk, attempt, earner, tuple(_circles(issuer, reading, named, agencies.get(state))))
        for pk, attempt, earner, issuer, reading, named, state in told
    ]


def _circles(
    issuer: int, reading: int | None, named: int | None, agency: int | None
) -> Iterator[tuple[Circle, Role, int]]:
    yield Circle.ISSUER, Role.LEAD_ASSESSOR, issuer
    if reading:
        yield Circle.READING_POOL, Role.LEAD_ASSESSOR, reading
    if named:
        yield Circle.NAMED_POOL, Role.LEAD_ASSESSOR, named
    if agency:
        yield Circle.AGENCY, Role.STATE_OFFICER, agency


def _holders(asked: Iterable[_Asked]) -> dict[tuple[Role, int], frozenset[int]]:
    wanted = {(role, organisation) for each in asked for _, role, organisation in each.circles}
    held = directory.holders_of({role for role, _ in wanted}, {organisation for _, organisation in wanted})
    return {(role, organisation): held.get((role, organisation), frozenset()) for role, organisation in wanted}


class _Near:
    """Who declared a conflict with an earner, or works where the earner does: they would know whose work it is."""

    def __init__(self, people: Collection[int], earners: Collection[int], pools: Collection[int]) -> None:
        self.places = directory.places_of({*people, *earners}, since=timezone.localdate())
        self.employers = directory.employers_among(pools)
        self.with_people, self.with_places = conflicts_of(people)

    def knows(self, person: int, earner: int, organisation: int) -> bool:
        at_work = self.places.get(earner, frozenset())
        # Colleagues in the organisation itself do not know whose work it is, unless it employs the earner.
        theirs = at_work if organisation in self.employers else at_work - {organisation}
        return (
            earner in self.with_people.get(person, ())
            or not theirs.isdisjoint(self.with_places.get(person, ()))
            or not theirs.isdisjoint(self.places.get(person, frozenset()))
        )


def _near(people: Collection[int], asked: Collection[_Asked]) -> _Near:
    pools = {organisation for each in asked for _, _, organisation in each.circles}
    return _Near(people, {each.earner for each in asked}, pools)
