"""Pools and panels as hypothesis makes them up, and a checker that knows nothing of how seats are matched."""

from __future__ import annotations

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


def _some(of: Sequence[Any], most: int = 2) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(of), max_size=most)


@st.composite
def raters(draw: st.DrawFn, person: int) -> Rater:
    return Rater(
        person=person,
        at_a_time=draw(st.integers(1, 4)),
        a_month=draw(st.integers(1, 5)),
        under_way=draw(st.integers(0, 2)),
        asked=draw(st.integers(0, 3)),
        last_asked=draw(st.none() | st.integers(0, 20).map(lambda days: NOON - timedelta(days=days))),
        status=draw(st.sampled_from(["active", "active", "active", "paused", "without-role"])),
        is_away=draw(st.sampled_from([False, False, False, True])),
        languages=draw(_some(LANGUAGES)) | {"en"},
        qualifications=draw(_some(TAGS, 3)),
        places=draw(_some(PLACES, 1)),
        conflicts_with_people=draw(_some(PEOPLE, 1)),
        conflicts_with_places=draw(_some(PLACES, 1)),
    )


@st.composite
def pools(draw: st.DrawFn) -> list[Rater]:
    people = draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=len(PEOPLE)))
    return [draw(raters(person)) for person in people]


@st.composite
def vacancies(draw: st.DrawFn, panel: int, *, giving_way: bool) -> Vacancy:
    return Vacancy(
        panel=panel,
        seats=tuple(range(1, draw(st.integers(0, 3)) + 1)),
        due=NOON + timedelta(days=draw(st.integers(0, 3))),
        language=draw(st.sampled_from(["", *LANGUAGES])),
        tags=draw(_some(TAGS, 3)),
        places=draw(_some(PLACES, 1)),
        authors=draw(_some(PEOPLE, 1)),
        barred=draw(_some(PEOPLE, 1)),
        asked=draw(_some(PEOPLE, 2)),
        read_before=draw(_some(PEOPLE, 4)) if giving_way else frozenset(),
        read_the_author=draw(_some(PEOPLE, 4)) if giving_way else frozenset(),
        read_by_author=draw(_some(PEOPLE, 1)),
        certified=draw(st.none() | _some(PEOPLE, 6)),
    )


@st.composite
def waiting(draw: st.DrawFn, *, giving_way: bool = False) -> list[Vacancy]:
    many = draw(st.integers(0, 7))
    return [draw(vacancies(panel, giving_way=giving_way)) for panel in range(1, many + 1)]


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
