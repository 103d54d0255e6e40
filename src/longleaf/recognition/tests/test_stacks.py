"""A completed stack is a credit of its own where the policy knows stacks, and never beside its pieces."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from longleaf.awards import revoking
from longleaf.catalog import publishing
from longleaf.catalog.queries import StackOutline, stack_outlines
from longleaf.recognition import ledgers
from longleaf.recognition.stacks import completed
from longleaf.recognition.tests.factories import SURE, TODAY, badge, license_for, load, make_policy_document
from tests import cast

STACK_KIND = {"code": "stack", "title": "Stack", "measure": "stack", "measures": "stacks"}
KINDS = [*make_policy_document()["kinds"], STACK_KIND]
VALUES = [
    {"id": of, "title": of, "of": of, "worth": {"kind": "fixed", "credits": credits}, **SURE}
    for of, credits in (("micro_credential", 1), ("stack", 3))
]
UNITS = {"id": "MD-units", "title": "A stack in place of its pieces", "of": ["stack"], **SURE}
FIRST, SECOND = datetime(2026, 2, 2, 15, tzinfo=UTC), datetime(2026, 3, 3, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def licence(state: Any, educator: Any) -> Any:
    return license_for(educator, state)


@pytest.fixture
def other(state: Any, issuer: Any, items: Any) -> Any:
    return cast.publish(state, issuer, cast.make_document("other", title="Other"), [items["MTS-1"]])


@pytest.fixture
def stack(state: Any, issuer: Any, version: Any, other: Any) -> Any:
    return gather(state, issuer, version, other)


def gather(state: Any, issuer: Any, *versions: Any) -> Any:
    members = [version.micro_credential.slug for version in versions]
    facts = {"title": "Both", "standing": "synthetic"}
    return publishing.gather_stack(state=state, issuer=issuer, slug="both", members=members, **facts)


def ledger_of(person: Any) -> Any:
    return ledgers.standing_of(person, on=TODAY).ledger


def both_earned(person: Any, *versions: Any) -> list[Any]:
    return [badge(person, it, earned_at=day) for it, day in zip(versions, (FIRST, SECOND), strict=True)]


def test_a_stack_counts_in_place_of_its_pieces(educator, state, version, other, stack, issuing_officer):
    load(state, kinds=KINDS, values=VALUES, units=UNITS)
    badge(educator, version, earned_at=FIRST)
    assert ledger_of(educator).total_counted == 1
    award = badge(educator, other, earned_at=SECOND)
    found = ledger_of(educator)
    assert (found.total_counted, [it.title for it in found.lines if it.counted]) == (3, ["Both"])
    [line] = [it for it in found.lines if it.kind == "stack"]
    assert line.earned_on == SECOND.date()
    revoking.revoke(award=award, reason="Issued in error.", acting_person=issuing_officer)
    assert ledger_of(educator).total_counted == 1


def test_pieces_count_where_they_count_for_more(educator, state, version, other, stack):
    load(state, kinds=KINDS, values=[VALUES[0], {**VALUES[1], "worth": {"kind": "fixed", "credits": 1}}], units=UNITS)
    both_earned(educator, version, other)
    assert ledger_of(educator).total_counted == 2


def test_a_policy_that_knows_no_stacks_hears_of_none(educator, state, version, other, stack):
    count = {"kind": "count", "at_least": 3, "when": {"kind": "anything"}}
    load(
        state,
        values=VALUES[:1],
        results=[{"id": "r", "title": "R", "gives": {"kind": "rank", "to": "II"}, "needs": count, **SURE}],
    )
    both_earned(educator, version, other)
    found = ledger_of(educator)
    assert [it.kind for it in found.lines] == ["micro_credential"] * 2
    assert not found.answers.results[0].met


def test_who_completed_a_stack_keeps_it_when_it_grows(educator, other_educator, state, issuer, items, version, other):
    load(state, kinds=KINDS, values=VALUES, units=UNITS)
    license_for(other_educator, state)
    with time_machine.travel(datetime(2025, 1, 1, 15, tzinfo=UTC)):
        gather(state, issuer, version, other)
    third = cast.publish(state, issuer, cast.make_document("third", title="Third"), [items["MTS-1"]])
    both_earned(educator, version, other)
    with time_machine.travel(datetime(2026, 4, 1, 15, tzinfo=UTC)):
        gather(state, issuer, version, other, third)
    for late in (version, other):
        badge(other_educator, late, earned_at=datetime(2026, 5, 1, 15, tzinfo=UTC))
    assert ledger_of(educator).total_counted == 3
    assert ledger_of(other_educator).total_counted == 2
    [outline] = stack_outlines()
    assert list(outline.members.values()) == [None, None, date(2026, 4, 1)]
    # Loaded again, it began no later.
    gather(state, issuer, version, other, third)
    assert stack_outlines() == [outline]


def test_it_is_completed_on_the_first_day_on_which_nothing_was_missing():
    days = [date(2026, month, 1) for month in range(1, 6)]
    stack = StackOutline("s", "S", "i", "k", {"a": None, "b": None, "c": days[3]})
    earned = [("a", days[1], "1"), ("a", days[0], "0"), ("b", days[2], "2"), ("x", days[0], "x")]
    assert completed(stack, earned) == (days[2], frozenset({"0", "2"}))
    assert completed(stack, earned[:2]) is None
    late = [("a", days[4], "0"), ("b", days[4], "1")]
    assert completed(stack, late) is None
    assert completed(stack, [*late, ("c", days[4], "2")]) == (days[4], frozenset({"0", "1", "2"}))
