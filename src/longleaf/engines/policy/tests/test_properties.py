"""What must hold for every record under every policy at hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.policy import (
    EarnedCredit,
    Ledger,
    LocalValue,
    Policy,
    Record,
    ledger,
    policy_from_document,
    worth,
)
from longleaf.engines.policy.rules import STEP
from longleaf.engines.policy.tests.small_policy import LICENCE, SURE, document, small_policy

# How long an example takes says how busy the machine is, and nothing about the engine.
UNHURRIED = settings(deadline=None)
SMALL = small_policy()
CAPPED = policy_from_document(
    document(
        caps=[
            {"id": "wide", "title": "Wide", "of": ["hour", "badge"], "at_most": "4.5", **SURE},
            {"id": "year", "title": "A year", "of": ["hour"], "at_most": 2, "per": "year", "within": "wide", **SURE},
            {"id": "prizes", "title": "Prizes", "of": ["prize"], "at_most": 6, **SURE},
        ],
        window={
            "id": "w",
            "title": "Within the period",
            "grace_days": 30,
            "carry_over": {"id": "carry", "title": "Carried over", "at_most": 2, "months": 6, **SURE},
            **SURE,
        },
    )
)
STACKED = policy_from_document(document(units={"id": "u", "title": "As a unit", "of": ["prize"], **SURE}))
BY_NAME = {"SMALL": SMALL, "CAPPED": CAPPED, "STACKED": STACKED}
# By name, so that a failure does not print a whole policy.
POLICIES = st.sampled_from(list(BY_NAME))
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
            kind=(kind := draw(st.sampled_from(["hour", "prize", "badge", "old", "dance"]))),
            title=f"Credit {n}",
            amount=draw(AMOUNTS),
            earned_on=draw(DAYS),
            alignments=draw(st.frozensets(st.sampled_from(["S-3A", "S-31", "S-4"]))),
            topics=draw(st.frozensets(st.sampled_from(["rye", "wheat"]))),
            value=draw(VALUES),
            categories_claimed=draw(st.frozensets(st.sampled_from(["field"]))),
            # What has pieces and is of a kind that no policy knows is left out.
            pieces=draw(st.frozensets(st.sampled_from(["c0", "c1", "c2", "c3"]), max_size=2)) - {f"c{n}"}
            if kind != "dance"
            else frozenset(),
            counted_before=draw(st.sampled_from([Decimal(0), Decimal("0.5")])),
        )
        for n in range(draw(st.integers(1, 7)))
    )


def reckon(policy: Policy, earned: tuple[EarnedCredit, ...]) -> Ledger:
    return ledger(policy, Record(LICENCE, earned), on=ON)


@UNHURRIED
@given(POLICIES, credits())
def test_another_credit_never_lowers_a_total(name: str, earned: tuple[EarnedCredit, ...]) -> None:
    assert reckon(BY_NAME[name], earned[:-1]).total_counted <= reckon(BY_NAME[name], earned).total_counted


# Where a stack takes the place of its pieces, more counts in all, but it may count elsewhere.
@UNHURRIED
@given(st.sampled_from(["SMALL", "CAPPED"]), credits())
def test_nor_what_the_first_categories_have_together(name: str, earned: tuple[EarnedCredit, ...]) -> None:
    before, after = (reckon(BY_NAME[name], some) for some in (earned[:-1], earned))
    for had, has in zip(_rising(before), _rising(after), strict=True):
        assert had <= has


# Under a cap an earlier category may take what a later one had; without one, no category ever falls.
@UNHURRIED
@given(credits())
def test_nor_without_caps_any_category(earned: tuple[EarnedCredit, ...]) -> None:
    before, after = reckon(SMALL, earned[:-1]), reckon(SMALL, earned)
    for had, has in zip(before.categories, after.categories, strict=True):
        assert had.counted <= has.counted


def _rising(found: Ledger) -> list[Decimal]:
    return list(accumulate(line.counted for line in found.categories))


@UNHURRIED
@given(POLICIES, credits(), st.data())
def test_order_never_matters(name: str, earned: tuple[EarnedCredit, ...], data: st.DataObject) -> None:
    assert reckon(BY_NAME[name], tuple(data.draw(st.permutations(earned)))) == reckon(BY_NAME[name], earned)


@UNHURRIED
@given(POLICIES, credits())
def test_no_credit_counts_twice(name: str, earned: tuple[EarnedCredit, ...]) -> None:
    found = reckon(BY_NAME[name], earned)
    counted: dict[str, Decimal] = {}
    for credit in earned:
        lines = [line for line in found.lines if line.credit_id == credit.id]
        assert lines, "every credit is explained"
        counted[credit.id] = sum((line.counted for line in lines), Decimal(0))
        assert counted[credit.id] <= (lines[0].amount or 0) + STEP * len(lines), "but for what makes lines add up"
        assert len({line.category for line in lines}) == len(lines)
    if name == "STACKED":
        for stack in earned:
            beside = [counted.get(piece, Decimal(0)) for piece in stack.pieces]
            assert not (stack.kind == "prize" and counted[stack.id] and any(beside))


@UNHURRIED
@given(credits())
def test_caps_hold(earned: tuple[EarnedCredit, ...]) -> None:
    lines = [line for line in reckon(CAPPED, earned).lines if line.counted]

    def counted(*kinds: str, of_year: int | None = None, carried: bool = False) -> Decimal:
        return sum(
            (
                line.counted
                for line in lines
                if (not kinds or line.kind in kinds)
                and (line.earned_on < LICENCE.issued) is carried
                and of_year in {None, CAPPED.year_start.of(line.earned_on).year}
            ),
            Decimal(0),
        )

    assert counted("hour", "badge") <= Decimal("4.5")
    assert counted("prize") <= 6
    assert counted(carried=True) <= 2
    assert all(counted("hour", of_year=year) <= 2 for year in range(2022, 2028))


@UNHURRIED
@given(POLICIES, credits())
def test_the_lines_add_up_to_the_categories_and_these_to_the_total(name: str, earned: tuple[EarnedCredit, ...]) -> None:
    found = reckon(BY_NAME[name], earned)
    assert sum((line.counted for line in found.lines), Decimal(0)) == found.total_counted
    assert sum((line.counted for line in found.categories), Decimal(0)) == found.total_counted
    for category in found.categories:
        assert sum((line.counted for line in category.lines), Decimal(0)) == category.counted
        assert category.counted + category.missing == category.required
    assert found.total_counted + found.total_missing == found.total_required
    assert len(found.missing) == sum(category.missing > 0 for category in found.categories) == len(found.fills)


@UNHURRIED
@given(POLICIES, credits())
def test_every_line_names_rules_and_says_why(name: str, earned: tuple[EarnedCredit, ...]) -> None:
    for line in reckon(BY_NAME[name], earned).lines:
        assert line.rule.id
        assert line.value_rule.id
        assert line.reason.endswith(".")
        assert line.counted or (line.why_not or "").endswith(".")


@UNHURRIED
@given(POLICIES, credits())
def test_a_prospect_promises_just_what_the_ledger_then_says(name: str, earned: tuple[EarnedCredit, ...]) -> None:
    *have, new = earned
    record = Record(LICENCE, tuple(have))
    promised = worth(BY_NAME[name], LICENCE, new, on=ON, record=record)
    then = max(ON, new.earned_on)
    before = ledger(BY_NAME[name], record, on=then).total_counted
    after = ledger(BY_NAME[name], Record(LICENCE, earned), on=then).total_counted
    assert promised.counts == after - before == sum((it.credits for it in promised.gains), Decimal(0))
