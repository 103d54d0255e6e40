"""What a draft costs: priced as the policies say, by nobody's guess, for everybody and for each group."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from longleaf.engines.policy import PolicyError, Tally, policy_from_document
from longleaf.recognition.lab.pricing import LEAVE, Measure, Prices, rules_of
from longleaf.recognition.lab.sums import Sums
from longleaf.recognition.lab.telling import Told, told
from longleaf.recognition.tests.factories import SURE, make_policy_document

ANYTHING = {"kind": "anything"}
ONE = {"kind": "count", "at_least": 1, "when": ANYTHING}
ONCE, YEARLY, DAYS = Measure("USD"), Measure("USD", "year"), Measure(LEAVE, "year")


def result(**gives: str) -> dict[str, Any]:
    return {"id": "MD-given", "title": "Given", "gives": gives, "needs": ONE, **SURE}


def ladder(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"id": "MD-lanes", "title": "Lanes", "counts": ANYTHING, "steps": list(steps), **SURE}


def lane(title: str, amount: str | None, **more: Any) -> dict[str, Any]:
    pay = {"amount": amount, "currency": "USD", "per": "year"} if amount else {}
    return {"title": title, "credits": 3, "gives": {"kind": "salary", "what": title, **pay}, **more}


def prices(*results: dict[str, Any], ladders: tuple[dict[str, Any], ...] = ()) -> Prices:
    return Prices(policy_from_document(make_policy_document(results=list(results), ladders=list(ladders))))


def met(*, when: bool = True) -> Tally:
    return Tally("V", met=("MD-given",) if when else ())


def summed(before: Prices, after: Prices, *people: tuple[dict[str, str], Tally, Tally]) -> Sums:
    sums = Sums(rules=rules_of(before, after))
    for groups, was, is_now in people:
        sums.add(groups, was, is_now, (before, after))
    return Sums.of(sums.as_document())


def told_of(before: Prices, after: Prices, *people: tuple[dict[str, str], Tally, Tally]) -> Told:
    return told(summed(before, after, *people), smallest=10)


@pytest.mark.parametrize(
    ("gives", "measure", "each"),
    [
        ({"kind": "stipend", "amount": "1,500", "currency": "USD"}, ONCE, 1_500),
        ({"kind": "salary", "what": "A lane", "amount": "$1200.50", "currency": "USD", "per": "year"}, YEARLY, 1200.5),
        ({"kind": "rank", "to": "II", "amount": "900", "currency": "USD", "per": "year"}, YEARLY, 900),
        ({"kind": "leave", "what": "For learning", "days": "1.5", "per": "year"}, DAYS, 1.5),
    ],
)
def test_everything_with_an_amount_is_priced(gives, measure, each):
    own = prices(result(**gives))
    found = told_of(own, own, *[({}, met(when=number < 10), met()) for number in range(40)])
    assert found.costs.in_all == ((measure, 30 * Decimal(str(each))),)
    [cost] = found.costs.rules
    assert (cost.title, cost.people_before, cost.people_after) == ("Given", 10, 40)


@pytest.mark.parametrize(
    "gives",
    [
        {"kind": "salary", "what": "A lane"},
        {"kind": "rank", "to": "II"},
        {"kind": "leave", "what": "Some days"},
        {"kind": "stipend", "amount": "up to what the district has"},
        {"kind": "endorsement", "endorsement": "literacy"},
    ],
)
def test_what_states_no_amount_is_not_priced_and_says_so(gives):
    own = prices(result(**gives))
    found = told_of(own, own, *[({}, met(when=False), met())] * 40)
    assert (found.costs.in_all, found.costs.not_priced) == ((), ["Given"])
    assert found.costs.rules[0].people_after == 40


def test_a_higher_amount_costs_more_to_those_who_had_it_before():
    was, is_now = (prices(result(kind="stipend", amount=amount, currency="USD")) for amount in ("1000", "1500"))
    assert told_of(was, is_now, *[({}, met(), met())] * 20).costs.in_all == ((ONCE, 10_000),)
    # Given each year in place of once, the one falls away and the other begins.
    yearly = prices(result(kind="stipend", amount="1000", currency="USD", per="year"))
    assert dict(told_of(was, yearly, *[({}, met(), met())] * 20).costs.in_all) == {ONCE: -20_000, YEARLY: 20_000}


def test_what_only_the_draft_gives_costs_all_of_it():
    found = told_of(
        prices(), prices(result(kind="stipend", amount="100", currency="USD")), *[({}, Tally(), met())] * 12
    )
    assert found.costs.in_all == ((ONCE, 1_200),)


def test_steps_of_a_ladder_add_up_as_far_as_somebody_climbs():
    own = prices(ladders=(ladder(lane("First", "500"), lane("Further", "250", repeats=True)),))
    climbs = {Decimal("2.9"): 0, Decimal(3): 500, Decimal(6): 750, Decimal(12): 1_250}
    for amount, pay in climbs.items():
        climbed = Tally("V", climbed=(("MD-lanes", amount),))
        found = told_of(own, own, *[({}, Tally("V", climbed=(("MD-lanes", Decimal(0)),)), climbed)] * 10)
        assert found.costs.in_all == ((YEARLY, 10 * pay),)


def test_who_is_on_a_ladder_and_reached_no_step_is_given_nothing_and_hides_nobody():
    own = prices(ladders=(ladder(lane("First", "500"), lane("Second", "250")),))

    def on_it(amount: str) -> Tally:
        return Tally("V", climbed=(("MD-lanes", Decimal(amount)),))

    below = [({"Region": name}, on_it("0"), on_it("2.5")) for name in ("North", "South", "West") for _ in range(40)]
    many = [({"Region": name}, on_it("0"), on_it("3")) for name in ("North", "South") for _ in range(20)]
    found = summed(own, own, *below, *many)
    assert (found.given["MD-lanes"].people_before, found.given["MD-lanes"].people_after) == (0, 40)
    # One of many on the ladder reached a step: what it costs is what that one is paid.
    alone = told_of(own, own, *below, ({"Region": "West"}, on_it("0"), on_it("3")))
    assert alone.costs.in_all == ((YEARLY, None),)
    assert alone.costs.rules[0].people_after is None
    [division] = told_of(own, own, *below, *many, ({"Region": "West"}, on_it("0"), on_it("3"))).divisions
    costs = {row.name: row.costs[YEARLY] for row in division.rows}
    assert costs["West"] is None
    assert sum(each is None for each in costs.values()) == 2


def test_one_persons_raise_among_many_who_get_the_same_is_told_nowhere():
    own = prices(ladders=(ladder(lane("First", "500"), lane("Second", "250")),))

    def raised(name: str, until: str) -> tuple[dict[str, str], Tally, Tally]:
        was, is_now = (Tally("V", climbed=(("MD-lanes", Decimal(amount)),)) for amount in ("3", until))
        return {"Region": name}, was, is_now

    many = [raised(name, "3") for name in ("North", "South", "West") for _ in range(40)]
    found = told_of(own, own, *many, raised("West", "6"))
    [cost] = found.costs.rules
    assert (cost.people_before, cost.more, found.costs.in_all) == (121, {YEARLY: None}, ((YEARLY, None),))
    [division] = found.divisions
    assert {row.name: row.costs[YEARLY] for row in division.rows} == {"North": None, "South": 0, "West": None}
    # Ten who are raised hide one another, also where they climb to different steps.
    ten = [raised("West", "6")] * 6 + [raised("West", "0")] * 4
    found = told_of(own, own, *many, *ten)
    assert found.costs.in_all == ((YEARLY, 6 * 250 - 4 * 500),)


def test_the_one_who_joins_many_is_not_told_by_subtraction():
    own = prices(result(kind="stipend", amount="100", currency="USD"))
    found = told_of(own, own, *[({}, met(), met())] * 30, *[({}, met(when=False), met(when=False))] * 30)
    assert (found.costs.rules[0].people_after, found.costs.in_all) == (30, ((ONCE, 0),))
    found = told_of(own, own, *[({}, met(), met())] * 30, ({}, met(when=False), met()))
    [cost] = found.costs.rules
    assert (cost.people_before, cost.people_after, cost.more) == (30, None, {ONCE: None})
    unpriced = prices(result(kind="rank", to="II"))
    [cost] = told_of(unpriced, unpriced, *[({}, met(), met())] * 30, ({}, met(when=False), met())).costs.rules
    assert (cost.people_before, cost.people_after) == (30, None)


def test_a_ladder_of_which_one_step_states_no_amount_is_not_priced():
    own = prices(ladders=(ladder(lane("First", "500"), lane("Second", None)),))
    climbed = Tally("V", climbed=(("MD-lanes", Decimal(6)),))
    assert told_of(own, own, *[({}, climbed, climbed)] * 10).costs.not_priced == ["Lanes"]


def test_who_gains_by_it_is_told_by_group_and_small_numbers_are_not():
    own = prices(result(kind="stipend", amount="100", currency="USD"))
    people = [
        ({"Region": name}, met(when=False), met(when=number < has))
        for name, has in (("North", 30), ("South", 20), ("West", 2))
        for number in range(40)
    ]
    found = told_of(own, own, *people)
    [division] = found.divisions
    # Two people of the West could be found, and from the others it would follow that they are two.
    assert {row.name: row.costs[ONCE] for row in division.rows} == {"North": 3_000, "South": None, "West": None}
    few = told_of(own, own, *people[:85][-5:], *[({"Region": "West"}, met(when=False), met(when=False))] * 30)
    assert few.costs.in_all == ((ONCE, None),)


def test_a_step_that_gives_what_no_kind_names_is_refused():
    with pytest.raises(PolicyError) as refused:
        prices(ladders=(ladder(lane("First", "500") | {"gives": {"kind": "salary", "amount": "5"}}),))
    assert "ladders[0].steps[0].gives.what" in [it.path for it in refused.value.mistakes]


def test_two_units_that_give_one_name_to_different_sums_are_not_priced():
    first, second = (
        policy_from_document(make_policy_document(results=[result(kind="stipend", amount=amount)])) for amount in "12"
    )
    assert Prices(first, [first]).prices["MD-given"] is not None
    assert Prices(first, [second]).prices["MD-given"] is None
