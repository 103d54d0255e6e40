"""Rules and limits, told in plain words."""

from __future__ import annotations

import pytest

from longleaf.catalog import wording
from longleaf.catalog.design import Design
from tests import cast

LEVELS = [
    {"code": "not-yet", "title": "Not yet", "meets": False},
    {"code": "meets", "title": "Meets", "meets": True},
    {"code": "exceeds", "title": "Exceeds", "meets": True},
]


def design_with(rule: dict, *, optional: bool = False, weight: str = "1") -> Design:
    criteria = [
        {"code": "A", "title": "A", "levels": {}},
        {"code": "B", "title": "B", "levels": {}, "required": not optional, "weight": weight},
    ]
    return Design(cast.make_document(rubric={"levels": LEVELS, "criteria": criteria}, panel_rule=rule))


@pytest.mark.parametrize(
    ("rule", "optional", "told"),
    [
        (
            {"readers": 2},
            False,
            [
                "Two assessors who do not know you read it independently; where they differ, a third decides.",
                "A criterion is met at “Meets” or above.",
                "The competency is demonstrated when every criterion is met.",
            ],
        ),
        (
            {"readers": 2, "when_they_differ": "lead"},
            False,
            [
                "Two assessors who do not know you read it independently; where they differ, a lead assessor who does "
                "not know you either sees both readings and decides.",
                "A criterion is met at “Meets” or above.",
                "The competency is demonstrated when every criterion is met.",
            ],
        ),
        (
            {"readers": 1, "criterion_met_when": {"level": "exceeds"}},
            True,
            [
                "One assessor who does not know you reads it.",
                "A criterion is met at “Exceeds”.",
                "The competency is demonstrated when every required criterion is met.",
            ],
        ),
        (
            {"readers": 3, "outcome": {"kind": "weighted_sum", "cut": "0.75"}},
            True,
            [
                "Three assessors who do not know you read it independently; where they differ, the majority decides.",
                "A criterion is met at “Meets” or above.",
                "The competency is demonstrated when every required criterion is met and the criteria met make up 75 % "
                "of the weight.",
            ],
        ),
        (
            {"readers": 2, "when_they_differ": "third_reader", "decides": "majority"},
            False,
            [
                "Two assessors who do not know you read it independently; where they differ, a third reads too and the "
                "majority decides.",
                "A criterion is met at “Meets” or above.",
                "The competency is demonstrated when every criterion is met.",
            ],
        ),
    ],
)
def test_a_panel_rule_reads_as_sentences(rule, optional, told):
    design = design_with(rule, optional=optional)
    assert wording.panel_in_words(design.panel_rule, design.rubric) == told


def test_a_rule_with_points_lines_and_an_extra_reader_reads_as_sentences():
    design = design_with(
        {
            "readers": 1,
            "criterion_met_when": {"meets": True, "criteria": {"A": "exceeds"}},
            "outcome": {"kind": "points", "points": {"not-yet": 0, "meets": 1, "exceeds": 2}, "cut": "0.8"},
            "extra_reader": {"within": "0.05"},
        },
        optional=True,
        weight="2.5",
    )
    assert wording.panel_in_words(design.panel_rule, design.rubric) == [
        "One assessor who does not know you reads it.",
        "A criterion is met at “Meets” or above.",
        "“A” is met at “Exceeds”.",
        "The competency is demonstrated when every required criterion is met and 80 % of all points are reached.",
        "Points for each criterion: “Not yet” 0, “Meets” 1, “Exceeds” 2.",
        "Criteria weigh differently: “A” 1, “B” 2.5.",
        "Within 5 % of the line, one more assessor reads it and everybody's reading counts.",
    ]


def test_all_of_tells_that_every_criterion_is_needed():
    design = design_with({"outcome": {"kind": "all_of"}}, optional=True)
    told = wording.panel_in_words(design.panel_rule, design.rubric)
    assert told[-1] == "The competency is demonstrated when every criterion is met."


def test_what_may_be_brought_is_told_with_its_limits():
    first, second, third = Design(cast.make_document()).requirements
    assert wording.accepted(first) == ["Writing, 5 to 200 words."]
    assert wording.accepted(second) == [
        "Up to 3 files (PDF or image), at most 5 MB each.",
        "A link to where it can be seen.",
    ]
    assert wording.accepted(third) == ["Writing, 5 to 150 words.", "One file (audio or video), at most 200 MB."]


def test_a_fee_is_told_in_the_currency_of_the_state():
    assert [wording.fee(0), wording.fee(1250), wording.fee(40, "CHF")] == ["Free", "$1,250", "40 CHF"]


def test_a_code_that_the_pack_does_not_know_is_made_readable():
    titles = wording.Titles(None)
    assert titles.of("topic", "inquiry-based_learning") == "Inquiry based learning"
    assert [titles.of("language", code) for code in ("es", "tlh")] == ["Spanish", "tlh"]


def test_grade_bands_keep_the_order_of_the_state(state):
    state.vocabulary = {"grade_bands": [["pre-k", "Pre-K"], ["k-2", "K-2"], ["3-5", "Grades 3 to 5"]]}
    assert wording.Titles(state).of_all("grade_band", ["3-5", "k-2", "pre-k"]) == ["Pre-K", "K-2", "Grades 3 to 5"]
