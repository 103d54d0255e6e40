"""Reading rubrics and panel rules: what is right comes back whole, what is wrong is named, all of it."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from longleaf.engines.rubrics import (
    AllRequired,
    Decides,
    PanelRule,
    RubricError,
    WeightedSum,
    WhenTheyDiffer,
    rubric_from_document,
    rubric_to_document,
    rule_from_document,
    rule_to_document,
)

DOCUMENT: dict[str, Any] = {
    "levels": [
        {"code": "none", "title": "No evidence", "meets": False},
        {"code": "partly", "title": "Partly", "meets": False},
        {"code": "meets", "title": "Meets", "meets": True},
        {"code": "exceeds", "title": "Exceeds", "meets": True},
    ],
    "criteria": [
        {
            "code": "plan",
            "title": "Plan",
            "description": "A plan that names a learning goal.",
            "requirements": ["R1", "R2"],
            "levels": {"none": "No plan.", "meets": "A plan with a goal."},
            "indicators": [{"code": "plan-1", "text": "The goal can be observed."}],
        },
        {"code": "reflect", "title": "Reflection", "required": False, "weight": "1.5"},
    ],
}


def mistakes_of(document: object) -> list[tuple[str, str]]:
    with pytest.raises(RubricError) as caught:
        rubric_from_document(document)
    return [(it.path, it.reason) for it in caught.value.mistakes]


def changed(path: list[str | int], value: object) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    spot: Any = document
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    return document


def rule_mistakes(document: object) -> list[str]:
    with pytest.raises(RubricError) as caught:
        rule_from_document(document, rubric_from_document(DOCUMENT))
    return [it.path for it in caught.value.mistakes]


def test_it_reads_levels_criteria_and_defaults() -> None:
    rubric = rubric_from_document(DOCUMENT)
    assert [(it.code, it.rank, it.meets) for it in rubric.levels] == [
        ("none", 0, False),
        ("partly", 1, False),
        ("meets", 2, True),
        ("exceeds", 3, True),
    ]
    plan, reflect = rubric.criteria
    assert plan.required
    assert plan.weight == Decimal(1)
    assert plan.requirements == ("R1", "R2")
    assert plan.descriptors == {"none": "No plan.", "meets": "A plan with a goal."}
    assert plan.indicators[0].text == "The goal can be observed."
    assert not reflect.required
    assert reflect.weight == Decimal("1.5")


def test_a_rubric_survives_the_way_through_its_document() -> None:
    rubric = rubric_from_document(DOCUMENT)
    assert rubric_from_document(rubric_to_document(rubric)) == rubric


def test_it_names_every_mistake_at_once() -> None:
    document = changed(["criteria", 0, "levels"], {"expert": "Not a level here."})
    document["criteria"][1] = {"code": "plan", "titel": "Misspelt", "weight": 0}
    assert [path for path, _ in mistakes_of(document)] == [
        "criteria[0].levels.expert",
        "criteria[1]",
        "criteria[1].title",
        "criteria[1].weight",
        "criteria[1].code",
    ]


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["levels"], [], "levels"),
        (["levels"], "meets", "levels"),
        (["levels", 0, "meets"], True, "levels"),
        (["levels", 0, "meets"], "no", "levels[0].meets"),
        (["levels", 1, "code"], "none", "levels[1].code"),
        (["criteria", 0, "code"], 3, "criteria[0].code"),
        (["criteria", 0, "requirements"], ["R1", "R1"], "criteria[0].requirements"),
        (["criteria", 0, "requirements"], "R1", "criteria[0].requirements"),
        (["criteria", 0, "weight"], "heavy", "criteria[0].weight"),
        (["criteria", 0, "title"], " ", "criteria[0].title"),
        (["criteria", 0, "indicators", 0, "text"], "", "criteria[0].indicators[0].text"),
    ],
)
def test_a_mistake_is_named_by_its_place(path: list[str | int], value: object, where: str) -> None:
    assert [it for it, _ in mistakes_of(changed(path, value))] == [where]


def test_a_ladder_that_nobody_can_fail_is_refused() -> None:
    document = changed(["levels"], [{"code": "a", "title": "A", "meets": True}])
    assert ("levels", "Some level must meet a criterion and some level must not; say of each whether it meets.") in (
        mistakes_of(document)
    )


@pytest.mark.parametrize("document", [None, [], "rubric", 3])
def test_what_is_no_mapping_is_no_rubric(document: object) -> None:
    assert ("", "This must be a mapping of names to values.") in mistakes_of(document)


def test_an_empty_rule_asks_two_readers_and_a_third_where_they_differ() -> None:
    rule = rule_from_document({}, rubric_from_document(DOCUMENT))
    assert rule == PanelRule(2, WhenTheyDiffer.THIRD_READER, Decides.THIRD, None, AllRequired())


def test_one_reader_is_a_rule_too() -> None:
    rule = rule_from_document({"readers": 1}, rubric_from_document(DOCUMENT))
    assert rule == PanelRule(1, WhenTheyDiffer.NONE, Decides.MAJORITY, None, AllRequired())


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"readers": 3, "decides": "majority"},
        {"decides": "majority", "criterion_met_when": {"level": "exceeds"}},
        {"outcome": {"kind": "weighted_sum", "cut": "0.80"}},
    ],
)
def test_a_rule_survives_the_way_through_its_document(document: dict[str, object]) -> None:
    rubric = rubric_from_document(DOCUMENT)
    rule = rule_from_document(document, rubric)
    assert rule_from_document(rule_to_document(rule), rubric) == rule


def test_a_cut_is_read_exactly() -> None:
    rule = rule_from_document({"outcome": {"kind": "weighted_sum", "cut": 0.8}}, rubric_from_document(DOCUMENT))
    assert rule.outcome == WeightedSum(cut=Decimal("0.8"))


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ({"readers": 0}, ["readers"]),
        ({"readers": 1.5}, ["readers"]),
        ({"readers": 3, "when_they_differ": "third_reader"}, ["when_they_differ"]),
        ({"when_they_differ": "none"}, ["when_they_differ"]),
        ({"readers": 3, "decides": "third"}, ["decides"]),
        ({"criterion_met_when": {"level": "expert"}}, ["criterion_met_when.level"]),
        ({"criterion_met_when": {"level": "none"}}, ["criterion_met_when.level"]),
        ({"criterion_met_when": {}}, ["criterion_met_when"]),
        ({"criterion_met_when": {"meets": False}}, ["criterion_met_when.meets"]),
        ({"outcome": {"kind": "weighted_sum", "cut": 1.2}}, ["outcome.cut"]),
        ({"outcome": {"kind": "weighted_sum"}}, ["outcome.cut"]),
        ({"outcome": {"kind": "all_required", "cut": 0.5}}, ["outcome.cut"]),
        ({"outcome": {"kind": "best_of"}}, ["outcome.kind"]),
        ({"readers": 1, "when_they_differ": "lead", "decides": "lead"}, ["when_they_differ"]),
        ({"when_they_differ": "lead", "decides": "majority"}, ["decides"]),
        ({"readers": 1, "reconciliation": {"days": 3}}, ["reconciliation"]),
        ({"outcome": {"kind": "all_required", "points": {}}}, ["outcome.points"]),
        ({"reader": 2, "decides": "lot"}, ["", "decides"]),
    ],
)
def test_a_rule_that_cannot_work_is_refused(document: dict[str, object], paths: list[str]) -> None:
    assert rule_mistakes(document) == paths
    with pytest.raises(RubricError) as refused:
        rule_from_document(document, rubric_from_document(DOCUMENT))
    # A studio shows the sentence beside its own field; the path is for whoever writes the document.
    assert not any("`" in each.reason for each in refused.value.mistakes)


def test_a_rule_needs_a_rubric_that_it_can_decide() -> None:
    optional = rubric_from_document(
        changed(["criteria"], [{"code": "a", "title": "A", "required": False}]),
    )
    with pytest.raises(RubricError, match="anything would pass"):
        rule_from_document({}, optional)
    required = rubric_from_document(changed(["criteria"], [{"code": "a", "title": "A"}]))
    with pytest.raises(RubricError, match="the cut never decides"):
        rule_from_document({"outcome": {"kind": "weighted_sum", "cut": 0.5}}, required)
