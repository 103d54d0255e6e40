"""What must hold for every record under every policy at hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.policy import EarnedCredit, Ledger, LocalValue, Record, ledger, worth
from longleaf.engines.policy.tests.small_policy import LICENCE, small_policy

POLICY = small_policy()
ON = date(2027, 1, 1)
DAYS = st.integers(-60, 2000).map(lambda days: date(2022, 7, 1) + timedelta(days=days))
AMOUNTS = st.none() | st.decimals("0.1", "99.9", places=1)
VALUES = st.none() | st.builds(
    LocalValue, st.decimals("0", "5", places=2), st.just("North unit"), st.just("ours"), per_hour=st.booleans()
)


@st.composite
def credits(draw: st.DrawFn) -> tuple[EarnedCredit, ...]:
    return tuple(
        EarnedCredit(
            id=f"c{n}",
            kind=draw(st.sampled_from(["hour", "prize", "badge", "old", "dance"])),
            title=f"Credit {n}",
            amount=draw(AMOUNTS),
            earned_on=draw(DAYS),
            alignments=draw(st.frozensets(st.sampled_from(["S-3A", "S-31", "S-4"]))),
            topics=draw(st.frozensets(st.sampled_from(["rye", "wheat"]))),
            value=draw(VALUES),
            categories_claimed=draw(st.frozensets(st.sampled_from(["field"]))),
        )
        for n in range(draw(st.integers(1, 7)))
    )


def reckon(earned: tuple[EarnedCredit, ...]) -> Ledger:
    return ledger(POLICY, Record(LICENCE, earned), on=ON)


@given(credits())
def test_another_credit_never_lowers_a_total_nor_any_category(earned: tuple[EarnedCredit, ...]) -> None:
    before, after = reckon(earned[:-1]), reckon(earned)
    assert before.total_counted <= after.total_counted
    for had, has in zip(before.categories, after.categories, strict=True):
        assert had.counted <= has.counted


@given(credits(), st.data())
def test_order_never_matters(earned: tuple[EarnedCredit, ...], data: st.DataObject) -> None:
    assert reckon(tuple(data.draw(st.permutations(earned)))) == reckon(earned)


@given(credits())
def test_no_credit_counts_twice(earned: tuple[EarnedCredit, ...]) -> None:
    found = reckon(earned)
    for credit in earned:
        lines = [line for line in found.lines if line.credit_id == credit.id]
        assert lines, "every credit is explained"
        assert sum(line.counted for line in lines) <= (lines[0].amount or 0)
        assert len({line.category for line in lines}) == len(lines)


@given(credits())
def test_the_lines_add_up_to_the_categories_and_these_to_the_total(earned: tuple[EarnedCredit, ...]) -> None:
    found = reckon(earned)
    assert sum((line.counted for line in found.lines), Decimal(0)) == found.total_counted
    assert sum((line.counted for line in found.categories), Decimal(0)) == found.total_counted
    for category in found.categories:
        assert sum((line.counted for line in category.lines), Decimal(0)) == category.counted
        assert category.counted + category.missing == category.required
    assert found.total_counted + found.total_missing == found.total_required
    assert len(found.missing) == sum(category.missing > 0 for category in found.categories)


@given(credits())
def test_every_line_names_rules_and_says_why(earned: tuple[EarnedCredit, ...]) -> None:
    for line in reckon(earned).lines:
        assert line.rule.id
        assert line.value_rule.id
        assert line.reason.endswith(".")
        assert line.counted or (line.why_not or "").endswith(".")


@given(credits())
def test_a_prospect_promises_just_what_the_ledger_then_says(earned: tuple[EarnedCredit, ...]) -> None:
    *have, new = earned
    record = Record(LICENCE, tuple(have))
    promised = worth(POLICY, LICENCE, new, on=ON, record=record)
    then = max(ON, new.earned_on)
    before = ledger(POLICY, record, on=then).total_counted
    after = ledger(POLICY, Record(LICENCE, earned), on=then).total_counted
    assert promised.counts == after - before == sum((it.credits for it in promised.gains), Decimal(0))
