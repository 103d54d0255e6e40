"""What keeps credits from counting in full: caps, grace, carry-over, approval beforehand, stacks, plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from longleaf.engines.policy import (
    EarnedCredit,
    Ledger,
    Licence,
    Plan,
    PlanOutcome,
    PolicyError,
    Record,
    ledger,
    ledgers,
    policy_from_document,
)
from longleaf.engines.policy.tests.small_policy import LICENCE, ON, SURE, document, hours

CAPS = [
    {"id": "wide", "title": "Seven in all", "of": ["hour", "badge"], "at_most": 7, **SURE},
    {"id": "narrow", "title": "Three a year", "of": ["hour"], "at_most": 3, "per": "year", "within": "wide", **SURE},
]


def reckon(*credits: EarnedCredit, on: date = ON, licence: Licence = LICENCE, **changes: Any) -> Ledger:
    return ledger(policy_from_document(document(**changes)), Record(licence, credits), on=on)


def by_credit(found: Ledger) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in found.lines:
        sums[line.credit_id] = sums.get(line.credit_id, Decimal(0)) + line.counted
    return sums


def test_caps_hold_for_each_year_and_within_one_another() -> None:
    earned = [hours(f"h{n}", "50", date(2022 + n, 9, 1), alignments=frozenset({"S-3"})) for n in range(4)]
    found = reckon(*earned, caps=CAPS)
    assert by_credit(found) == {"h0": 3, "h1": 3, "h2": 1, "h3": 0}
    assert {line.rule.id for line in found.lines if not line.counted} == {"narrow", "wide"}


@pytest.mark.parametrize(
    ("second", "where"),
    [
        ({"within": None}, "caps[1].of"),
        ({"within": "magic"}, "caps[1].within"),
        ({"of": ["prize"]}, "caps[1].of"),
        ({"at_most": 0}, "caps[1].at_most"),
        ({"per": "month"}, "caps[1].per"),
    ],
)
def test_caps_must_be_nested_or_apart(second: dict[str, Any], where: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy_from_document(document(caps=[CAPS[0], {**CAPS[1], **second}]))
    assert [it.path for it in caught.value.mistakes] == [where]


def test_a_cap_for_a_cycle_cannot_lie_within_one_for_a_year() -> None:
    with pytest.raises(PolicyError, match="must be for each year too"):
        policy_from_document(document(caps=[{**CAPS[0], "per": "year"}, {**CAPS[1], "per": "cycle"}]))


@pytest.mark.parametrize(("day", "counts"), [(date(2027, 6, 30), 1), (date(2027, 8, 29), 1), (date(2027, 8, 30), 0)])
def test_days_of_grace_are_counted_from_expiry(day: date, counts: int) -> None:
    window = {"id": "w", "title": "Within the period", "grace_days": 60, **SURE}
    found = reckon(hours("a", "10", day), on=date(2027, 8, 30), window=window)
    assert found.total_counted == counts


def test_in_the_days_of_grace_the_next_date_is_their_end() -> None:
    window = {"id": "w", "title": "Within the period", "grace_days": 60, **SURE}
    found = reckon(on=date(2027, 7, 1), window=window).next_date
    assert found is not None
    assert found.sentence == "The license expired on June 30, 2027; 10 marks may still be earned by August 29, 2027."


CARRY = {
    "id": "w",
    "title": "Within the period",
    "carry_over": {"id": "carry", "title": "Up to two of the last six months are carried over", "at_most": 2, **SURE}
    | {"months": 6},
    **SURE,
}


@pytest.mark.parametrize(("day", "counts"), [(date(2021, 12, 31), 0), (date(2022, 1, 1), 2), (date(2022, 7, 1), 3)])
def test_so_many_of_the_last_months_are_carried_over(day: date, counts: int) -> None:
    assert reckon(hours("a", "30", day), window=CARRY).total_counted == counts


def test_what_counted_before_does_not_count_again() -> None:
    spring = hours("a", "30", date(2022, 3, 1), counted_before=Decimal(2))
    found = reckon(spring, window=CARRY)
    assert found.total_counted == 1
    assert "2 marks of it counted in an earlier cycle." in found.lines[0].reason
    assert reckon(replace(spring, counted_before=Decimal(3)), window=CARRY).total_counted == 0


def test_what_is_left_over_says_until_when_it_can_be_of_use() -> None:
    late, early = hours("late", "100", date(2027, 3, 1)), hours("early", "60", date(2023, 3, 1))
    expiring = reckon(late, early, on=date(2027, 4, 1), window=CARRY).expiring
    assert [(it.credit_id, it.amount, it.day) for it in expiring] == [
        ("early", 1, date(2027, 6, 30)),
        ("late", 10, date(2032, 6, 30)),
    ]


def test_a_condition_on_all_credits_of_a_kind_refuses_with_its_own_words() -> None:
    first = {"id": "ask", "title": "Ask first", "of": ["hour"], "when": {"kind": "prior_approval"}, **SURE}
    asked = hours("asked", "10", approved_on=date(2024, 1, 1))
    found = reckon(asked, hours("not", "10"), admissions=[{**first, "otherwise": "It was not approved first."}])
    assert by_credit(found) == {"asked": 1, "not": 0}
    assert [line.why_not for line in found.lines if line.rule.id == "ask"] == ["It was not approved first."]


UNITS = {"id": "u", "title": "A prize counts as a unit", "of": ["prize"], **SURE}


def prize(id: str, *pieces: str) -> EarnedCredit:
    return EarnedCredit(id, "prize", f"Prize {id}", None, date(2024, 2, 1), pieces=frozenset(pieces))


def test_a_stack_counts_in_place_of_its_pieces_where_it_is_worth_more() -> None:
    found = reckon(hours("a", "10"), hours("b", "10"), prize("p", "a", "b"), units=UNITS)
    assert by_credit(found) == {"a": 0, "b": 0, "p": 4}
    assert found.lines[0].why_not == "It counts inside “Prize p”, which counts as a unit."


def test_the_pieces_count_in_place_of_a_stack_where_they_are_worth_more() -> None:
    found = reckon(hours("a", "50"), prize("p", "a"), units=UNITS)
    assert by_credit(found) == {"a": 5, "p": 0}


def test_a_stack_takes_no_piece_from_where_only_the_piece_fits() -> None:
    piece = hours("a", "30", alignments=frozenset({"S-3"}))
    other = hours("b", "50")
    found = reckon(piece, other, prize("p", "a"), units=UNITS)
    assert (found.total_counted, by_credit(found)["p"]) == (8, 0)


def test_two_stacks_never_count_one_piece_twice() -> None:
    found = reckon(hours("a", "10"), prize("p", "a"), prize("q", "a"), units=UNITS)
    assert found.total_counted == 4


def plan(**changes: Any) -> Plan:
    outcome = PlanOutcome("two loaves", 2, frozenset({"rye-loaf", "wheat-loaf"}))
    usual = Plan("p", "Plan", "North unit", date(2023, 1, 1), None, None, frozenset({"craft"}), (outcome,))
    return replace(usual, **changes)


def test_a_plan_sets_hours_aside_and_what_serves_it_does_not_count_as_hours_too() -> None:
    rule = {"id": "pl", "title": "Outcomes for hours", "may_waive": ["craft"], "of": ["hour"], **SURE}
    policy = policy_from_document(document(plans=rule))
    loaf = hours("a", "70", item="rye-loaf")
    found = ledger(policy, Record(LICENCE, (loaf,), plans=(plan(),)), on=ON)
    assert (found.total_required, found.total_counted, found.plans[0].met, found.complete) == (7, 0, False, False)
    assert found.lines[0].why_not == "It serves the plan “Plan” in place of hours."
    assert "The plan “Plan” still asks for 1 more: two loaves." in found.missing
    over = ledger(policy, Record(LICENCE, (loaf,), plans=(plan(until=date(2025, 12, 31)),)), on=ON)
    assert (over.total_required, over.total_counted, over.plans) == (10, 5, ())


def test_every_licence_of_a_record_has_a_ledger_of_its_own() -> None:
    second = replace(LICENCE, issued=date(2024, 7, 1), expires=date(2029, 6, 30), id="second")
    policy = policy_from_document(document())
    record = Record(LICENCE, (hours("a", "10", date(2023, 1, 1)),), other_licences=(second,))
    assert [it.total_counted for it in ledgers(policy, record, on=ON)] == [1, 0]


def test_a_version_may_ask_for_its_credits_in_every_policy_year() -> None:
    version = {**document()["versions"][0], "cycle": "year", "licences_expiring": {}}
    earned = (hours("then", "10", date(2025, 6, 30)), hours("now", "10", date(2025, 7, 1)))
    found = reckon(*earned, versions=[version], licence=replace(LICENCE, expires=None))
    assert found.cycle is not None
    assert (found.cycle.start, found.cycle.end) == (date(2025, 7, 1), date(2026, 6, 30))
    assert by_credit(found) == {"then": 0, "now": 1}


def test_what_would_fill_what_is_missing_can_be_searched_for() -> None:
    fill = reckon(hours("a", "100")).fills[0]
    assert (fill.code, fill.credits, fill.by) == ("craft", 3, date(2027, 6, 30))
    assert fill.seek == {"kind": "aligned", "to": ["S-3"]}


def test_a_plan_that_ended_keeps_aside_the_share_that_was_reached_under_it() -> None:
    rule = {"id": "plans", "title": "Plans", "may_waive": ["craft"], "of": ["badge"], **SURE}
    policy = policy_from_document(document(plans=rule))
    # Worth nothing as hours, so that only the plan makes it count.
    rye = EarnedCredit("a", "badge", "Rye", None, date(2024, 5, 1), item="rye-loaf")
    late = EarnedCredit("b", "badge", "Wheat", None, date(2025, 8, 1), item="wheat-loaf")
    ended = plan(until=date(2025, 6, 30))
    found = ledger(policy, Record(LICENCE, (rye, late), plans=(ended,)), on=ON)
    [line] = found.plans
    assert (line.ended, line.credit_ids, dict(line.set_aside)) == (True, ("a",), {"craft": Decimal("1.50")})
    assert (found.total_required, found.complete) == (Decimal("8.5"), False)
    assert not any("still asks" in sentence for sentence in found.missing)
    before_cycle = plan(until=date(2022, 6, 30), first=date(2021, 1, 1))
    assert ledger(policy, Record(LICENCE, (rye,), plans=(before_cycle,)), on=ON).plans == ()
