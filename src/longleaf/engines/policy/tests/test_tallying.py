"""A tally is just what the ledger adds up to, whatever the policy and whatever was earned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.policy import (
    Licence,
    LocalValue,
    NoRuleError,
    Policy,
    Record,
    Shapes,
    Tallier,
    ledger,
    policy_from_document,
    tally,
)
from longleaf.engines.policy.filling import Filling, Heap
from longleaf.engines.policy.tests.drawn import BY_KIND, TOPICS, cases, policies, records
from longleaf.engines.policy.tests.small_policy import LICENCE, ON, hours, small_policy
from longleaf.engines.policy.tests.tallies import require_same

STATES = next(it for it in Path(__file__).parents if (it / "pyproject.toml").is_file()) / "states"
PACKS = {
    file.parent.parent.name: policy_from_document(yaml.safe_load(file.read_text("utf-8")))
    for file in sorted(STATES.glob("*/policy/renewal.yaml"))
}
UNHURRIED = settings(deadline=None, max_examples=100)


@UNHURRIED
@given(policies(), st.lists(records(LICENCE, ("hour", "prize", "badge", "old", "dance"), TOPICS), max_size=4))
def test_a_tally_is_what_the_ledger_adds_up_to(policy: Policy, some: list[Record]) -> None:
    kept = Tallier(policy, on=ON)
    for record in some:
        require_same(kept.tally(record), ledger(policy, record, on=ON))


@pytest.mark.parametrize("kind", BY_KIND)
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_so_it_is_under_every_kind_of_rule(kind: str, data: st.DataObject) -> None:
    policy = BY_KIND[kind]
    record = data.draw(cases(policy))
    try:
        whole = ledger(policy, record, on=ON)
    except NoRuleError:
        with pytest.raises(NoRuleError):
            tally(policy, record, on=ON)
    else:
        require_same(tally(policy, record, on=ON), whole)


@pytest.mark.parametrize("state", PACKS)
@UNHURRIED
@given(data=st.data())
def test_so_it_is_under_the_policy_of_every_pack(state: str, data: st.DataObject) -> None:
    policy = PACKS[state]
    role = data.draw(st.sampled_from([it.code for it in policy.roles]))
    kind = data.draw(st.sampled_from([it.code for it in policy.licence_types]))
    expires = data.draw(st.dates(date(2014, 1, 1), date(2028, 12, 31)))
    licence = Licence(kind, role, data.draw(st.none() | st.just(expires - timedelta(days=1800))), expires)
    kinds = tuple(it.code for it in policy.kinds)
    record = data.draw(records(licence, kinds, ["literacy", "subject_area", "digital_learning", "executive_role"]))
    try:
        whole = ledger(policy, record, on=ON)
    except NoRuleError:
        with pytest.raises(NoRuleError):
            tally(policy, record, on=ON)
        return
    require_same(tally(policy, record, on=ON), whole)


def test_one_tallier_serves_every_licence_by_its_own_days() -> None:
    kept, earned = Tallier(small_policy(), on=ON), (hours("a", "30", date(2023, 1, 1)), hours("b", "20"))
    later = replace(LICENCE, issued=date(2023, 7, 1), expires=date(2028, 6, 30))
    for licence in (LICENCE, later, replace(LICENCE, kind="LIFE"), replace(LICENCE, areas=frozenset())):
        require_same(kept.tally(Record(licence, earned)), ledger(small_policy(), Record(licence, earned), on=ON))
    for _ in range(2):
        with pytest.raises(NoRuleError, match="Guest"):
            kept.tally(Record(replace(LICENCE, role="guest"), earned))


def test_credits_that_differ_in_name_and_day_alone_are_one_shape() -> None:
    shapes = Shapes()
    ours = LocalValue(Decimal(1), "North", "ours")
    assert shapes.of(hours("a", "5", value=ours)) == shapes.of(
        hours("b", "5", date(2025, 1, 1), value=replace(ours, set_by="South"))
    )
    assert shapes.of(hours("c", "5")) != shapes.of(hours("d", "6"))
    dated = [hours("e", "5", day, evidence_on=date(2025, 1, 1)) for day in (date(2024, 1, 1), date(2024, 1, 2))]
    assert len(set(map(shapes.of, dated))) == 2, "a day is held against the others of the credit"


def test_days_of_an_approval_tell_only_whether_it_came_before() -> None:
    shapes = Shapes()
    first, later = date(2023, 1, 1), date(2023, 1, 2)
    before = [hours("a", "5", begun_on=later, approved_on=first), hours("b", "5", later, approved_on=later)]
    after = [hours("c", "5", begun_on=first, approved_on=later), hours("d", "5"), hours("e", "5", begun_on=first)]
    assert len(set(map(shapes.of, before))) == len(set(map(shapes.of, after))) == 1
    assert shapes.of(before[0]) != shapes.of(after[0])
    # A program must have been approved when the work began.
    assert len({shapes.of(hours("p", "5", begun_on=day, program="baking")) for day in (first, later)}) == 2


def test_proof_that_is_there_in_time_and_days_outside_of_programs_make_no_further_shapes() -> None:
    shapes = Shapes(programs={"baking"})
    days = [date(2023, 1, 1), date(2023, 1, 2)]
    at_once = [hours(str(day), "5", day, item="bread", begun_on=days[0], evidence_on=days[0]) for day in days]
    assert len(set(map(shapes.of, at_once))) == 1
    assert shapes.of(hours("none", "5", days[1], item="bread")) != shapes.of(at_once[0])
    assert len({shapes.of(hours("p", "5", begun_on=day, item="baking")) for day in days}) == 2


def test_parts_that_compete_are_filled_in_their_order() -> None:
    filling = Filling(wanted=(3, 4, 5), limits={})
    assert filling.filled([(Heap(0b011), 5), (Heap(0b110), 4)]) == (3, 4, 2)
    assert filling.filled([(Heap(0b101), 4)]) == (3, 0, 1)


def test_narrow_limits_let_through_no_more_than_wide_ones_leave() -> None:
    filling = Filling(wanted=(9, 9), limits={1: 5, 2: 2})
    assert filling.filled([(Heap(0b01, (1, 2)), 4), (Heap(0b11, (1,)), 6)]) == (5, 0)
    assert filling.filled([(Heap(0b01, (1, 2)), 4), (Heap(0b10, (1,)), 6)]) == (2, 3)
