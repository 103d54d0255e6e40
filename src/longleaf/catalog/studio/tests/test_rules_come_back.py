"""Every rubric and panel rule that their engine accepts comes back from the editor as it was, in every spelling."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from longleaf.catalog.studio import files, typing_in
from longleaf.catalog.studio.documents import assemble, take_apart
from longleaf.catalog.studio.shapes import KEPT
from longleaf.engines.rubrics import RubricError, rubric_from_document, rule_from_document
from tests import cast

TEXTS = st.sampled_from(["A sign.", " with room around ", "two\nlines", "70", "true"])
WEIGHTS = st.sampled_from([1, 2, 2.0, 1.5, "1", "2.50", "0.125", "1e2"])
CUTS = st.sampled_from([1, 0.7, "0.7", "0.70", ".75", "7e-1", "0.333333333333"])
POINTS = st.sampled_from([0, 1, 4.0, "0", "2.5", "40"])
LEVELS = ("none", "some", "good", "best")


def said(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings in which each key may be left out."""
    return st.fixed_dictionaries({}, optional=members)


def indicators(texts: list[str]) -> list[dict[str, str]]:
    return [{"code": f"I{number}", "text": text} for number, text in enumerate(texts)]


def criteria() -> st.SearchStrategy[list[dict[str, Any]]]:
    about = said(
        description=TEXTS | st.just(""),
        required=st.booleans(),
        weight=WEIGHTS,
        requirements=st.sampled_from([[], ["R1"], ["R2", "R1"]]),
        levels=st.dictionaries(st.sampled_from(LEVELS), TEXTS, max_size=4),
        indicators=st.lists(TEXTS, max_size=2).map(indicators),
    )
    return st.lists(about, min_size=1, max_size=3).map(
        lambda rows: [{"code": f"K{number}", "title": "A criterion", **row} for number, row in enumerate(rows, 1)]
    )


def outcomes() -> st.SearchStrategy[dict[str, Any]]:
    kinds = st.sampled_from(["all_required", "all_of"]).map(lambda kind: {"kind": kind})
    sums = CUTS.map(lambda cut: {"kind": "weighted_sum", "cut": cut})
    worth = st.lists(POINTS, min_size=4, max_size=4).map(lambda given: sorted(given, key=float))
    points = st.builds(
        lambda each, cut: {"kind": "points", "points": dict(zip(LEVELS, each, strict=True)), "cut": cut}, worth, CUTS
    )
    return kinds | sums | points


def rules() -> st.SearchStrategy[dict[str, Any]]:
    lines = st.sampled_from(LEVELS[1:])
    single = st.dictionaries(st.sampled_from(["K1", "K2"]), lines, max_size=2)
    met = st.builds(
        lambda first, further: {**first, **further},
        st.just({"meets": True}) | lines.map(lambda level: {"level": level}),
        said(criteria=single),
    )
    panels = st.sampled_from(
        [
            {},
            {"readers": 2},
            {"readers": "2", "when_they_differ": "third_reader", "decides": "majority"},
            {"readers": 3.0, "when_they_differ": "none"},
            {"readers": 2, "when_they_differ": "lead", "decides": "lead"},
            {"readers": 1, "decides": "majority"},
        ]
    )
    further = said(
        criterion_met_when=met,
        outcome=outcomes(),
        extra_reader=st.sampled_from(["0.05", 0.05, "0.050", ".1"]).map(lambda within: {"within": within}),
        across_rounds=st.sampled_from(["met_stays", "best_level"]),
        reconciliation=st.sampled_from([14, "14"]).map(lambda days: {"days": days}),
    )
    return st.builds(lambda panel, more: {**panel, **more}, panels, further)


@settings(max_examples=150)
@given(rows=criteria(), rule=rules())
def test_whatever_the_engine_accepts_comes_back_from_the_editor_and_from_a_file(
    rows: list[dict[str, Any]], rule: dict[str, Any]
) -> None:
    levels = [{"code": code, "title": code.title(), "meets": code in LEVELS[2:]} for code in LEVELS]
    rubric = {"levels": levels, "criteria": rows}
    try:
        rule_from_document(rule, rubric_from_document(rubric))
    except RubricError:
        assume(False)
    document = cast.make_document(rubric=rubric, panel_rule=rule)
    typed = take_apart(document)
    assert as_json(assemble(typed)) == as_json(document)
    assert as_json(assemble(take_apart(files.read(files.write(document).encode())))) == as_json(document)
    # There is a field for every part of a rule, so that whoever designs can change it.
    assert KEPT not in json.dumps([typed["rubric"], typed["panel_rule"]])


@pytest.mark.parametrize(
    ("path", "value", "spot", "told"),
    [
        (("panel_rule", "outcome", "cut"), "75", ("outcome", "cut"), "0.75"),
        (("panel_rule", "outcome", "cut"), "62.5 %", ("outcome", "cut"), "0.625"),
        (("panel_rule", "outcome", "cut"), "most", ("outcome", "cut"), "most"),
        (("panel_rule", "outcome", "points", "demonstrated"), "2.5", ("outcome", "points", "demonstrated"), "2.5"),
        (("panel_rule", "extra_reader", "within"), "5", ("extra_reader", "within"), "0.05"),
        (
            ("panel_rule", "criterion_met_when", "criteria", "B"),
            "demonstrated",
            ("criterion_met_when",),
            {"meets": True, "criteria": {"B": "demonstrated"}},
        ),
        (
            ("panel_rule", "criterion_met_when", "level"),
            "demonstrated",
            ("criterion_met_when",),
            {"level": "demonstrated"},
        ),
    ],
)
def test_what_is_typed_becomes_what_the_engine_reads(
    path: tuple[str, ...], value: str, spot: tuple[str, ...], told: Any
) -> None:
    typed = take_apart(cast.make_document())
    typing_in.put(typed, path, value)
    found = assemble(typed)["panel_rule"]
    for step in spot:
        found = found[step]
    assert found == told


def test_what_is_typed_and_taken_back_leaves_the_rule_as_it_was() -> None:
    document = cast.make_document()
    typed = take_apart(document)
    for path in (("panel_rule", "criterion_met_when", "level"), ("panel_rule", "outcome", "cut")):
        typing_in.put(typed, path, "demonstrated")
        typing_in.put(typed, path, "")
    typing_in.put(typed, ("rubric", "criteria", "A", "required"), "yes")
    assert assemble(typed)["rubric"]["criteria"][0]["required"] is False
    typing_in.put(typed, ("rubric", "criteria", "A", "required"), "")
    assert assemble(typed) == document


def test_a_level_or_criterion_that_is_taken_away_leaves_no_line_and_no_points_behind() -> None:
    rule = {
        "criterion_met_when": {"level": "demonstrated", "criteria": {"A": "demonstrated", "B": "demonstrated"}},
        "outcome": {"kind": "points", "points": {"not-yet": 0, "demonstrated": 1}, "cut": "0.7"},
    }
    typed = take_apart(cast.make_document(panel_rule=rule))
    typing_in.remove(typed, ("rubric", "criteria", "A"))
    assert assemble(typed)["panel_rule"]["criterion_met_when"]["criteria"] == {"B": "demonstrated"}
    typing_in.remove(typed, ("rubric", "levels", "demonstrated"))
    assert assemble(typed)["panel_rule"] == {"outcome": {"kind": "points", "points": {"not-yet": 0}, "cut": "0.7"}}


def as_json(document: Any) -> str:
    """JSON tells apart 1, 1.0 and true, which Python does not."""
    return json.dumps(document, sort_keys=True)
