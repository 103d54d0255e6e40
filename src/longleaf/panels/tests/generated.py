"""Pools and panels that are made up from a number, and a checker that knows nothing of how seats are matched."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from longleaf.panels.assigning.matching import Match
from longleaf.panels.assigning.vacancies import Rater, Vacancy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE, PLACES = range(1, 9), range(101, 104)
LANGUAGES = ("en", "es")
TAGS = ("topics:a", "topics:b", "grade_bands:c", "grade_bands:d")


def pools() -> st.SearchStrategy[list[Rater]]:
    """Up to eight assessors. Made by Python's own chance: drawing each fact by itself takes a second for ten pools."""
    return st.integers(0, 2**32).map(lambda seed: _pool(random.Random(seed)))


def raters(person: int) -> st.SearchStrategy[Rater]:
    return st.integers(0, 2**32).map(lambda seed: _rater(random.Random(seed), person))


def waiting(*, giving_way: bool = False) -> st.SearchStrategy[list[Vacancy]]:
    """Up to seven panels; rules that give way are looked at only where asked for."""
    return st.integers(0, 2**32).map(lambda seed: _waiting(random.Random(seed), giving_way))


def _pool(chance: random.Random) -> list[Rater]:
    people = chance.sample(PEOPLE, chance.randint(0, len(PEOPLE)))
    return [_rater(chance, person) for person in people]


def _some(chance: random.Random, of: Sequence[Any], most: int) -> frozenset[Any]:
    return frozenset(chance.sample(of, chance.randint(0, most)))


def _rater(chance: random.Random, person: int) -> Rater:
    return Rater(
        person=person,
        at_a_time=chance.randint(1, 4),
        a_month=chance.randint(1, 5),
        under_way=chance.randint(0, 2),
        asked=chance.randint(0, 3),
        last_asked=chance.choice([None, NOON - timedelta(days=chance.randint(0, 20))]),
        status=chance.choice(["active", "active", "active", "paused", "without-role"]),
        is_away=chance.randint(1, 5) == 1,
        languages=_some(chance, LANGUAGES, 2) | {"en"},
        qualifications=_some(chance, TAGS, 3),
        places=_some(chance, PLACES, 1),
        conflicts_with_people=_some(chance, PEOPLE, 1),
        conflicts_with_places=_some(chance, PLACES, 1),
    )


def _vacancy(chance: random.Random, panel: int, giving_way: bool) -> Vacancy:
    return Vacancy(
        panel=panel,
        seats=tuple(range(1, chance.randint(0, 3) + 1)),
        due=NOON + timedelta(days=chance.randint(0, 3)),
        language=chance.choice(["", *LANGUAGES]),
        tags=_some(chance, TAGS, 3),
        places=_some(chance, PLACES, 1),
        authors=_some(chance, PEOPLE, 1),
        barred=_some(chance, PEOPLE, 1),
        asked=_some(chance, PEOPLE, 2),
        read_before=_some(chance, PEOPLE, 4) if giving_way else frozenset(),
        read_the_author=_some(chance, PEOPLE, 4) if giving_way else frozenset(),
        read_by_author=_some(chance, PEOPLE, 1),
        certified=chance.choice([None, _some(chance, PEOPLE, 6)]),
    )


def _waiting(chance: random.Random, giving_way: bool) -> list[Vacancy]:
    return [_vacancy(chance, panel, giving_way) for panel in range(1, chance.randint(0, 7) + 1)]


def keeps_out(vacancy: Vacancy, rater: Rater) -> bool:
    """Whether a rule that never gives way keeps somebody out; written once more, apart from the rules themselves."""
    return any(
        (
            rater.status != "active",
            rater.is_away,
            rater.under_way >= rater.at_a_time,
            rater.asked >= rater.a_month,
            vacancy.language not in {"", *rater.languages},
            vacancy.certified is not None and rater.person not in vacancy.certified,
            rater.person in vacancy.authors | vacancy.barred | vacancy.asked | vacancy.read_by_author,
            vacancy.places & rater.places,
            vacancy.authors & rater.conflicts_with_people,
            vacancy.places & rater.conflicts_with_places,
        )
    )


def broken_by(matches: Sequence[Match], panels: Sequence[Vacancy], pool: Sequence[Rater]) -> list[str]:
    """Every way in which matches break what must hold; none means that they hold."""
    by_panel = {each.panel: each for each in panels}
    by_person = {each.person: each for each in pool}
    seats = Counter((each.panel, each.seat) for each in matches)
    pairs = Counter((each.panel, each.rater.person) for each in matches)
    loads = Counter(each.rater.person for each in matches)
    broken = [f"seat {seat} is given twice" for seat, times in seats.items() if times > 1]
    broken += [f"{pair} sits twice" for pair, times in pairs.items() if times > 1]
    broken += [f"seat {seat} is not free" for (panel, seat) in seats if seat not in by_panel[panel].seats]
    for person, load in loads.items():
        rater = by_person[person]
        if rater.under_way + load > rater.at_a_time or rater.asked + load > rater.a_month:
            broken.append(f"{person} has more than they take")
    broken += [
        f"{person} is kept out of {panel}" for panel, person in pairs if keeps_out(by_panel[panel], by_person[person])
    ]
    return broken


def most_seats(panels: Sequence[Vacancy], pool: Sequence[Rater]) -> int:
    """The greatest number of seats that can be filled at all, by growing a flow one path at a time."""
    held: dict[int, set[int]] = {rater.person: set() for rater in pool}
    rooms = {rater.person: rater.room for rater in pool}
    able = {vacancy.panel: {rater.person for rater in pool if not keeps_out(vacancy, rater)} for vacancy in panels}

    def grow(panel: int, seen: set[int]) -> bool:
        for person in able[panel]:
            if person in seen or panel in held[person]:
                continue
            seen.add(person)
            if len(held[person]) < rooms[person]:
                held[person].add(panel)
                return True
            for other in list(held[person]):
                if other != panel and grow(other, seen):
                    held[person].remove(other)
                    held[person].add(panel)
                    return True
        return False

    return sum(grow(vacancy.panel, set()) for vacancy in panels for _ in vacancy.seats)
