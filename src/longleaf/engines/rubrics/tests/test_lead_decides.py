"""A lead decides what readers differ on: where they are asked, what their level does, and what it never does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.rubrics import (
    AcrossRounds,
    AllRequired,
    DecidedBy,
    Decides,
    PanelRule,
    Points,
    Reading,
    ReadingError,
    Role,
    Rubric,
    RubricError,
    Verdict,
    WeightedSum,
    WhenTheyDiffer,
    decide,
    rule_from_document,
    rule_to_document,
)
from longleaf.engines.rubrics.tests.test_deciding import RUBRIC, reading
from longleaf.engines.rubrics.tests.test_properties import points, rubrics

LEAD = PanelRule(2, WhenTheyDiffer.LEAD, Decides.LEAD)
DIFFER = [reading("ann", "meets", "meets"), reading("bo", "partly", "exceeds")]
Led = tuple[Rubric, PanelRule, list[Reading], dict[str, str]]


def lead(**ratings: str) -> Reading:
    return Reading("lee", ratings, Role.LEAD)


def test_a_difference_waits_for_a_lead_and_for_no_reading() -> None:
    outcome = decide(RUBRIC, LEAD, DIFFER)
    assert (outcome.verdict, outcome.readings_needed, outcome.to_adjudicate) == (Verdict.NEEDS_READING, 0, ("plan",))
    assert outcome.reason == "The readers differ on “Plan”; a lead assessor decides."
    assert decide(RUBRIC, LEAD, DIFFER[:1]).to_adjudicate == ()


@pytest.mark.parametrize(("level", "verdict"), [("exceeds", Verdict.DEMONSTRATED), ("none", Verdict.NOT_YET)])
def test_what_the_lead_finds_becomes_the_decision(level: str, verdict: Verdict) -> None:
    outcome = decide(RUBRIC, LEAD, [*DIFFER, lead(plan=level)])
    assert (outcome.verdict, outcome.to_adjudicate) == (verdict, ())
    plan = outcome.criteria[0]
    assert (plan.level, plan.decided_by, plan.agreed) == (level, DecidedBy.LEAD, False)


def test_a_lead_is_no_reader() -> None:
    outcome = decide(RUBRIC, LEAD, [*DIFFER, lead(plan="exceeds")])
    assert outcome.readers == ("ann", "bo")
    assert outcome.criteria[0].levels == ("meets", "partly")


def test_a_lead_decides_what_is_asked_and_nothing_else() -> None:
    for given_by_lead, said in (
        (lead(), "lee has no level for “plan”."),
        (lead(plan="meets", teach="none"), "lee decides “teach”, on which no lead is asked."),
    ):
        with pytest.raises(ReadingError) as refused:
            decide(RUBRIC, LEAD, [*DIFFER, given_by_lead])
        assert refused.value.problems == (said,)
    with pytest.raises(ReadingError, match="the rule has no place for them"):
        decide(RUBRIC, PanelRule(), [*DIFFER, lead(plan="meets")])


def test_what_an_earlier_round_settles_needs_no_lead() -> None:
    rule = PanelRule(2, WhenTheyDiffer.LEAD, Decides.LEAD, across_rounds=AcrossRounds.BEST_LEVEL)
    outcome = decide(RUBRIC, rule, DIFFER, levels_before={"plan": "meets"})
    assert outcome.verdict is Verdict.DEMONSTRATED
    assert outcome.criteria[0].decided_by is DecidedBy.BEFORE


def test_points_of_what_a_lead_decided_are_those_of_their_level() -> None:
    worth = {"none": Decimal(0), "partly": Decimal(1), "meets": Decimal(2), "exceeds": Decimal(4)}
    rule = PanelRule(2, WhenTheyDiffer.LEAD, Decides.LEAD, outcome=Points(Decimal("0.5"), worth))
    outcome = decide(RUBRIC, rule, [*DIFFER, lead(plan="exceeds")])
    # Plan 4 of 4; Teach, of double weight, the mean of 2 and 4; Extra 2.
    assert outcome.share == (4 + 2 * 3 + 2) / 16


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ({"readers": 1, "when_they_differ": "lead"}, ["when_they_differ"]),
        ({"when_they_differ": "lead", "decides": "third"}, ["decides"]),
        ({"decides": "lead"}, ["decides"]),
        (
            {
                "when_they_differ": "lead",
                "outcome": {"kind": "weighted_sum", "cut": 0.8},
                "extra_reader": {"within": "0.05"},
            },
            ["extra_reader"],
        ),
    ],
)
def test_a_rule_of_a_lead_that_cannot_work_is_refused(document: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(RubricError) as refused:
        rule_from_document(document, RUBRIC)
    assert [mistake.path for mistake in refused.value.mistakes] == paths


def test_the_rule_survives_the_way_through_its_document() -> None:
    assert rule_from_document({"when_they_differ": "lead"}, RUBRIC) == LEAD
    assert rule_from_document(rule_to_document(LEAD), RUBRIC) == LEAD


@st.composite
def led(draw: st.DrawFn) -> Led:
    """Complete first readings under a rule by which a lead decides, and a level of the lead for every criterion."""
    rubric = draw(rubrics())
    sums = [WeightedSum(Decimal("0.5")), Points(Decimal("0.7"), draw(points(rubric)))]
    outcome = draw(st.sampled_from([AllRequired(), *sums]))
    rule = PanelRule(draw(st.sampled_from([2, 3])), WhenTheyDiffer.LEAD, Decides.LEAD, outcome=outcome)
    ratings = st.fixed_dictionaries(
        {it.code: st.sampled_from([level.code for level in rubric.levels]) for it in rubric.criteria}
    )
    readings = [Reading(f"reader {number}", draw(ratings)) for number in range(rule.readers)]
    return rubric, rule, readings, draw(ratings)


def decided(panel: Led, found: dict[str, str]) -> Any:
    rubric, rule, readings, _ = panel
    asked = decide(rubric, rule, readings).to_adjudicate
    return decide(rubric, rule, [*readings, Reading("lead", {code: found[code] for code in asked}, Role.LEAD)])


@given(led())
def test_a_lead_is_asked_exactly_where_readers_stand_on_two_sides(panel: Led) -> None:
    rubric, rule, readings, _ = panel
    sides = {
        code: {rule.is_met(rubric, it.ratings[code], code) for it in readings} for code in rubric.criterion_by_code
    }
    outcome = decide(rubric, rule, readings)
    assert outcome.to_adjudicate == tuple(code for code, found in sides.items() if len(found) == 2)
    assert (outcome.verdict is Verdict.NEEDS_READING) == bool(outcome.to_adjudicate)


@given(led())
def test_then_there_is_a_verdict_and_only_what_differed_is_the_leads(panel: Led) -> None:
    rubric, rule, readings, found = panel
    before, after = decide(rubric, rule, readings), decided(panel, found)
    assert after.verdict in {Verdict.DEMONSTRATED, Verdict.NOT_YET}
    for was, now in zip(before.criteria, after.criteria, strict=True):
        if was.code in before.to_adjudicate:
            assert (now.level, now.decided_by, now.levels) == (found[was.code], DecidedBy.LEAD, was.levels)
        else:
            assert now == was
    assert after.readers == before.readers


@given(led(), st.data())
def test_a_better_level_of_the_lead_never_takes_a_verdict_away(panel: Led, data: st.DataObject) -> None:
    rubric, _, _, found = panel
    code = data.draw(st.sampled_from(sorted(found)))
    rank = rubric.level_by_code[found[code]].rank
    better = data.draw(st.sampled_from([it.code for it in rubric.levels if it.rank >= rank]))
    before, after = decided(panel, found), decided(panel, {**found, code: better})
    assert before.met <= after.met
    assert not (before.verdict is Verdict.DEMONSTRATED and after.verdict is Verdict.NOT_YET)
