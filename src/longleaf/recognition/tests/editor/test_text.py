"""Values inside a text: found with their lines, changed without touching anything around them."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from longleaf.recognition.editor import reading, spots, writing
from longleaf.recognition.tests.factories import make_policy_document

ROOT = next(it for it in Path(__file__).parents if (it / "pyproject.toml").is_file())
TEXT = """# Höchstens – 𝔘 ten.
title: "A “policy”"   # kept
versions:
  - {id: "V", total: 10, from: 2020-01-01}
  - id: V2  # also kept
    note: >-
      Two
      lines.
    on: true
"""


def test_every_value_has_its_line_and_a_change_touches_nothing_else():
    found = spots.spots_in(TEXT)
    assert {path: spot.line for path, spot in found.items()} == {
        "title": 2,
        "versions[0].id": 4,
        "versions[0].total": 4,
        "versions[0].from": 4,
        "versions[1].id": 5,
        "versions[1].note": 6,
        "versions[1].on": 9,
    }
    values = {
        "title": 'Ten: "x" # no comment',
        "versions[0].total": "8.5",
        "versions[0].from": "2021-02-03",
        "versions[1].note": "folded text is left alone",
        "versions[1].on": "maybe",
        "nowhere": "x",
    }
    changed = spots.changed(TEXT, values)
    expected = TEXT.replace('"A “policy”"', '"Ten: \\"x\\" # no comment"').replace("total: 10", "total: 8.5")
    assert changed == expected.replace("2020-01-01", "2021-02-03").replace("on: true", 'on: "maybe"')


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_whatever_is_typed_means_itself(typed):
    changed = spots.changed(TEXT, {"title": typed, "versions[1].id": typed})
    assert spots.spots_in(changed)["title"].value == typed
    assert spots.spots_in(changed)["versions[1].id"].value == typed


def test_a_mistake_is_told_with_its_line():
    text = writing.as_text(make_policy_document()).replace("total: 10", "total: 11").replace("id: MD-any", "ident: x")
    found = reading.read(text)
    lines = text.splitlines()
    told = [(lines[problem.line - 1], problem.reason) for problem in found.mistakes]
    assert any("parts" in line and "parts add up to 10" in reason for line, reason in told)
    assert any("ident: x" in line and "“ident” is not known here" in reason for line, reason in told)
    assert found.policy is None


def test_a_text_that_is_no_yaml_and_one_that_is_no_mapping():
    assert [each.line for each in reading.read("a: 1\nb: [1, 2\n").mistakes] == [3]
    assert reading.read("- 1\n").mistakes[0].reason.startswith("A policy is a mapping")
    assert reading.read("").mistakes


def test_documents_of_packs_come_back_as_they_were():
    for file in sorted((ROOT / "states").glob("*/policy/renewal.yaml")):
        found = reading.read(file.read_text("utf-8"))
        assert found.is_sound
        assert found.examples
        again = reading.read(writing.as_text(found.document))
        assert again.document == found.document
        assert yaml.safe_load(writing.as_text(found.document))
