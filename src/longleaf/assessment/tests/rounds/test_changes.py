"""What changed from one round to the next, as plain values."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.assessment import changes
from longleaf.assessment.changes import Brought, Change, Kind, Stretch, change, changed_words

TEXTS = st.text(alphabet="ab .\n", max_size=40)


def test_words_that_came_and_went_stand_where_they_belong() -> None:
    before, after = "The learner moved the claim.", "The learner moved the claim to the front."
    assert changed_words(before, after) == [
        Stretch(Kind.SAME, "The learner moved the "),
        Stretch(Kind.REMOVED, "claim. "),
        Stretch(Kind.ADDED, "claim to the front."),
    ]


@pytest.mark.parametrize("after", ["One two.", "One  two.", "One\ntwo. "])
def test_spaces_alone_are_no_change(after: str) -> None:
    assert changed_words("One two.", after) == []


@given(TEXTS, TEXTS)
def test_both_texts_are_told_whole(before: str, after: str) -> None:
    told = changed_words(before, after)
    if not told:
        assert before.split() == after.split()
        return
    assert "".join(each.text for each in told if each.kind is not Kind.REMOVED) == after
    assert "".join(each.text for each in told if each.kind is not Kind.ADDED).split() == before.split()


@pytest.mark.parametrize("pieces", [changes.WORD, changes.SENTENCE])
@given(TEXTS)
def test_nothing_is_lost_between_pieces(pieces: re.Pattern[str], text: str) -> None:
    assert "".join(pieces.findall(text)) == text


def test_a_long_text_is_compared_by_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_PAIRS_OF_WORDS", 4)
    told = changed_words("It began. It went on. It ended.", "It began. It went well. It ended.")
    assert told == [
        Stretch(Kind.SAME, "It began. "),
        Stretch(Kind.REMOVED, "It went on. "),
        Stretch(Kind.ADDED, "It went well. "),
        Stretch(Kind.SAME, "It ended."),
    ]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"1": "a.pdf", "2": "b.pdf"}, []),
        ({"2": "b.pdf", "1": "a.pdf"}, []),
        ({"1": "a.pdf", "2": "b.pdf", "3": "c.pdf"}, ["“c.pdf” added"]),
        ({"1": "a.pdf"}, ["“b.pdf” removed"]),
        ({"1": "a.pdf", "3": "c.pdf"}, ["“b.pdf” replaced by “c.pdf”"]),
        ({"3": "c.pdf"}, ["“c.pdf” added", "“a.pdf” removed", "“b.pdf” removed"]),
    ],
)
def test_files_are_told_by_their_names(after: dict[str, str], told: list[str]) -> None:
    found = change(Brought("Same.", {"1": "a.pdf", "2": "b.pdf"}), Brought("Same.", after))
    assert found.in_words == told
    assert bool(found) == bool(told)


def test_a_change_of_text_comes_first() -> None:
    found = change(Brought("Old.", {}), Brought("New.", {"1": "a.pdf"}))
    assert found.in_words == ["text changed", "“a.pdf” added"]
    assert not Change()
