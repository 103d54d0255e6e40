"""A policy's own test cases: they pass when they are right, and are caught when they are not."""

from __future__ import annotations

from typing import Any

import pytest

from longleaf.engines.policy import check_examples, policy_from_document
from longleaf.engines.policy.tests.small_policy import document

EXAMPLE: dict[str, Any] = {
    "title": "Thirty hours of craft",
    "as_of": "2026-01-01",
    "licence": {"kind": "FULL", "role": "baker", "issued": "2022-07-01", "expires": "2027-06-30"},
    "credits": [{"id": "a", "kind": "hour", "amount": 30, "earned_on": "2024-01-01", "alignments": ["S-3"]}],
    "expect": {
        "version": "V1",
        "required": 10,
        "counted": 3,
        "missing": 7,
        "categories": {"craft": 3},
        "credits": {"a": 3},
        "settled": False,
    },
}


def failures(**changes: Any) -> list[str]:
    policy = policy_from_document(document(examples=[{**EXAMPLE, **changes}]))
    return [str(failure) for failure in check_examples(policy)]


def test_a_right_example_passes() -> None:
    assert failures() == []


@pytest.mark.parametrize(
    ("expect", "failure"),
    [
        ({"counted": 4}, "examples[0].expect.counted: Expected 4, but the ledger says 3."),
        ({"version": "V2"}, "examples[0].expect.version: Expected V2, but the ledger says V1."),
        ({"settled": True}, "examples[0].expect.settled: Expected True, but the ledger says False."),
        ({"categories": {"craft": 2}}, "examples[0].expect.categories.craft: Expected 2, but the ledger says 3."),
        ({"credits": {"b": 2}}, "examples[0].expect.credits.b: The ledger has no “b”; it has: a."),
        ({"no_rule": True}, "examples[0].expect.no_rule: The policy does have a rule for this."),
        ({}, "examples[0].expect: This example expects nothing, so it could never fail."),
    ],
)
def test_a_wrong_expectation_is_a_failure(expect: dict[str, object], failure: str) -> None:
    assert failures(expect=expect) == [failure]


def test_silence_of_the_policy_is_a_failure_unless_it_is_expected() -> None:
    silent = {**EXAMPLE["licence"], "role": "guest"}
    assert failures(licence=silent, expect={"no_rule": True}) == []
    assert [it.split(":")[0] for it in failures(licence=silent)] == ["examples[0].expect"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"as_of": "soon"}, "examples[0].as_of"),
        ({"licence": None}, "examples[0].licence"),
        ({"credits": [{"id": "a", "kind": "hour"}]}, "examples[0].credits[0].earned_on"),
        ({"expect": {"sum": 3}}, "examples[0].expect"),
    ],
)
def test_an_example_that_cannot_be_read_is_a_failure(changes: dict[str, object], path: str) -> None:
    assert path in [it.split(":")[0] for it in failures(**changes)]


def test_a_policy_without_examples_has_not_shown_anything() -> None:
    assert [str(it) for it in check_examples(policy_from_document(document()))] == ["examples: This is missing."]
