"""What differs between two designs is told by its place, and what does not is not."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.catalog.errors import UnreadableDesign
from longleaf.catalog.studio import files
from longleaf.catalog.studio.comparing import compare
from tests import cast


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (" › ".join(change.where), change.before, change.after)
        for section in compare(before, after)
        for change in section.changes
    ]


def test_designs_that_are_alike_differ_nowhere() -> None:
    assert compare(cast.make_document(), cast.make_document(version=7)) == []


def test_each_change_is_told_at_its_place() -> None:
    before, after = cast.make_document(), deepcopy(cast.make_document())
    after["fee"] = 40
    after["requirements"][1]["files"]["most"] = 4
    after["requirements"].append({**deepcopy(before["requirements"][0]), "code": "R4", "completion": []})
    after["rubric"]["criteria"].reverse()
    after["rubric"]["criteria"][0]["weight"] = 2
    del after["research"]["references"][0]
    assert told(before, after) == [
        ("Reference", "A study of feedback\nA. Writer\n2007", ""),
        ("Requirement R2 › Limits of files › Files at most", "3", "4"),
        ("Requirement R4", "", "Your plan\nplan\nSay what you will look for.\ntext\n5\n200"),
        ("Criterion B › Weight", "", "2"),
        ("Order of criteria", "A, B", "B, A"),
        ("Fee", "0", "40"),
    ]


def test_a_row_with_nothing_written_in_it_is_told_as_added() -> None:
    after = cast.make_document()
    after["rubric"]["criteria"].append({"code": "C"})
    (section,) = compare(cast.make_document(), after)
    assert [(change.where, change.kind) for change in section.changes] == [(("Criterion C",), "added")]


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_the_pieces_of_a_change_tell_both_texts_whole(before: str, after: str) -> None:
    old, new = cast.make_document(sample=before), cast.make_document(sample=after)
    for change in [change for section in compare(old, new) for change in section.changes]:
        assert "".join(text for kind, text in change.pieces if kind != "new") == change.before == before
        assert "".join(text for kind, text in change.pieces if kind != "gone") == change.after == after
    assert bool(compare(old, new)) == (before != after)


def test_a_file_is_read_as_it_was_written_and_so_is_a_document_of_the_catalog() -> None:
    document = cast.make_document()
    assert files.read(files.write(document).encode()) == document
    assert files.read(json.dumps({"version": 1, "digest": "", "document": document}).encode()) == document


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ["a"]}, "“title”"),
        ({"parts": "none"}, "“parts”"),
        ({"requirements": [{"code": "a/b"}]}, "“requirements” needs a code"),
        ({"requirements": [{"code": "R1"}, {"code": "R1"}]}, "“requirements” needs a code"),
        ({"method": {"steps": [1]}}, "“method.steps.0”"),
        ({"rubric": {"criteria": [{"code": "A", "levels": {"x": 1}}]}}, "“rubric.criteria.0.levels”"),
        ({"rubric": {"criteria": [{"code": "A", "required": "perhaps"}]}}, "“rubric.criteria.0.required”"),
        ({"panel_rule": {"outcome": {"points": [1]}}}, "“panel_rule.outcome.points”"),
        ({"requirements": [{"code": "R1", "team": [1]}]}, "“requirements.0.team”"),
        ({"topics": "feedback"}, "“topics”"),
    ],
)
def test_a_file_that_could_not_be_taken_apart_is_refused_with_its_place(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnreadableDesign, match=sentence):
        files.read(files.write(cast.make_document(**change)).encode())


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b'{"format": "other", "title": "x"}', b"[" * 100_000])
def test_what_is_no_design_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableDesign):
        files.read(raw)
