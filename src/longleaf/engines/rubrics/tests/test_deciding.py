"""Deciding: each rule on its own, who is still needed, and what no reading may be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from longleaf.engines.rubrics import (
    DecidedBy,
    Decides,
    Difference,
    PanelRule,
    Reading,
    ReadingError,
    Role,
    Rubric,
    Verdict,
    WeightedSum,
    WhenTheyDiffer,
    decide,
    differences,
    rubric_from_document,
)

RUBRIC: Rubric = rubric_from_document(
    {
        "levels": [
            {"code": "none", "title": "No evidence", "meets": False},
            {"code": "partly", "title": "Partly", "meets": False},
            {"code": "meets", "title": "Meets", "meets": True},
            {"code": "exceeds", "title": "Exceeds", "meets": True},
        ],
        "criteria": [
            {"code": "plan", "title": "Plan"},
            {"code": "teach", "title": "Teach", "weight": 2},
            {"code": "extra", "title": "Extra", "required": False},
        ],
    }
)
TWO_AND_A_THIRD = PanelRule()
ONE = PanelRule(1, WhenTheyDiffer.NONE, Decides.MAJORITY)


def reading(reader: str, plan: str, teach: str, extra: str = "meets", role: Role = Role.READER) -> Reading:
    return Reading(reader, {"plan": plan, "teach": teach, "extra": extra}, role)


def test_two_readers_who_agree_make_a_verdict() -> None:
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, [reading("ann", "meets", "exceeds"), reading("bo", "meets", "meets")])
    assert outcome.verdict is Verdict.DEMONSTRATED
    assert outcome.reason == "Every criterion is met."
    assert outcome.readings_needed == 0
    plan, teach, _ = outcome.criteria
    assert (plan.level, plan.decided_by, plan.agreed) == ("meets", DecidedBy.AGREEMENT, True)
    assert (teach.level, teach.levels) == ("meets", ("exceeds", "meets")), "both readers saw at least the lower"


def test_not_yet_names_what_is_open() -> None:
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, [reading("ann", "partly", "meets"), reading("bo", "none", "meets")])
    assert outcome.verdict is Verdict.NOT_YET
    assert outcome.reason == "Required and not met yet: “Plan”."
    assert outcome.criteria[0].level == "none"
    assert outcome.met == {"teach", "extra"}


def test_an_optional_criterion_alone_never_holds_back() -> None:
    firsts = [reading("ann", "meets", "meets", "none"), reading("bo", "meets", "meets", "none")]
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, firsts)
    assert outcome.verdict is Verdict.DEMONSTRATED
    assert outcome.reason == "Enough is met; still open, but not needed: “Extra”."


def test_it_waits_for_readings_that_are_still_to_come() -> None:
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, [reading("ann", "meets", "meets")])
    assert (outcome.verdict, outcome.readings_needed) == (Verdict.NEEDS_READING, 1)
    assert outcome.reason == "1 of 2 readings are in; 1 more to come."
    assert outcome.criteria[0].met is None
    assert decide(RUBRIC, TWO_AND_A_THIRD, []).readings_needed == 2


def test_readers_on_two_sides_of_the_line_call_a_third() -> None:
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, [reading("ann", "meets", "meets"), reading("bo", "partly", "meets")])
    assert (outcome.verdict, outcome.readings_needed) == (Verdict.NEEDS_READING, 1)
    assert outcome.reason == "The readers differ on “Plan”; a third reading decides."
    assert [it.met for it in outcome.criteria] == [None, True, True]
    assert not outcome.criteria[0].agreed


@pytest.mark.parametrize(("third", "verdict"), [("meets", Verdict.DEMONSTRATED), ("none", Verdict.NOT_YET)])
def test_the_third_decides_where_they_differ(third: str, verdict: Verdict) -> None:
    firsts = [reading("ann", "exceeds", "meets"), reading("bo", "partly", "meets")]
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, [*firsts, Reading("cy", {"plan": third}, Role.THIRD)])
    assert outcome.verdict is verdict
    assert outcome.readers == ("ann", "bo", "cy")
    assert outcome.criteria[0].decided_by is DecidedBy.THIRD
    assert outcome.criteria[0].level == third
    assert outcome.criteria[0].levels == ("exceeds", "partly", third)


def test_the_third_cannot_undo_what_the_two_agree_on() -> None:
    firsts = [reading("ann", "meets", "meets"), reading("bo", "partly", "meets")]
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, [*firsts, reading("cy", "meets", "none", role=Role.THIRD)])
    assert outcome.verdict is Verdict.DEMONSTRATED
    assert outcome.criteria[1].level == "meets"


def test_a_majority_takes_the_middle_level() -> None:
    rule = PanelRule(decides=Decides.MAJORITY)
    firsts = [reading("ann", "meets", "meets"), reading("bo", "none", "meets")]
    outcome = decide(RUBRIC, rule, [*firsts, Reading("cy", {"plan": "exceeds"}, Role.THIRD)])
    assert (outcome.criteria[0].level, outcome.criteria[0].decided_by) == ("meets", DecidedBy.MAJORITY)


def test_three_readers_decide_by_majority_without_another() -> None:
    rule = PanelRule(3, WhenTheyDiffer.NONE, Decides.MAJORITY)
    readings = [reading(who, level, "meets") for who, level in (("a", "meets"), ("b", "none"), ("c", "partly"))]
    outcome = decide(RUBRIC, rule, readings)
    assert outcome.verdict is Verdict.NOT_YET
    assert (outcome.criteria[0].level, outcome.criteria[0].decided_by) == ("partly", DecidedBy.MAJORITY)


def test_one_reader_suffices_where_the_rule_says_so() -> None:
    outcome = decide(RUBRIC, ONE, [reading("ann", "meets", "meets")])
    assert outcome.verdict is Verdict.DEMONSTRATED
    assert outcome.criteria[0].decided_by is DecidedBy.READER


def test_a_minimum_level_moves_the_line() -> None:
    rule = PanelRule(1, WhenTheyDiffer.NONE, Decides.MAJORITY, minimum_level="exceeds")
    assert decide(RUBRIC, rule, [reading("ann", "meets", "exceeds")]).verdict is Verdict.NOT_YET
    assert decide(RUBRIC, rule, [reading("ann", "exceeds", "exceeds")]).verdict is Verdict.DEMONSTRATED


@pytest.mark.parametrize(("cut", "verdict"), [("0.75", Verdict.DEMONSTRATED), ("0.76", Verdict.NOT_YET)])
def test_a_weighted_sum_has_a_cut(cut: str, verdict: Verdict) -> None:
    rule = PanelRule(1, WhenTheyDiffer.NONE, Decides.MAJORITY, outcome=WeightedSum(Decimal(cut)))
    outcome = decide(RUBRIC, rule, [reading("ann", "meets", "meets", "none")])
    assert outcome.verdict is verdict
    assert not (verdict is Verdict.NOT_YET and "Too little of the weight" not in outcome.reason)


def test_a_weighted_sum_never_buys_off_a_required_criterion() -> None:
    rule = PanelRule(1, WhenTheyDiffer.NONE, Decides.MAJORITY, outcome=WeightedSum(Decimal("0.5")))
    assert decide(RUBRIC, rule, [reading("ann", "none", "meets")]).verdict is Verdict.NOT_YET


def test_a_resubmission_is_judged_only_on_what_was_not_met() -> None:
    again = [Reading(who, {"plan": "meets"}) for who in ("dee", "eli")]
    outcome = decide(RUBRIC, TWO_AND_A_THIRD, again, met_before=frozenset({"teach", "extra"}))
    assert outcome.verdict is Verdict.DEMONSTRATED
    assert [it.decided_by for it in outcome.criteria] == [
        DecidedBy.AGREEMENT,
        DecidedBy.BEFORE,
        DecidedBy.BEFORE,
    ]
    assert outcome.met == {"plan", "teach", "extra"}


def problems(*readings: Reading, rule: PanelRule = TWO_AND_A_THIRD, before: frozenset[str] = frozenset()) -> object:
    with pytest.raises(ReadingError) as caught:
        decide(RUBRIC, rule, readings, met_before=before)
    return list(caught.value.problems)


def test_an_incomplete_reading_is_refused_with_all_that_is_missing() -> None:
    assert problems(Reading("ann", {"plan": "meets"}), Reading("bo", {})) == [
        "ann has no level for “teach”.",
        "ann has no level for “extra”.",
        "bo has no level for “plan”.",
        "bo has no level for “teach”.",
        "bo has no level for “extra”.",
    ]


def test_unknown_criteria_and_levels_are_refused() -> None:
    assert problems(Reading("ann", {"plan": "superb", "style": "meets"})) == [
        "ann gives “plan” the level “superb”, which this rubric does not have.",
        "ann rates “style”, which is not a criterion of this rubric.",
    ]


def test_a_third_who_leaves_out_the_difference_is_refused() -> None:
    firsts = [reading("ann", "meets", "meets"), reading("bo", "none", "meets")]
    assert problems(*firsts, Reading("cy", {"teach": "meets"}, Role.THIRD)) == ["cy has no level for “plan”."]


def test_a_panel_has_only_the_readers_that_its_rule_asks_for() -> None:
    ann, bo = reading("ann", "meets", "meets"), reading("bo", "meets", "meets")
    assert problems(ann, ann) == ["ann reads twice; each reading needs its own reader."]
    assert problems(ann, bo, rule=ONE) == ["The rule asks for 1 readers, and 2 readings were given."]
    third = reading("cy", "meets", "meets", role=Role.THIRD)
    assert problems(ann, third, rule=ONE) == ["1 third readings were given; the rule has no place for them."]


def test_what_was_met_before_is_not_rated_again() -> None:
    assert problems(reading("ann", "meets", "meets"), before=frozenset({"plan", "style"})) == [
        "“style” was met before but is not a criterion of this rubric.",
        "ann rates “plan”, which was met before and is not judged again.",
    ]


def test_differences_tell_steps_and_whether_the_line_lies_between() -> None:
    first, second = reading("ann", "meets", "meets", "none"), reading("bo", "exceeds", "meets", "exceeds")
    assert differences(RUBRIC, first, second) == (
        Difference("plan", ("meets", "exceeds"), steps=1, crosses_line=False),
        Difference("extra", ("none", "exceeds"), steps=3, crosses_line=True),
    )
    strict = PanelRule(minimum_level="exceeds")
    assert [it.crosses_line for it in differences(RUBRIC, first, second, rule=strict)] == [True, True]
