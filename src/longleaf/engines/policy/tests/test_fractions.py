"""Small credits lose nothing: what is compared and shown is rounded once for each sum, and lines add up to it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.policy import (
    EarnedCredit,
    Policy,
    PolicyError,
    Record,
    Shapes,
    Tallier,
    ledger,
    policy_from_document,
)
from longleaf.engines.policy.tests.small_policy import LICENCE, ON, SURE, document, hours
from longleaf.engines.policy.tests.tallies import require_same

NEED: dict[str, Any] = {"kind": "credits", "at_least": 5, "when": {"kind": "anything"}}


def policy_at(per: str) -> Policy:
    """Under which so many hours are one mark, for renewal, on a ladder, and for a result."""
    worth = {
        "id": "v",
        "title": "By the hour",
        "of": "hour",
        "worth": {"kind": "rate", "credits": 1, "per": per},
        **SURE,
    }
    step = {"title": "Five", "credits": 5}
    ladder = {"id": "l", "title": "Ladder", "counts": {"kind": "anything"}, "steps": [step], **SURE}
    gives = {"id": "r", "title": "Given", "gives": {"kind": "rank", "to": "Master"}, "needs": NEED, **SURE}
    return policy_from_document(document(values=[worth], ladders=[ladder], results=[gives]))


def workshops(number: int, amount: str) -> tuple[EarnedCredit, ...]:
    return tuple(hours(f"w{n:03}", amount, date(2024, 1, 1) + timedelta(days=n)) for n in range(number))


@pytest.mark.parametrize(
    ("number", "amount", "per", "comes_to"),
    [
        (70, "1", "14", "5"),
        (15, "1", "3", "5"),
        (15, "5", "15", "5"),
        (6, "15", "20", "4.5"),
        (69, "1", "14", "4.9286"),
    ],
)
def test_small_credits_come_to_their_sum(number: int, amount: str, per: str, comes_to: str) -> None:
    policy, record = policy_at(per), Record(LICENCE, workshops(number, amount))
    found = ledger(policy, record, on=ON)
    assert (found.total_counted, found.answers.climbs[0].amount) == (Decimal(comes_to), Decimal(comes_to))
    assert found.answers.results[0].met is (comes_to == "5")
    assert sum(line.counted for line in found.lines) == found.total_counted
    assert all(line.counted == round(line.counted, 4) for line in found.lines)
    require_same(Tallier(policy, on=ON, shapes=Shapes()).tally(record), found)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 40), max_size=12), st.integers(1, 60))
def test_a_sum_is_what_fractions_give_rounded_once(amounts: list[int], per: int) -> None:
    earned = tuple(hours(f"c{n}", str(amount)) for n, amount in enumerate(amounts))
    exact = min(sum((Fraction(amount, per) for amount in amounts), Fraction(0)), Fraction(5))
    steps = int(exact * 10_000 + Fraction(1, 2))
    assert ledger(policy_at(str(per)), Record(LICENCE, earned), on=ON).total_counted * 10_000 == steps


def test_what_is_told_of_one_is_told_in_steps() -> None:
    [line] = ledger(policy_at("14"), Record(LICENCE, workshops(1, "1")), on=ON).lines
    assert (line.amount, line.counted) == (Decimal("0.0714"), Decimal("0.0714"))
    assert "Worth 0.0714 marks for 1 hour." in line.reason


def test_no_part_asks_for_less_than_a_step() -> None:
    version = document()["versions"][0]
    parts = [{"category": "any", "credits": "9.99995", "takes": "anything"}]
    finer = {**version, "total": "9.99995", "requirements": [{"roles": ["baker"], "parts": parts}]}
    with pytest.raises(PolicyError, match="counted in steps"):
        policy_from_document(document(versions=[finer]))
