"""What serves a plan in place of hours: competency, each thing once, while it held, and never at the cost of a part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.policy import (
    EarnedCredit,
    Ledger,
    Plan,
    PlanOutcome,
    PolicyError,
    Record,
    ledger,
    policy_from_document,
    tally,
)
from longleaf.engines.policy.tests.small_policy import LICENCE, ON, SURE, document, hours
from longleaf.engines.policy.tests.tallies import require_same

CRAFT = frozenset({"S-3A"})
RULE: dict[str, Any] = {"id": "pl", "title": "Outcomes for hours", "may_waive": ["any"], **SURE}
ANY_ONE = PlanOutcome("one of any", 1)


def plan(*outcomes: PlanOutcome, first: date = date(2023, 1, 1), **changes: Any) -> Plan:
    facts = {"until": None, "reviewed_on": None, "waives": frozenset({"any"}), **changes}
    return Plan("p", "Plan", "North unit", first, outcomes=outcomes, **facts)


def reckon(*credits: EarnedCredit, outcomes: tuple[PlanOutcome, ...] = (ANY_ONE,), **rule: Any) -> Ledger:
    policy = policy_from_document(document(plans={**RULE, "of": ["hour"], **rule}))
    record = Record(LICENCE, credits, plans=(plan(*outcomes),))
    found = ledger(policy, record, on=ON)
    require_same(tally(policy, record, on=ON), found)
    return found


def test_what_a_part_needs_serves_no_plan_where_something_else_can() -> None:
    craft = hours("a", "20", date(2024, 1, 1), alignments=CRAFT)
    found = reckon(craft, hours("b", "20", date(2024, 2, 1)))
    assert (found.plans[0].credit_ids, found.total_counted) == (("b",), 2)


def test_nor_where_something_else_is_worth_more() -> None:
    craft = hours("a", "20", date(2024, 1, 1), alignments=CRAFT)
    assert reckon(craft, hours("b", "50", date(2024, 2, 1))).plans[0].credit_ids == ("b",)


def test_hours_show_no_competency_and_serve_no_plan() -> None:
    policy = policy_from_document(document(plans=RULE))
    [line] = ledger(policy, Record(LICENCE, (hours("a", "20"),), plans=(plan(ANY_ONE),)), on=ON).plans
    assert (line.credit_ids, line.met) == ((), False)
    with pytest.raises(PolicyError, match="not defined"):
        policy_from_document(document(plans={**RULE, "of": ["gold"]}))


def test_the_same_thing_serves_once_and_only_from_the_first_day_of_the_plan() -> None:
    two = (PlanOutcome("two of any", 2),)
    loaves = [hours(id, "10", date(2024, month, 1), item="loaf") for month, id in enumerate("ab", 1)]
    assert reckon(*loaves, outcomes=two).plans[0].lacking == 1
    assert reckon(*loaves, hours("c", "10", item="roll"), outcomes=two).plans[0].met
    assert not reckon(hours("early", "10", date(2022, 12, 31))).plans[0].met


@st.composite
def earned(draw: st.DrawFn) -> tuple[EarnedCredit, ...]:
    return tuple(
        hours(
            f"c{n}",
            draw(st.sampled_from(["10", "20", "30"])),
            alignments=draw(st.sampled_from([frozenset[str](), CRAFT])),
            topics=draw(st.sampled_from([frozenset[str](), frozenset({"rye"})])),
            item=draw(st.sampled_from(["bread", "salt", "loaf"])) + str(n),
        )
        for n in range(draw(st.integers(0, 5)))
    )


@st.composite
def outcomes(draw: st.DrawFn) -> PlanOutcome:
    accepts = draw(st.sets(st.sampled_from(["bread", "salt"])))
    return PlanOutcome("Shown", draw(st.integers(1, 2)), frozenset(f"{word}{n}" for word in accepts for n in range(5)))


@settings(deadline=None, max_examples=60)
@given(earned(), st.lists(outcomes(), min_size=1, max_size=2))
def test_no_other_choice_of_what_serves_leaves_less_to_do(
    credits: tuple[EarnedCredit, ...], asked: list[PlanOutcome]
) -> None:
    found = reckon(*credits, outcomes=tuple(asked))
    served = set(found.plans[0].credit_ids)
    ways = [way for way in _every_way(credits, asked) if len(way) == max(map(len, _every_way(credits, asked)))]
    assert served in [set(way) for way in ways]
    assert found.total_missing == min(_missing_without(credits, way) for way in ways)


def _every_way(credits: tuple[EarnedCredit, ...], asked: list[PlanOutcome]) -> Iterator[tuple[str, ...]]:
    """Every set of credits that can be given to outcomes, one to one."""
    slots = [outcome for outcome in asked for _ in range(outcome.at_least)]
    for size in range(len(credits) + 1):
        for some in combinations(credits, size):
            if _fits(list(some), slots):
                yield tuple(it.id for it in some)


def _fits(credits: list[EarnedCredit], slots: list[PlanOutcome]) -> bool:
    if not credits:
        return True
    first, *others = credits
    return any(
        _fits(others, slots[:n] + slots[n + 1 :])
        for n, slot in enumerate(slots)
        if not slot.accepts or first.item in slot.accepts
    )


def _missing_without(credits: tuple[EarnedCredit, ...], served: tuple[str, ...]) -> Decimal:
    left = tuple(it for it in credits if it.id not in served)
    whole = document()
    parts = whole["versions"][0]["requirements"][0]["parts"][:2]
    version = {**whole["versions"][0], "total": 5, "requirements": [{"roles": ["baker"], "parts": parts}]}
    return ledger(policy_from_document(document(versions=[version])), Record(LICENCE, left), on=ON).total_missing
