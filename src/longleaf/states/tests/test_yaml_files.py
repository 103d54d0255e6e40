"""YAML is read as its author sees it, and whatever could be read otherwise is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.states.files import as_path, from_path, read_yaml

AMBIGUOUS = ["NO", "yes", "On", "y", "~", "010", "0o10", "0x1F", "1_000", "1:30", "1e3", ".5", "+5", ".inf", "True"]


def _flaws(text: str) -> list[tuple[int | None, str, str]]:
    file = read_yaml("x.yaml", text.encode())
    return [(flaw.line, as_path(flaw.spot), flaw.reason) for flaw in file.flaws]


def test_it_gives_plain_values_and_their_lines() -> None:
    file = read_yaml("x.yaml", b"a: text\nb: [1, 2.5, true, null]\nc:\n  - {day: 2024-06-30, code: '010'}\n")
    assert file.content == {"a": "text", "b": [1, 2.5, True, None], "c": [{"day": "2024-06-30", "code": "010"}]}
    assert file.flaws == ()
    assert [file.line_of(spot) for spot in [("a",), ("b", 1), ("c", 0, "day"), ("c", 0, "nothing")]] == [1, 2, 4, 4]


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_it_asks_what_an_unquoted_word_means(word: str) -> None:
    reason = (
        f"{word} can be read as something else than text; "
        f'put it in quotes ("{word}") or write true, false, null or a plain number.'
    )
    assert _flaws(f"a: 1\ncode: {word}\n") == [(2, "code", reason)]


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_it_takes_the_same_word_in_quotes_as_text(word: str) -> None:
    file = read_yaml("x.yaml", f'code: "{word}"'.encode())
    assert (file.content, file.flaws) == ({"code": word}, ())


def test_it_asks_for_quotes_around_a_name_that_is_no_word() -> None:
    assert _flaws("2025: 1") == [(1, "2025", 'Put the name in quotes: "2025".')]


def test_it_refuses_a_day_that_no_calendar_has() -> None:
    assert _flaws("day: 2026-02-30") == [(1, "day", "There is no day 2026-02-30 in the calendar; mend the date.")]


def test_it_refuses_a_day_in_another_form() -> None:
    reason = "Write a day as year, month, day with two digits each, like 2024-06-30, not as 2026-2-3."
    assert _flaws("day: 2026-2-3") == [(1, "day", reason)]


def test_it_refuses_a_name_that_stands_twice_and_keeps_the_first() -> None:
    file = read_yaml("x.yaml", b"a: 1\nb: 2\na: 3\n")
    assert [(it.line, it.reason) for it in file.flaws] == [(3, "“a” stands here twice; keep one of the two.")]
    assert file.content == {"a": 1, "b": 2}


def test_it_asks_for_a_value_that_is_not_there() -> None:
    reason = (
        "There is no value here; write one, or null where there is none. "
        "Inside { } or [ ], text that holds a comma needs quotes."
    )
    assert _flaws("a:\nb: 1\n") == [(1, "a", reason)]


def test_it_refuses_anchors_aliases_and_tags() -> None:
    assert [line for line, _, _ in _flaws("a: &x 1\nb: *x\nc: !!str 1\n")] == [1, 2, 3]


def test_it_refuses_a_second_document() -> None:
    assert _flaws("a: 1\n---\nb: 2\n")[0][1:] == (
        "",
        "A second document starts here with “---”; a file holds only one.",
    )


def test_it_tells_the_line_of_what_is_no_yaml() -> None:
    [(line, path, reason)] = _flaws('a: 1\nb: "open\nc: 2\n')
    assert (line, path) == (4, "")
    assert reason.startswith("This cannot be read as YAML: ")


def test_it_refuses_values_nested_without_end() -> None:
    [(line, _, reason)] = _flaws("a: " + "[" * 5_000)
    assert (line, "nested more than 20 deep" in reason) == (1, True)


def test_it_refuses_names_that_are_lists() -> None:
    assert [reason[:48] for _, _, reason in _flaws("? [a, b]\n: 1\n")] == [
        "This cannot be read as YAML: a name must be a wo"
    ]


def test_it_refuses_what_is_not_utf_8() -> None:
    file = read_yaml("x.yaml", "name: Peña".encode("latin-1"))
    assert [it.reason for it in file.flaws] == ["The file is not UTF-8 text (byte 8); save it again as UTF-8."]


@pytest.mark.parametrize("raw", [b"", b"  \n\n", b"\xef\xbb\xbf", b"# later\n", b"null"])
def test_it_refuses_an_empty_file(raw: bytes) -> None:
    file = read_yaml("x.yaml", raw)
    assert [it.reason for it in file.flaws] == ["The file is empty; write its content or take the file away."]


def test_it_refuses_a_file_that_is_too_large() -> None:
    file = read_yaml("x.yaml", b"a: " + b"x" * 2_000_000)
    assert [it.reason for it in file.flaws] == ["The file has 2,000,003 bytes, more than 2,000,000; split it."]


@given(st.binary(max_size=200))
def test_it_never_breaks_on_any_bytes(raw: bytes) -> None:
    file = read_yaml("x.yaml", raw)
    assert file.content is not None or file.flaws


@given(st.text(max_size=100))
def test_it_never_breaks_on_any_text(text: str) -> None:
    read_yaml("x.yaml", text.encode("utf-8", "replace"))


SPOTS = st.lists(st.integers(0, 999) | st.from_regex(r"[a-z][a-z_-]{0,8}", fullmatch=True), max_size=6).map(tuple)


@given(SPOTS)
def test_a_path_leads_back_to_its_spot(spot: tuple[str | int, ...]) -> None:
    assert from_path(as_path(spot)) == spot
