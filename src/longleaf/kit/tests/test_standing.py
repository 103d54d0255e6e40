"""How sure a wording is: the words, the mark and the label."""

from __future__ import annotations

import pytest
from django.template import engines

from longleaf.kit.standing import STANDINGS, labelled, standing_of, told


def drawn(expression):
    return engines["jinja2"].from_string("{{ " + expression + " }}").render()


@pytest.mark.parametrize("code", STANDINGS)
def test_every_standing_is_drawn_by_its_word_and_told_by_its_sentence(code):
    word, _, sentence = STANDINGS[code]
    assert word in drawn(f"ui.standing_mark('{code}')")
    note = drawn(f"ui.standing('{code}', note='As of May.')")
    assert word in note
    assert sentence in note
    assert "As of May." in note
    assert told(code) == f"{word}. {sentence}"


def test_the_label_says_nothing_where_a_wording_is_official_and_what_it_is_about_elsewhere():
    assert not drawn("ui.standing_label('official', 'Its wording')").strip()
    label = drawn("ui.standing_label('reconstructed', 'Its wording')")
    assert "Its wording: " in label
    assert "Reconstructed" in label


def test_a_standing_that_nobody_knows_is_never_taken_for_official():
    assert standing_of("hearsay_only").word == "Hearsay only"
    assert "Hearsay only" in drawn("ui.standing_label('hearsay_only')")


def test_a_title_bears_its_standing_unless_it_is_official_or_told_by_nothing_yet():
    assert labelled("Useful feedback", "reconstructed") == "Useful feedback (reconstructed)"
    assert labelled("Useful feedback", "partly_verified") == "Useful feedback (partly verified)"
    assert [labelled("Useful feedback", code) for code in ("official", "")] == ["Useful feedback"] * 2
