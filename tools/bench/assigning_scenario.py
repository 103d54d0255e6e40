"""A deadline as it may come: 10,000 submissions wait for two readers each, 1,000 assessors may be asked.

Made from one seed, as values; `bench.assigning_seed` writes the same into a database. Here also stand the floor, which
is a random valid assignment, and a checker that knows nothing of how seats are matched.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import mean, pstdev

from longleaf.panels.assigning.vacancies import Rater, Vacancy, by_list

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
PANELS, ASSESSORS, DISTRICTS, RUBRICS = 10_000, 1_000, 115, 60
SEATS = (1, 2)
BANDS = tuple(f"grade_bands:{name}" for name in ("pre-k", "k-2", "3-5", "6-8", "9-12"))
TOPICS = tuple(f"topics:topic-{number}" for number in range(13))
# Keys of people: assessors from 1, authors behind them; keys of districts from 1.
FIRST_AUTHOR = 100_000
# A seat that a few random tries do not fill is looked for among everybody.
TRIES = 50


@dataclass(frozen=True)
class Pair:
    """Who got which seat."""

    panel: int
    seat: int
    person: int


@dataclass(frozen=True)
class Figures:
    """What came of an assignment."""

    seats: int
    filled: int
    broken: int
    mean_load: float
    spread_of_load: float
    most_over_mean: float
    full_match: float


def scenario(*, seed: int = 7, take: float = 1.0) -> tuple[list[Vacancy], list[Rater]]:
    """The waiting panels and the pool, in which everybody takes a share of the usual number of readings."""
    chance = random.Random(seed)
    raters = [_rater(chance, person, take) for person in range(1, ASSESSORS + 1)]
    gates = [frozenset(each.person for each in raters if chance.random() < 0.7) for _ in range(RUBRICS)]
    # Rubrics are about something, so panels of one rubric share their tags.
    abouts = [frozenset({*chance.sample(BANDS, 2), *chance.sample(TOPICS, 2)}) for _ in range(RUBRICS)]
    return [_vacancy(chance, panel, gates, abouts) for panel in range(1, PANELS + 1)], raters


def rubric_of(panel: int) -> int:
    return panel % RUBRICS


def _rater(chance: random.Random, person: int, take: float) -> Rater:
    at_a_time = int(chance.randint(20, 60) * take)
    return Rater(
        person=person,
        at_a_time=at_a_time,
        a_month=at_a_time + chance.randint(0, 20),
        is_away=chance.random() < 0.2,
        languages=frozenset({"en", "es"} if chance.random() < 0.2 else {"en"}),
        qualifications=frozenset({*chance.sample(BANDS, 2), *chance.sample(TOPICS, 4)}),
        places=frozenset({chance.randint(1, DISTRICTS)}),
        conflicts_with_people=frozenset({FIRST_AUTHOR + chance.randint(1, PANELS)}),
        conflicts_with_places=frozenset({chance.randint(1, DISTRICTS)} if chance.random() < 0.1 else ()),
    )


def _vacancy(
    chance: random.Random, panel: int, gates: Sequence[frozenset[int]], abouts: Sequence[frozenset[str]]
) -> Vacancy:
    some = range(1, ASSESSORS + 1)
    return Vacancy(
        panel=panel,
        seats=SEATS,
        due=NOW + timedelta(days=chance.randint(3, 20)),
        language="es" if chance.random() < 0.08 else "en",
        tags=abouts[rubric_of(panel)],
        places=frozenset({chance.randint(1, DISTRICTS)}),
        authors=frozenset({FIRST_AUTHOR + panel}),
        barred=frozenset(chance.sample(some, 1)),
        read_before=frozenset(chance.sample(some, 3) if chance.random() < 0.1 else ()),
        certified=gates[rubric_of(panel)],
    )


def keeps_out(vacancy: Vacancy, rater: Rater) -> bool:
    """Every hard constraint of the scenario, written down apart from the product's rules."""
    return bool(
        rater.is_away
        or rater.status != "active"
        or vacancy.language not in rater.languages
        or (vacancy.certified is not None and rater.person not in vacancy.certified)
        or rater.person in vacancy.barred
        or rater.person in vacancy.read_before
        or rater.person in vacancy.authors
        or vacancy.places & rater.places
        or vacancy.places & rater.conflicts_with_places
        or vacancy.authors & rater.conflicts_with_people
    )


def at_random(vacancies: Iterable[Vacancy], raters: Sequence[Rater], *, seed: int = 11) -> list[Pair]:
    """The floor: for each seat, the most urgent first, anybody valid. What no matching can do without."""
    chance, room = random.Random(seed), {rater.person: rater.room for rater in raters}
    found = []
    for vacancy in sorted(vacancies, key=lambda each: (each.due, each.panel)):
        seated: set[int] = set()
        for seat in vacancy.seats:
            rater = _anybody(vacancy, raters, room, seated, chance)
            if rater is not None:
                seated.add(rater.person)
                room[rater.person] -= 1
                found.append(Pair(vacancy.panel, seat, rater.person))
    return found


def _anybody(
    vacancy: Vacancy, raters: Sequence[Rater], room: Mapping[int, int], seated: set[int], chance: random.Random
) -> Rater | None:
    def may(rater: Rater) -> bool:
        return room[rater.person] > 0 and rater.person not in seated and not keeps_out(vacancy, rater)

    for _ in range(TRIES):
        rater = chance.choice(raters)
        if may(rater):
            return rater
    return next((rater for rater in raters if may(rater)), None)


def figures(pairs: Sequence[Pair], vacancies: Sequence[Vacancy], raters: Sequence[Rater]) -> Figures:
    """Check an assignment and tell how good it is. Load is told relative to what somebody takes at a time."""
    by_panel, by_person = {each.panel: each for each in vacancies}, {each.person: each for each in raters}
    loads = Counter(pair.person for pair in pairs)
    # Nobody can be given anything who is away, so they say nothing about how evenly it was given.
    relative = [loads[each.person] / each.at_a_time for each in raters if not each.is_away]
    full = sum(_knows_all(by_panel[pair.panel], by_person[pair.person]) for pair in pairs)
    return Figures(
        seats=sum(len(each.seats) for each in vacancies),
        filled=len(pairs),
        broken=_broken(pairs, by_panel, by_person, loads),
        mean_load=mean(relative),
        spread_of_load=pstdev(relative),
        most_over_mean=max(relative) / mean(relative),
        full_match=full / len(pairs),
    )


def _knows_all(vacancy: Vacancy, rater: Rater) -> bool:
    return all(codes & rater.qualifications for codes in by_list(vacancy.tags).values())


def _broken(
    pairs: Sequence[Pair],
    by_panel: Mapping[int, Vacancy],
    by_person: Mapping[int, Rater],
    loads: Mapping[int, int],
) -> int:
    seats = Counter((pair.panel, pair.seat) for pair in pairs)
    sitting = Counter((pair.panel, pair.person) for pair in pairs)
    broken = sum(times - 1 for times in (*seats.values(), *sitting.values()))
    broken += sum(pair.seat not in by_panel[pair.panel].seats for pair in pairs)
    broken += sum(keeps_out(by_panel[pair.panel], by_person[pair.person]) for pair in pairs)
    for person, load in loads.items():
        rater = by_person[person]
        broken += rater.under_way + load > rater.at_a_time or rater.asked + load > rater.a_month
    return broken
