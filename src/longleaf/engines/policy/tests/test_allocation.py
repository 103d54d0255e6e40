"""Allocation against an independent reckoning: by the theorem of the minimum cut, over all subsets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.policy.allocation import Limit, allocate

# How long an example takes says how busy the machine is, and nothing about the engine.
UNHURRIED = settings(deadline=None)
PARTS = ("p1", "p2", "p3", "p4")
AMOUNTS = st.decimals("0.0001", "9", places=4)
Case = tuple[dict[str, Decimal], dict[str, tuple[str, ...]], dict[str, Decimal]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    ids = [f"c{n}" for n in range(draw(st.integers(0, 6)))]
    fits = {id: tuple(draw(st.sets(st.sampled_from(PARTS)).map(sorted))) for id in ids}
    return {id: draw(AMOUNTS) for id in ids}, fits, {part: draw(AMOUNTS) for part in PARTS}


def subsets(parts: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1))


def most(case: Case, parts: tuple[str, ...]) -> Decimal:
    """The most that some parts can get together: the smallest of all cuts."""
    amounts, fits, wanted = case

    def cut(full: tuple[str, ...]) -> Decimal:
        open_parts = set(parts) - set(full)
        supply = (amount for id, amount in amounts.items() if open_parts.intersection(fits[id]))
        return sum((wanted[it] for it in full), Decimal(0)) + sum(supply, Decimal(0))

    return min(map(cut, subsets(parts)))


def sums(given: Mapping[tuple[str, str], Decimal], place: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for pair, amount in given.items():
        found[pair[place]] = found.get(pair[place], Decimal(0)) + amount
    return found


@UNHURRIED
@given(cases())
def test_every_part_gets_all_it_can_beside_the_earlier_ones(case: Case) -> None:
    got = sums(allocate(*case), 1)
    for count in range(1, len(PARTS) + 1):
        first = PARTS[:count]
        assert sum((got.get(part, Decimal(0)) for part in first), Decimal(0)) == most(case, first)


@UNHURRIED
@given(cases())
def test_nothing_is_given_twice_or_where_it_does_not_fit(case: Case) -> None:
    amounts, fits, wanted = case
    given_amounts = allocate(*case)
    assert all(part in fits[id] and amount > 0 for (id, part), amount in given_amounts.items())
    assert all(total <= amounts[id] for id, total in sums(given_amounts, 0).items())
    assert all(total <= wanted[part] for part, total in sums(given_amounts, 1).items())


@st.composite
def limited_cases(draw: st.DrawFn) -> tuple[Case, tuple[Limit, ...]]:
    """A case with limits that are nested or apart: each half of the credits, and some of the first half."""
    case = draw(cases())
    ids = list(case[0])
    half, some = ids[: len(ids) // 2], ids[: len(ids) // 4]
    sets = [frozenset(it) for it in (ids, half, ids[len(half) :], some) if draw(st.booleans())]
    return case, tuple(Limit(members, draw(AMOUNTS)) for members in sets)


def supply(case: Case, limits: tuple[Limit, ...], ids: frozenset[str]) -> Decimal:
    """The most that some credits may give: the cheapest way of covering them by themselves and by limits."""
    if not ids:
        return Decimal(0)
    one = min(ids)
    ways = [case[0][one] + supply(case, limits, ids - {one})]
    ways += [it.at_most + supply(case, limits, ids - it.members) for it in limits if one in it.members]
    return min(ways)


@UNHURRIED
@given(limited_cases())
def test_within_limits_every_part_still_gets_all_it_can(limited: tuple[Case, tuple[Limit, ...]]) -> None:
    (amounts, fits, wanted), limits = limited
    given_amounts = allocate(amounts, fits, wanted, limits)
    by_credit, by_part = sums(given_amounts, 0), sums(given_amounts, 1)
    for limit in limits:
        assert sum((by_credit.get(id, Decimal(0)) for id in limit.members), Decimal(0)) <= limit.at_most
    for count in range(1, len(PARTS) + 1):
        first = PARTS[:count]
        cuts = (
            sum((wanted[it] for it in full), Decimal(0))
            + supply(limited[0], limits, frozenset(id for id in amounts if (set(first) - set(full)) & set(fits[id])))
            for full in subsets(first)
        )
        assert sum((by_part.get(part, Decimal(0)) for part in first), Decimal(0)) == min(cuts)


def test_limits_that_cross_are_refused() -> None:
    one = Decimal(1)
    limits = (Limit(frozenset("ab"), one), Limit(frozenset("bc"), one))
    with pytest.raises(ValueError, match="neither holds all of the other"):
        allocate(dict.fromkeys("abc", one), {}, {"p1": one}, limits)


def test_it_reroutes_along_a_chain() -> None:
    one = Decimal(1)
    fits = {"a": ("p1", "p2"), "b": ("p2", "p3"), "c": ("p1",)}
    given_amounts = allocate(dict.fromkeys(fits, one), fits, {"p1": one, "p2": one, "p3": one})
    assert given_amounts == {("c", "p1"): one, ("a", "p2"): one, ("b", "p3"): one}
