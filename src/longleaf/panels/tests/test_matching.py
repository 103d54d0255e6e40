"""Laws of matching seats to assessors, over pools that are made up."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from longleaf.panels.assigning import barring
from longleaf.panels.assigning.matching import Match, match
from longleaf.panels.assigning.vacancies import Rater, Vacancy
from longleaf.panels.assigning.weighing import cost
from longleaf.panels.pool.rules import DEFAULTS, PoolRules
from longleaf.panels.tests import generated
from longleaf.panels.tests.generated import NOON, broken_by, most_seats

LAW = settings(max_examples=300, deadline=None)
WEIGHTS = st.builds(
    PoolRules,
    weight_of_expertise=st.integers(0, 5),
    weight_of_load=st.integers(0, 5),
    weight_of_month=st.integers(0, 5),
)


def told(matches: list[Match]) -> list[tuple[int, int, int]]:
    return [(each.panel, each.seat, each.rater.person) for each in matches]


@LAW
@given(generated.waiting(giving_way=True), generated.pools(), WEIGHTS)
def test_no_rule_is_ever_broken_and_nobody_has_more_than_they_take(
    panels: list[Vacancy], pool: list[Rater], rules: PoolRules
) -> None:
    assert broken_by(match(panels, pool, rules=rules), panels, pool) == []


@LAW
@given(generated.waiting(), generated.pools(), WEIGHTS)
def test_as_many_seats_are_filled_as_can_be(panels: list[Vacancy], pool: list[Rater], rules: PoolRules) -> None:
    assert len(match(panels, pool, rules=rules)) == most_seats(panels, pool)


@LAW
@given(generated.waiting(), generated.pools(), st.data())
def test_one_more_assessor_never_makes_fewer_seats_filled(
    panels: list[Vacancy], pool: list[Rater], data: st.DataObject
) -> None:
    newcomer = data.draw(generated.raters(max(generated.PEOPLE) + 1))
    before, after = match(panels, pool, rules=DEFAULTS), match(panels, [*pool, newcomer], rules=DEFAULTS)
    assert len(after) >= len(before)


@LAW
@given(generated.waiting(giving_way=True), generated.pools(), st.integers(0, 2**32).map(random.Random))
def test_the_same_in_any_order_gives_the_same(panels: list[Vacancy], pool: list[Rater], chance: random.Random) -> None:
    first = told(match(panels, pool, rules=DEFAULTS))
    chance.shuffle(panels)
    chance.shuffle(pool)
    assert told(match(panels, pool, rules=DEFAULTS)) == first


@LAW
@given(generated.waiting(), generated.pools(), st.integers(0, 7))
def test_what_is_urgent_never_loses_to_what_is_less_so(panels: list[Vacancy], pool: list[Rater], many: int) -> None:
    urgent = sorted(panels, key=lambda vacancy: (vacancy.due, vacancy.panel))[:many]
    names = {vacancy.panel for vacancy in urgent}
    among_all = [each for each in match(panels, pool, rules=DEFAULTS) if each.panel in names]
    assert len(among_all) == len(match(urgent, pool, rules=DEFAULTS))


@LAW
@given(generated.waiting(giving_way=True), generated.pools())
def test_a_rule_gives_way_only_where_nobody_fresh_could_ever_be_asked(panels: list[Vacancy], pool: list[Rater]) -> None:
    by_panel = {vacancy.panel: vacancy for vacancy in panels}
    for each in match(panels, pool, rules=DEFAULTS):
        vacancy = by_panel[each.panel]
        if each.rater.person in vacancy.read_before:
            fresh = [rater for rater in pool if rater.person not in vacancy.read_before]
            assert not any(barring.stands_outside(vacancy, rater, barring.FOR_GOOD) for rater in fresh)


def rater(person: int, **facts: object) -> Rater:
    return Rater(**{"person": person, "at_a_time": 5, "a_month": 20, **facts})  # type: ignore[arg-type]


def vacancy(panel: int, **facts: object) -> Vacancy:
    return Vacancy(**{"panel": panel, "seats": (1,), "due": NOON, **facts})  # type: ignore[arg-type]


def test_load_is_weighed_by_what_somebody_takes() -> None:
    pool = [rater(1, at_a_time=4, under_way=2), rater(2, at_a_time=20, under_way=4)]
    assert told(match([vacancy(1)], pool, rules=DEFAULTS)) == [(1, 1, 2)]


def test_whoever_knows_what_it_is_about_goes_first_and_is_not_drowned() -> None:
    tags = frozenset({"topics:literacy"})
    pool = [rater(1, qualifications=tags, at_a_time=3), rater(2, at_a_time=3)]
    chosen = told(match([vacancy(n, tags=tags) for n in range(1, 6)], pool, rules=DEFAULTS))
    assert [person for _, _, person in chosen] == [1, 1, 1, 2, 2]


def test_one_code_of_a_list_is_enough_to_know_that_field() -> None:
    tags = frozenset({"topics:a", "topics:b", "grade_bands:c"})
    pool = [rater(1, qualifications=frozenset({"topics:a", "topics:b"})), rater(2, qualifications=tags - {"topics:b"})]
    (found,) = match([vacancy(1, tags=tags)], pool, rules=DEFAULTS)
    assert (found.rater.person, found.fields_known, found.fields) == (2, 2, 2)


def test_whoever_was_asked_longest_ago_is_asked_among_equals() -> None:
    pool = [rater(1, last_asked=NOON), rater(2, last_asked=NOON.replace(day=1)), rater(3)]
    assert [person for _, _, person in told(match([vacancy(1, seats=(1, 2, 3))], pool, rules=DEFAULTS))] == [3, 2, 1]


def test_whoever_declined_often_was_asked_all_the_same() -> None:
    pool = [rater(1, asked=3), rater(2, asked=1)]
    assert told(match([vacancy(1)], pool, rules=DEFAULTS)) == [(1, 1, 2)]


def test_somebody_who_is_full_hands_a_seat_on_so_that_both_are_filled() -> None:
    """The first panel could have either; the second only the one whom the first would take."""
    wanted = frozenset({"topics:a"})
    pool = [rater(1, at_a_time=1, qualifications=wanted), rater(2, at_a_time=1, places=frozenset({7}))]
    panels = [vacancy(1, tags=wanted), vacancy(2, places=frozenset({7}))]
    assert told(match(panels, pool, rules=DEFAULTS)) == [(1, 1, 2), (2, 1, 1)]


def test_an_earlier_reader_waits_while_somebody_fresh_is_only_away() -> None:
    seen = vacancy(1, read_before=frozenset({1}))
    assert match([seen], [rater(1), rater(2, is_away=True)], rules=DEFAULTS) == []
    assert told(match([seen], [rater(1), rater(2, status="left")], rules=DEFAULTS)) == [(1, 1, 1)]


@LAW
@given(generated.raters(1), st.integers(0, 30), WEIGHTS)
@example(Rater(person=1, at_a_time=3, a_month=7), 2, DEFAULTS)
def test_every_further_reading_costs_no_less(someone: Rater, already: int, rules: PoolRules) -> None:
    asked_for = {"topics": frozenset({"topics:a"})}
    one, more = (cost(someone, asked_for, given=given, rules=rules) for given in (already, already + 1))
    assert one <= more


def test_what_differs_in_nothing_but_the_key_is_settled_by_the_key() -> None:
    pool = [replace(rater(1), person=person) for person in (5, 3, 4)]
    assert told(match([vacancy(1)], pool, rules=DEFAULTS)) == [(1, 1, 3)]
