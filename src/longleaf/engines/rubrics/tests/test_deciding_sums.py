"""Sums: points per level, an extra reader near the line, lines of single criteria, the best of several rounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from longleaf.engines.rubrics import (
    DecidedBy,
    Outcome,
    Reading,
    ReadingError,
    Role,
    RubricError,
    Verdict,
    decide,
    rubric_from_document,
    rule_from_document,
    rule_to_document,
)

LEVELS = ["0", "1", "2", "3", "4"]
RUBRIC = rubric_from_document(
    {
        "levels": [{"code": code, "title": f"{code} points", "meets": code > "1"} for code in LEVELS],
        "criteria": [
            {"code": "plan", "title": "Plan"},
            {"code": "teach", "title": "Teach", "required": False},
            {"code": "reflect", "title": "Reflect", "required": False},
        ],
    }
)
POINTS: dict[str, Any] = {"kind": "points", "points": {code: int(code) for code in LEVELS}, "cut": "0.7"}
BY_POINTS: dict[str, Any] = {"readers": 1, "outcome": POINTS}
NEAR = {**BY_POINTS, "extra_reader": {"within": "0.1"}}


def reading(reader: str, levels: str, role: Role = Role.READER) -> Reading:
    return Reading(reader, dict(zip(("plan", "teach", "reflect"), levels, strict=True)), role)


def decided(rule: dict[str, Any], *readings: Reading, **before: Any) -> Outcome:
    return decide(RUBRIC, rule_from_document(rule, RUBRIC), readings, **before)


def mistakes(rule: dict[str, Any]) -> list[str]:
    with pytest.raises(RubricError) as caught:
        rule_from_document(rule, RUBRIC)
    return [it.path for it in caught.value.mistakes]


@pytest.mark.parametrize(
    ("levels", "share", "verdict"),
    [("234", "9/12", Verdict.DEMONSTRATED), ("233", "8/12", Verdict.NOT_YET), ("144", "9/12", Verdict.NOT_YET)],
)
def test_points_add_up_to_a_share_and_a_required_criterion_cannot_be_bought_off(
    levels: str, share: str, verdict: Verdict
) -> None:
    outcome = decided(BY_POINTS, reading("ann", levels))
    assert (outcome.share, outcome.verdict) == (Fraction(share), verdict)


def test_too_few_points_are_told_in_percent_and_never_rounded_up() -> None:
    outcome = decided(BY_POINTS, reading("ann", "233"))
    assert outcome.reason == "Too few points: 66.6 % of all are reached, and 70 % are asked."


def test_two_readers_points_are_averaged() -> None:
    outcome = decided({"outcome": POINTS}, reading("ann", "234"), reading("bo", "244"))
    assert outcome.share == Fraction(19, 24)


def test_an_extra_reader_is_asked_near_the_line_and_the_mean_decides() -> None:
    first = reading("ann", "233")
    waiting = decided(NEAR, first)
    assert (waiting.verdict, waiting.readings_needed) == (Verdict.NEEDS_READING, 1)
    assert waiting.reason == "The sum is near the line: 66.6 % is reached where 70 % is asked; another reading decides."
    up = decided(NEAR, first, reading("bo", "244", Role.THIRD))
    assert (up.verdict, up.share) == (Verdict.DEMONSTRATED, Fraction(18, 24))
    assert decided(NEAR, first, reading("bo", "233", Role.THIRD)).verdict is Verdict.NOT_YET


@pytest.mark.parametrize(("levels", "verdict"), [("444", Verdict.DEMONSTRATED), ("222", Verdict.NOT_YET)])
def test_nobody_else_is_asked_far_from_the_line(levels: str, verdict: Verdict) -> None:
    assert decided(NEAR, reading("ann", levels)).verdict is verdict


def test_nobody_else_is_asked_where_a_required_criterion_is_missed() -> None:
    assert decided(NEAR, reading("ann", "144")).verdict is Verdict.NOT_YET


def test_after_one_reader_the_extra_one_decides_what_is_met() -> None:
    outcome = decided(NEAR, reading("ann", "233"), reading("bo", "144", Role.THIRD))
    assert outcome.verdict is Verdict.NOT_YET
    assert outcome.criteria[0].decided_by is DecidedBy.THIRD


def test_near_the_line_of_a_weighted_sum_every_reader_counts() -> None:
    rule = {"outcome": {"kind": "weighted_sum", "cut": "0.6"}, "extra_reader": {"within": "0.1"}}
    firsts = [reading("ann", "440"), reading("bo", "440")]
    assert decided(rule, *firsts).verdict is Verdict.NEEDS_READING
    assert decided(rule, *firsts, reading("cy", "444", Role.THIRD)).share == Fraction(7, 9)
    low = decided(rule, *firsts, reading("cy", "400", Role.THIRD))
    assert (low.share, low.verdict) == (Fraction(5, 9), Verdict.NOT_YET)
    assert [it.met for it in low.criteria] == [True, True, False], "the third cannot undo what the two agree on"


def test_an_extra_reader_rates_everything() -> None:
    with pytest.raises(ReadingError, match="bo has no level for “teach”"):
        decided(NEAR, reading("ann", "233"), Reading("bo", {"plan": "2", "reflect": "3"}, Role.THIRD))


def test_single_criteria_have_lines_of_their_own() -> None:
    rule = {"readers": 1, "criterion_met_when": {"level": "2", "criteria": {"plan": "4"}}}
    outcome = decided(rule, reading("ann", "322"))
    assert [it.met for it in outcome.criteria] == [False, True, True]
    assert outcome.verdict is Verdict.NOT_YET


def test_all_of_asks_for_every_criterion() -> None:
    outcome = decided({"readers": 1, "outcome": {"kind": "all_of"}}, reading("ann", "441"))
    assert outcome.verdict is Verdict.NOT_YET
    assert outcome.reason == "Not met yet: “Reflect”."


def test_the_best_level_of_all_rounds_counts_where_the_rule_says_so() -> None:
    best = {**BY_POINTS, "across_rounds": "best_level"}
    before = {"plan": "2", "teach": "4"}
    outcome = decided(best, reading("ann", "333"), levels_before=before)
    assert outcome.share == Fraction(10, 12)
    assert [it.level for it in outcome.criteria] == ["3", "4", "3"]
    assert outcome.criteria[1].decided_by is DecidedBy.BEFORE
    assert decided(BY_POINTS, reading("ann", "333"), levels_before=before).share == Fraction(9, 12)


def test_a_level_that_was_met_before_settles_a_difference() -> None:
    best = {"across_rounds": "best_level"}
    firsts = [reading("ann", "400"), reading("bo", "100")]
    assert decided(best, *firsts).verdict is Verdict.NEEDS_READING
    assert decided(best, *firsts, levels_before={"plan": "3"}).verdict is Verdict.DEMONSTRATED


def test_what_was_met_before_brings_its_points_or_those_of_the_line() -> None:
    again = Reading("ann", {"teach": "4", "reflect": "3"})
    met = frozenset({"plan"})
    assert decided(BY_POINTS, again, met_before=met, levels_before={"plan": "4"}).share == Fraction(11, 12)
    assert decided(BY_POINTS, again, met_before=met).share == Fraction(9, 12)


def test_levels_before_must_be_of_this_rubric() -> None:
    with pytest.raises(ReadingError, match="“style” had the level “2” before"):
        decided(BY_POINTS, reading("ann", "444"), levels_before={"style": "2"})


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        ({"outcome": {**POINTS, "points": {"0": 0, "1": 1}}}, [f"outcome.points.{code}" for code in "234"]),
        ({"outcome": {**POINTS, "points": {**POINTS["points"], "9": 9}}}, ["outcome.points"]),
        ({"outcome": {**POINTS, "points": {**POINTS["points"], "1": 3}}}, ["outcome.points"]),
        ({"outcome": {**POINTS, "points": dict.fromkeys(LEVELS, 1)}}, ["outcome.points"]),
        ({"outcome": {**POINTS, "cut": "0.1"}}, ["outcome.cut"]),
        ({"outcome": {**POINTS, "kind": "all_of"}}, ["outcome.points", "outcome.cut"]),
        ({"extra_reader": {"within": "0.1"}}, ["extra_reader"]),
        ({"outcome": POINTS, "extra_reader": {"within": "0.3"}}, ["extra_reader.within"]),
        ({"outcome": POINTS, "extra_reader": {}}, ["extra_reader.within"]),
        ({"across_rounds": "mean"}, ["across_rounds"]),
        (
            {"criterion_met_when": {"meets": True, "criteria": {"style": "2", "plan": "0", "teach": "9"}}},
            [f"criterion_met_when.criteria.{code}" for code in ("style", "plan", "teach")],
        ),
    ],
)
def test_a_rule_that_cannot_work_is_refused_by_path(rule: dict[str, Any], paths: list[str]) -> None:
    assert mistakes(rule) == paths


def test_an_older_document_comes_out_as_it_went_in() -> None:
    document = {
        "readers": 2,
        "when_they_differ": "third_reader",
        "decides": "third",
        "criterion_met_when": {"meets": True},
        "outcome": {"kind": "all_required"},
    }
    assert rule_to_document(rule_from_document(document, RUBRIC)) == document


def test_a_document_with_everything_survives() -> None:
    rule = rule_from_document(
        {
            **NEAR,
            "across_rounds": "best_level",
            "criterion_met_when": {"level": "3", "criteria": {"plan": "2"}},
        },
        RUBRIC,
    )
    assert rule.extra_reader_within == Decimal("0.1")
    assert rule_from_document(rule_to_document(rule), RUBRIC) == rule
