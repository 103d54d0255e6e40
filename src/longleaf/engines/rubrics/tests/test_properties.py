"""What must hold for every rubric, rule and set of readings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.rubrics import (
    AcrossRounds,
    AllOf,
    AllRequired,
    Criterion,
    Decides,
    Level,
    Outcome,
    PanelRule,
    Points,
    Reading,
    Role,
    Rubric,
    RubricError,
    Verdict,
    WeightedSum,
    WhenTheyDiffer,
    decide,
    differences,
    rubric_from_document,
    rubric_to_document,
    rule_from_document,
    rule_to_document,
)


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    line = draw(st.integers(1, 3))
    levels = tuple(Level(f"L{n}", f"Level {n}", n, n >= line) for n in range(draw(st.integers(line + 1, 5))))
    weights = st.decimals("0.1", "9.9", places=1)
    flags = draw(st.lists(st.booleans(), max_size=4))
    criteria = tuple(
        Criterion(f"C{n}", f"Criterion {n}", required=flag, weight=draw(weights))
        for n, flag in enumerate([True, *flags])
    )
    return Rubric(levels, criteria)


@st.composite
def rules(draw: st.DrawFn, rubric: Rubric) -> PanelRule:
    minimum = draw(st.sampled_from([None, *[it.code for it in rubric.levels[1:]]]))
    sums = [WeightedSum(Decimal("0.5")), WeightedSum(Decimal("0.9")), Points(Decimal("0.7"), draw(points(rubric)))]
    outcome = draw(st.sampled_from([AllRequired(), AllOf(), *sums]))
    more: dict[str, Any] = {
        "minimum_levels": {"C0": rubric.levels[-1].code} if draw(st.booleans()) else {},
        "extra_reader_within": Decimal("0.05") if outcome in sums and draw(st.booleans()) else None,
        "across_rounds": draw(st.sampled_from(list(AcrossRounds))),
    }
    if draw(st.booleans()):
        readers = draw(st.sampled_from([1, 3]))
        return PanelRule(readers, WhenTheyDiffer.NONE, Decides.MAJORITY, minimum, outcome, **more)
    return PanelRule(2, WhenTheyDiffer.THIRD_READER, draw(st.sampled_from(list(Decides))), minimum, outcome, **more)


@st.composite
def points(draw: st.DrawFn, rubric: Rubric) -> dict[str, Decimal]:
    """Points that rise from 0, by 0 to 3 from level to level, and by something at the end."""
    steps = [0, *(draw(st.integers(0, 3)) for _ in rubric.levels[2:]), 1]
    return {level.code: Decimal(sum(steps[: level.rank + 1])) for level in rubric.levels}


@st.composite
def panels(draw: st.DrawFn) -> tuple[Rubric, PanelRule, list[Reading]]:
    """Complete panels: all first readers, and a third wherever the rule may ask one."""
    rubric = draw(rubrics())
    rule = draw(rules(rubric))
    ratings = st.fixed_dictionaries(
        {it.code: st.sampled_from([level.code for level in rubric.levels]) for it in rubric.criteria}
    )
    readings = [Reading(f"reader {n}", draw(ratings)) for n in range(rule.readers)]
    if rule.has_place_for_a_third and (rule.extra_reader_within is None or draw(st.booleans())):
        readings.append(Reading("another", draw(ratings), Role.THIRD))
    return rubric, rule, readings


@given(panels(), st.randoms(use_true_random=False))
def test_order_never_matters(panel: tuple[Rubric, PanelRule, list[Reading]], random: object) -> None:
    rubric, rule, readings = panel
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert decide(rubric, rule, shuffled) == decide(rubric, rule, readings)


@given(panels())
def test_a_complete_panel_always_comes_to_a_verdict(panel: tuple[Rubric, PanelRule, list[Reading]]) -> None:
    _rubric, rule, readings = panel
    if rule.has_place_for_a_third and readings[-1].role is Role.READER:
        return
    outcome = decide(*panel)
    assert outcome.verdict in (Verdict.DEMONSTRATED, Verdict.NOT_YET)
    assert outcome.readings_needed == 0
    assert all(it.met is not None and it.level is not None for it in outcome.criteria)


@given(panels())
def test_unanimous_readers_are_believed(panel: tuple[Rubric, PanelRule, list[Reading]]) -> None:
    rubric, rule, readings = panel
    same = [Reading(it.reader, readings[0].ratings, it.role) for it in readings]
    outcome = decide(rubric, rule, same)
    assert outcome.verdict is not Verdict.NEEDS_READING or rule.extra_reader_within is not None
    assert {it.code: it.level for it in outcome.criteria} == readings[0].ratings
    assert all(it.agreed for it in outcome.criteria)


@given(panels())
def test_the_best_is_demonstrated_and_the_worst_is_not(
    panel: tuple[Rubric, PanelRule, list[Reading]],
) -> None:
    rubric, rule, readings = panel
    for level, verdict in ((rubric.levels[-1], Verdict.DEMONSTRATED), (rubric.levels[0], Verdict.NOT_YET)):
        every = {it.code: level.code for it in rubric.criteria}
        assert decide(rubric, rule, [Reading(it.reader, every, it.role) for it in readings]).verdict is verdict


@given(panels(), st.data())
def test_a_higher_level_never_takes_a_verdict_away(
    panel: tuple[Rubric, PanelRule, list[Reading]], data: st.DataObject
) -> None:
    rubric, rule, readings = panel
    before = decide(rubric, rule, readings)
    place = data.draw(st.integers(0, len(readings) - 1))
    code = data.draw(st.sampled_from([it.code for it in rubric.criteria]))
    rank = rubric.level_by_code[readings[place].ratings[code]].rank
    raised = data.draw(st.sampled_from([it.code for it in rubric.levels if it.rank >= rank]))
    changed = Reading(readings[place].reader, {**readings[place].ratings, code: raised}, readings[place].role)
    after = decide(rubric, rule, [*readings[:place], changed, *readings[place + 1 :]])
    assert before.met <= after.met or before.readings_needed > 0 or after.readings_needed > 0
    assert not (before.verdict is Verdict.DEMONSTRATED and after.verdict is Verdict.NOT_YET)


@given(panels())
def test_the_third_is_asked_exactly_where_the_two_differ(
    panel: tuple[Rubric, PanelRule, list[Reading]],
) -> None:
    rubric, rule, readings = panel
    firsts = [it for it in readings if it.role is Role.READER]
    if rule.readers != 2:
        return
    crossing = [it.code for it in differences(rubric, firsts[0], firsts[1], rule=rule) if it.crosses_line]
    waiting: Outcome = decide(rubric, rule, firsts)
    assert (waiting.verdict is Verdict.NEEDS_READING) == bool(crossing) or rule.extra_reader_within is not None
    assert [it.code for it in waiting.criteria if it.met is None] == crossing


@given(panels())
def test_what_was_met_stays_met_whoever_reads_next(panel: tuple[Rubric, PanelRule, list[Reading]]) -> None:
    rubric, rule, readings = panel
    met = decide(rubric, rule, readings).met
    worst = {it.code: rubric.levels[0].code for it in rubric.criteria if it.code not in met}
    again = decide(rubric, rule, [Reading(it.reader, worst, it.role) for it in readings], met_before=met)
    assert again.met == met


@given(panels(), st.data())
def test_a_better_level_before_never_takes_a_verdict_away(
    panel: tuple[Rubric, PanelRule, list[Reading]], data: st.DataObject
) -> None:
    rubric, rule, readings = panel
    code = data.draw(st.sampled_from([it.code for it in rubric.criteria]))
    before = data.draw(st.sampled_from([it.code for it in rubric.levels]))
    without, with_it = decide(*panel), decide(rubric, rule, readings, levels_before={code: before})
    assert without.met <= with_it.met
    assert not (without.verdict is Verdict.DEMONSTRATED and with_it.verdict is Verdict.NOT_YET)


@given(panels())
def test_every_rule_that_may_be_written_survives_the_way_through_its_document(
    panel: tuple[Rubric, PanelRule, list[Reading]],
) -> None:
    rubric, rule, _readings = panel
    try:
        again = rule_from_document(rule_to_document(rule), rubric)
    except RubricError:
        return  # such as a cut that never decides
    assert again == rule


@given(rubrics())
def test_every_rubric_survives_the_way_through_its_document(rubric: Rubric) -> None:
    assert rubric_from_document(rubric_to_document(rubric)) == rubric
