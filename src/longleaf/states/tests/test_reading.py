"""A sound pack is handed over whole; one that is not is refused with every mistake."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from longleaf.engines.rubrics import rubric_from_document, rule_from_document
from longleaf.states.errors import PackNotSound
from longleaf.states.parts import Standing
from longleaf.states.reading import read_pack
from longleaf.states.tests.packs import EXAMPLE, copy_of_example


def test_it_reads_every_part_of_the_small_pack() -> None:
    pack = read_pack(EXAMPLE)
    assert (pack.state.code, pack.state.words.renewal_credit.many) == ("example", "points")
    assert [it.code for it in pack.organisations] == ["ex-board", "ex-college", "001"]
    assert [(it.code, len(it.items)) for it in pack.frameworks] == [("ex-teaching", 4)]
    assert [it.slug for it in pack.micro_credentials] == ["explaining-clearly", "finding-out-first"]
    assert [it.members for it in pack.stacks] == [("finding-out-first", "explaining-clearly")]
    assert pack.recognitions.quality_decisions[0].valid_from == date(2026, 2, 1)
    assert [it.file for it in pack.policies] == [
        "policy/renewal.yaml",
        "policy/elsewhere/neighbour.yaml",
        "policy/overlays/001.yaml",
    ]
    assert pack.policies[0].document["jurisdiction"] == "EX"
    assert pack.glossary[0].standing is Standing.SYNTHETIC


def test_what_was_read_cannot_be_changed() -> None:
    pack = read_pack(EXAMPLE)
    with pytest.raises(ValidationError, match="frozen"):
        pack.state.name = "Other"  # type: ignore[misc]


def test_it_refuses_a_pack_with_mistakes_and_names_each(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    pack.replace("state.yaml", "name: Example", "name: 7")
    pack.replace("calendar.yaml", "years: [2026, 2027]", "years: []")
    with pytest.raises(PackNotSound) as caught:
        read_pack(pack.directory)
    assert [it.file for it in caught.value.mistakes] == ["calendar.yaml", "calendar.yaml", "state.yaml"]
    assert caught.value.sentence.splitlines()[0] == "The state pack holds 3 mistakes."
    assert caught.value.sentence.splitlines()[-1] == (
        "state.yaml:4: name: This must be text; put codes and numbers in quotes."
    )


def test_official_text_takes_the_place_of_ours() -> None:
    first, second, *_ = read_pack(EXAMPLE).quality_rubric.standards
    assert (first.title, first.shown_title) == ("Clear", "Clarity")
    assert first.components[0].is_official
    assert (second.shown_title, second.components[0].shown_text) == ("Useful", "It is said what learners gain.")
    assert not second.components[0].is_official


def test_dropping_in_the_official_text_is_all_it_takes(tmp_path: Path) -> None:
    pack = copy_of_example(tmp_path)
    ours = "title: Gain for learners\n        text: It is said what learners gain.\n        official_title: null\n"
    pack.replace("quality-rubric.yaml", ours, ours.replace("null", '"Official gain"'))
    criterion = rubric_from_document(read_pack(pack.directory).quality_rubric.rubric_document()).criteria[1]
    assert (criterion.code, criterion.title) == ("MARK-2.a", "Official gain")


def test_rubrics_of_every_shape_are_what_their_engine_reads() -> None:
    pack = read_pack(EXAMPLE)
    quality = rubric_from_document(pack.quality_rubric.rubric_document())
    assert [level.code for level in quality.levels] == ["absent", "emerging", "solid", "exemplary"]
    assert rule_from_document(pack.quality_rubric.panel_rule, quality).readers == 1
    agency = rubric_from_document(pack.agency_criteria.rubric_document())
    assert [criterion.required for criterion in agency.criteria] == [True, False]
