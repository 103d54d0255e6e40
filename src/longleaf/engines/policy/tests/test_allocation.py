"""Allocation against an independent reckoning: by the theorem of the minimum cut, over all subsets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.policy.allocation import allocate

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


@given(cases())
def test_every_part_gets_all_it_can_beside_the_earlier_ones(case: Case) -> None:
    got = sums(allocate(*case), 1)
    for count in range(1, len(PARTS) + 1):
        first = PARTS[:count]
        assert sum((got.get(part, Decimal(0)) for part in first), Decimal(0)) == most(case, first)


@given(cases())
def test_nothing_is_given_twice_or_where_it_does_not_fit(case: Case) -> None:
    amounts, fits, wanted = case
    given_amounts = allocate(*case)
    assert all(part in fits[id] and amount > 0 for (id, part), amount in given_amounts.items())
    assert all(total <= amounts[id] for id, total in sums(given_amounts, 0).items())
    assert all(total <= wanted[part] for part, total in sums(given_amounts, 1).items())


def test_it_reroutes_along_a_chain() -> None:
    one = Decimal(1)
    fits = {"a": ("p1", "p2"), "b": ("p2", "p3"), "c": ("p1",)}
    given_amounts = allocate(dict.fromkeys(fits, one), fits, {"p1": one, "p2": one, "p3": one})
    assert given_amounts == {("c", "p1"): one, ("a", "p2"): one, ("b", "p3"): one}
