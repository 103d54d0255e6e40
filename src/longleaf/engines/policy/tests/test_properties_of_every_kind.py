"""What must hold under every kind of rule, and under any together: caps, carrying over, stacks, plans, results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.policy import (
    EarnedCredit,
    Ledger,
    NoRuleError,
    Policy,
    Record,
    ledger,
    policy_from_document,
)
from longleaf.engines.policy.rules import STEP, years_after
from longleaf.engines.policy.tests.drawn import BY_KIND, TOPICS, cases, policies, records
from longleaf.engines.policy.tests.small_policy import LICENCE, ON, SURE, document
from longleaf.engines.policy.weighing import is_unknown_stack

KINDS_OF_CREDIT = ("hour", "prize", "badge", "old", "dance")
ZERO = Decimal(0)
Property = Callable[[Policy, Record, st.DataObject], None]


def reckon(policy: Policy, record: Record) -> Ledger | None:
    """None where the policy is silent about the licence."""
    try:
        return ledger(policy, record, on=ON)
    except NoRuleError:
        return None


def without_the_last(record: Record) -> Record:
    return replace(record, credits=record.credits[:-1])


def another_credit_never_leaves_more_to_do(policy: Policy, record: Record, data: st.DataObject) -> None:
    before, after = reckon(policy, without_the_last(record)), reckon(policy, record)
    if before is None or after is None:
        assert before is after
        return
    assert after.total_missing <= before.total_missing
    if not record.plans:
        assert after.total_counted >= before.total_counted
    for had, has in zip(before.answers.climbs, after.answers.climbs, strict=True):
        assert has.amount >= had.amount
    for was, now in zip(before.answers.results, after.answers.results, strict=True):
        assert now.met >= was.met


def order_never_matters(policy: Policy, record: Record, data: st.DataObject) -> None:
    shuffled = replace(record, credits=tuple(data.draw(st.permutations(record.credits))))
    assert reckon(policy, shuffled) == reckon(policy, record)


def nothing_counts_twice_and_the_lines_add_up(policy: Policy, record: Record, data: st.DataObject) -> None:
    found = reckon(policy, record)
    if found is None:
        return
    counted: dict[str, Decimal] = {it.id: ZERO for it in record.credits if not is_unknown_stack(policy, it)}
    amounts: dict[str, Decimal] = {}
    for line in found.lines:
        counted[line.credit_id] += line.counted
        amounts[line.credit_id] = line.amount or ZERO
        assert line.reason
        assert line.counted or line.why_not
    assert counted.keys() == amounts.keys(), "every credit is explained"
    assert all(counted[id] <= amounts[id] + STEP * len(found.categories) for id in counted), "so that lines add up"
    assert sum(counted.values(), ZERO) == found.total_counted == sum((it.counted for it in found.categories), ZERO)
    for category in found.categories:
        assert sum((it.counted for it in category.lines), ZERO) == category.counted
    served = [id for line in found.plans for id in line.credit_ids]
    assert len(set(served)) == len(served), "nothing serves two outcomes"
    assert not any(counted[id] for id in served), "nor counts as hours too"
    for climb in found.answers.climbs:
        assert sum((it.counted for it in climb.rungs), ZERO) == climb.amount
    if policy.units:
        for stack in record.credits:
            if stack.kind in policy.units.of and counted[stack.id]:
                assert not any(counted.get(piece) for piece in stack.pieces)


PROPERTIES: list[Property] = [
    another_credit_never_leaves_more_to_do,
    order_never_matters,
    nothing_counts_twice_and_the_lines_add_up,
]
named = pytest.mark.parametrize("holds", PROPERTIES, ids=lambda it: it.__name__)


@named
@pytest.mark.parametrize("kind", BY_KIND)
@settings(deadline=None, max_examples=5)
@given(data=st.data())
def test_under_every_kind_of_rule(kind: str, holds: Property, data: st.DataObject) -> None:
    holds(BY_KIND[kind], data.draw(cases(BY_KIND[kind])), data)


@named
@settings(deadline=None, max_examples=60)
@given(policy=policies(), record=records(LICENCE, KINDS_OF_CREDIT, TOPICS), data=st.data())
def test_under_any_of_them_together(policy: Policy, record: Record, holds: Property, data: st.DataObject) -> None:
    holds(policy, record, data)


CAPPED = document(
    caps=[
        {"id": "wide", "title": "Wide", "of": ["hour", "prize"], "at_most": 5, **SURE},
        {"id": "year", "title": "A year", "of": ["hour"], "at_most": 2, "per": "year", "within": "wide", **SURE},
    ],
    window={
        "id": "w",
        "title": "Within the period",
        "carry_over": {"id": "carry", "title": "Carried over", "at_most": 1, "months": 6, **SURE},
        **SURE,
    },
)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["hour", "prize"]),
            st.sampled_from(["10", "20"]),
            st.sampled_from([date(2022, 5, 1), date(2022, 7, 1), date(2024, 2, 29), date(2024, 6, 30)]),
            st.booleans(),
            st.booleans(),
        ),
        max_size=3,
    )
)
def test_no_other_way_of_giving_whole_credits_counts_for_more(drawn: list[tuple[Any, ...]]) -> None:
    policy = policy_from_document(CAPPED)
    credits = tuple(
        EarnedCredit(
            id=f"c{n}",
            kind=kind,
            title="",
            amount=Decimal(amount),
            earned_on=day,
            alignments=frozenset({"S-3A"}) if is_craft else frozenset(),
            topics=frozenset({"rye"}) if is_field else frozenset(),
        )
        for n, (kind, amount, day, is_craft, is_field) in enumerate(drawn)
    )
    found = ledger(policy, Record(LICENCE, credits), on=ON)
    assert found.total_counted == max(_every_total(credits))


def _every_total(credits: tuple[EarnedCredit, ...]) -> Iterator[int]:
    """What counts in every way of giving whole credits to the three parts, as far as the limits let it."""
    for way in product(*(list(_shares(it)) for it in credits)):
        parts = [sum(share[n] for share in way) for n in range(3)]
        if parts[0] <= 3 and parts[1] <= 2 and parts[2] <= 5 and _within_limits(credits, [sum(it) for it in way]):
            yield sum(parts)


def _shares(credit: EarnedCredit) -> Iterator[tuple[int, int, int]]:
    worth = 4 if credit.kind == "prize" else int(credit.amount or 0) // 10
    craft, field = range(worth + 1) if credit.alignments else [0], range(worth + 1) if credit.topics else [0]
    return (it for it in product(craft, field, range(worth + 1)) if sum(it) <= worth)


def _within_limits(credits: tuple[EarnedCredit, ...], given: list[int]) -> bool:
    def sum_of(chosen: Callable[[EarnedCredit], bool]) -> int:
        return sum(amount for credit, amount in zip(credits, given, strict=True) if chosen(credit))

    def is_carried(credit: EarnedCredit) -> bool:
        return credit.earned_on < date(2022, 7, 1)

    years = [date(year, 7, 1) for year in (2021, 2022, 2023)]
    return (
        all(sum_of(lambda it, carried=carried: is_carried(it) is carried) <= 5 for carried in (True, False))
        and sum_of(is_carried) <= 1
        and all(
            sum_of(lambda it, y=year: it.kind == "hour" and y <= it.earned_on < years_after(y, 1)) <= 2
            for year in years
        )
    )
