"""The environment is read with types, and a value that cannot be read stops the start."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from longleaf.config import env


def test_a_variable_comes_before_its_file_and_both_before_the_default(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from the file\n", encoding="utf-8")
    assert env.text("LONGLEAF_TRIAL", "default") == "default"
    monkeypatch.setenv("LONGLEAF_TRIAL_FILE", str(secret))
    assert env.text("LONGLEAF_TRIAL", "default") == "from the file"
    monkeypatch.setenv("LONGLEAF_TRIAL", "as it stands ")
    assert env.text("LONGLEAF_TRIAL", "default") == "as it stands "


def test_an_empty_variable_is_set_to_nothing(monkeypatch):
    monkeypatch.setenv("LONGLEAF_TRIAL", "")
    assert env.text("LONGLEAF_TRIAL", "default") == ""


def test_a_file_that_cannot_be_read_stops_the_start_and_says_which(monkeypatch, tmp_path):
    monkeypatch.setenv("LONGLEAF_TRIAL_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match=r"LONGLEAF_TRIAL_FILE names .*nowhere, which cannot be read"):
        env.text("LONGLEAF_TRIAL", "default")


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("yes", True),
        ("TRUE", True),
        (" on ", True),
        ("1", True),
        ("no", False),
        ("Off", False),
        ("0", False),
        ("", False),
    ],
)
def test_yes_and_no_have_several_words(value, meant, monkeypatch):
    monkeypatch.setenv("LONGLEAF_TRIAL", value)
    assert env.yes_or_no("LONGLEAF_TRIAL", default=not meant) is meant


@pytest.mark.parametrize("default", [True, False])
def test_without_a_value_the_default_holds(default):
    assert env.yes_or_no("LONGLEAF_TRIAL", default=default) is default


@pytest.mark.parametrize("value", ["flase", "2", "ja"])
def test_any_other_word_is_no_answer(value, monkeypatch):
    monkeypatch.setenv("LONGLEAF_TRIAL", value)
    with pytest.raises(ImproperlyConfigured, match="LONGLEAF_TRIAL is"):
        env.yes_or_no("LONGLEAF_TRIAL", default=True)


def test_a_number_is_whole(monkeypatch):
    assert env.number("LONGLEAF_TRIAL", 587) == 587
    monkeypatch.setenv("LONGLEAF_TRIAL", " 25 ")
    assert env.number("LONGLEAF_TRIAL", 587) == 25
    monkeypatch.setenv("LONGLEAF_TRIAL", "2.5")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("LONGLEAF_TRIAL", 587)


def test_words_are_parted_by_commas(monkeypatch):
    monkeypatch.setenv("LONGLEAF_TRIAL", " a.example, ,b.example,")
    assert env.words("LONGLEAF_TRIAL", "") == ["a.example", "b.example"]
    monkeypatch.delenv("LONGLEAF_TRIAL")
    assert env.words("LONGLEAF_TRIAL", "") == []
