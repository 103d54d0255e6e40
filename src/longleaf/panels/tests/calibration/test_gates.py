"""The gate as a document: defaults, overriding, every mistake with its place. No database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.rubrics.drift import Cusum, Ewma
from longleaf.panels.calibration.asking import AskedNow
from longleaf.panels.calibration.gates import DEFAULTS, Asked, GateError, WhenSuspended, check_gate, gate_from, merged

documents = st.recursive(
    st.dictionaries(st.sampled_from("abc"), st.integers(), max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), st.one_of(st.integers(), inner), max_size=3),
    max_leaves=8,
)


def test_by_default_it_requires_a_certificate_and_asks_for_what_is_usual() -> None:
    gate = gate_from()
    assert gate.asked is Asked.REQUIRED
    assert (gate.test.anchors, gate.test.exact, gate.test.coefficient) == (10, Decimal("0.80"), Decimal("0.70"))
    assert (gate.one_in, gate.when_suspended) == (15, WhenSuspended.GIVE_BACK)
    assert set(gate.drift) == set(gate.scatter) == {"anchors", "back_readings", "co_readers"}


def test_the_later_document_overrides_name_by_name() -> None:
    gate = gate_from({"test": {"anchors": 12, "attempts": 2}}, {"test": {"attempts": 5}, "certification": "required"})
    assert (gate.test.anchors, gate.test.attempts, gate.test.wait_days) == (12, 5, 7)
    assert gate.asked is Asked.REQUIRED


@given(documents, documents, documents)
def test_it_does_not_matter_in_which_pairs_documents_are_merged(
    one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]
) -> None:
    assert merged(merged(one, two), three) == merged(one, two, three)
    assert merged(one, {}) == merged({}, one) == one


def test_a_source_can_be_silenced_or_watched_by_another_chart() -> None:
    gate = gate_from({"drift": {"co_readers": {"off": True}, "anchors": {"limit": 3}}})
    assert set(gate.drift) == {"anchors", "back_readings"}
    assert gate.drift["anchors"] == Cusum(slack=0.5, limit=3.0, spread=0.5)
    # A chart of another kind has other names, so nothing of the default one is left.
    assert gate_from({"drift": {"anchors": {"kind": "ewma", "spread": 2}}}).drift["anchors"] == Ewma(spread=2.0)


@pytest.mark.parametrize(
    ("written", "unseen", "training", "certified", "required"),
    [
        ("once_anchored", 9, 3, 0, False),
        ("once_anchored", 10, 0, 0, False),
        ("once_anchored", 10, 2, 0, False),
        ("once_anchored", 10, 3, 0, True),
        # An anchor that goes opens nothing while somebody holds what its test gave.
        ("once_anchored", 9, 3, 1, True),
        ("required", 0, 0, 0, True),
        ("recommended", 10, 3, 5, False),
        ("none", 10, 3, 5, False),
    ],
)
def test_whether_a_certificate_is_required_follows_from_gate_and_anchors(
    written: str, unseen: int, training: int, certified: int, required: bool
) -> None:
    asked = AskedNow(gate_from({"certification": written}), unseen, training, certified)
    assert asked.is_required is required
    assert asked.nobody_may_read is (required and not certified)
    assert asked.is_watched is (written != "none")
    assert ("nly certified readers" in asked.says) is required


def test_how_many_anchors_are_missing_is_said() -> None:
    begins = gate_from({"certification": "once_anchored"})
    assert AskedNow(begins, 4, 1, 0).says == (
        "Nobody is certified for this yet: 4 of 10 anchors are there."
        " Until then everybody of the pool reads, without a certificate."
    )
    assert AskedNow(begins, 10, 0, 0).nobody_yet.endswith("still missing: 3 anchors to train on.")
    # Where it can be had, or is not asked for, nothing waits for anchors.
    assert AskedNow(begins, 10, 3, 0).nobody_yet == ""
    assert AskedNow(gate_from({"certification": "recommended"}), 0, 0, 0).nobody_yet == ""
    # Where one is required all along, work waits for them.
    assert AskedNow(gate_from(), 4, 0, 0).says == (
        "Only certified readers get live work. Nobody can be certified by this text yet."
        " Missing: 6 anchors for the test and 3 anchors to train on."
    )


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"tests": 1}, "tests"),
        ({"certification": "perhaps"}, "certification"),
        ({"anchors": {"agreeing": 1}}, "anchors.agreeing"),
        ({"test": {"exact": "1.2"}}, "test.exact"),
        ({"test": {"anchors": 2.5}}, "test.anchors"),
        ({"test": 3}, "test"),
        ({"seeding": {"one_in": 1}}, "seeding.one_in"),
        ({"when_suspended": "sleep"}, "when_suspended"),
        ({"drift": {"anchors": {"limit": 0}}}, "drift.anchors.limit"),
        ({"drift": {"peers": {}}}, "drift"),
        ([], ""),
    ],
)
def test_every_mistake_is_named_by_its_place(document: Any, path: str) -> None:
    with pytest.raises(GateError) as refused:
        check_gate(document)
    told = [mistake.path for mistake in refused.value.mistakes]
    assert any(each == path or each.startswith(f"{path}.") or not each for each in told)
    assert told


def test_two_mistakes_are_told_at_once() -> None:
    with pytest.raises(GateError) as refused:
        check_gate({"valid_months": 0, "test": {"attempts": 0}})
    assert {mistake.path for mistake in refused.value.mistakes} == {"valid_months", "test.attempts"}


def test_the_defaults_are_a_gate_of_their_own() -> None:
    assert gate_from(DEFAULTS) == gate_from()
