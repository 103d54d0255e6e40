"""Whatever is handed over is recognised by its content, within bounds, and without two meanings."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.openbadges import limits, reading
from longleaf.engines.openbadges.errors import UnreadableMaterial

from . import cast
from .test_baking import BAKED_PNG, BAKED_SVG

BADGE = cast.badge()
TEXT = json.dumps(BADGE)


@pytest.mark.parametrize(
    ("material", "carrier"),
    [
        (TEXT, "json"),
        (f"\n {TEXT} \n", "json"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "json"),
        (BAKED_PNG, "png"),
        (BAKED_SVG, "svg"),
        (b"\n" + BAKED_SVG[BAKED_SVG.index(b"<svg") :], "svg"),
    ],
)
def test_it_recognises_a_credential_by_its_content(material: bytes | str, carrier: str) -> None:
    handed = reading.read(material)
    assert (handed.carrier, handed.credential) == (carrier, BADGE)


def test_it_takes_a_token_apart() -> None:
    handed = reading.read("eyJhbGciOiJFZERTQSJ9.eyJpZCI6ICJ4IiwgImlzcyI6ICJ5In0.c2ln")
    assert handed.token is not None
    assert (handed.carrier, handed.token.header, handed.token.claims) == ("jwt", {"alg": "EdDSA"}, {"iss": "y"})
    assert handed.credential == {"id": "x"}


@pytest.mark.parametrize(
    ("material", "phrase"),
    [
        ("", "neither a credential nor a picture"),
        ("hello", "neither a credential nor a picture"),
        ("[1]", "neither a credential nor a picture"),
        (b"\x00\x01\xff", "neither text nor a PNG or SVG"),
        (b"%PDF-1.7\xff", "neither text nor a PNG or SVG"),
        ("<!DOCTYPE html><p>", "a web page, not a badge"),
        ('{"a": 1', "not complete JSON"),
        ('{"a": {"b": 1, "b": 2}}', "It says 'b' twice"),
        ('{"\\u0061": 1, "a": 2}', "It says 'a' twice"),
        ('{"a": NaN}', "NaN, which is not a number"),
        ('{"a": 9007199254740992}', "a is an integer too large"),
        ('{"a": 1e-7}', "needs an exponent"),
        ('{"a": 1e999}', "not a finite number"),
        ('{"a": ' + "9" * 5000 + "}", "number far too long"),
        ('{"a": "\\u0001"}', r"U\+0001"),
        ('{"a": "\\u007f"}', r"U\+007F"),
        ('{"a": "\\ufffe"}', r"U\+FFFE"),
        ('{"a": "\\ud83f\\udfff"}', r"U\+1FFFF"),
        ('{"a": "\\ud800"}', r"U\+D800"),
        ('{"\\b": 1}', r"a name within the whole holds the character U\+0008"),
        ('{"a":' * 60 + "1" + "}" * 60, "deeper than 48"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "not complete JSON|deeper"),
        ('{"a": [' + "1," * 30_000 + "1]}", "more than 20000 values"),
        ('{"a": "' + "x" * limits.MAX_JSON_BYTES + '"}', "larger than 2 MB"),
        (" " * (limits.MAX_MATERIAL_BYTES + 1), "larger than 10 MB"),
        ("a.b.c", "token cannot be read"),
        ("e30.e31.c2ln", "token cannot be read|not complete JSON"),
    ],
)
def test_it_refuses_with_a_reason(material: bytes | str, phrase: str) -> None:
    with pytest.raises(UnreadableMaterial, match=phrase):
        reading.read(material)


def test_accents_quotes_and_emoji_may_stand() -> None:
    assert reading.read('{"name": "Ångström’s ® 🌲\\n\\tpine"}').credential == {"name": "Ångström’s ® 🌲\n\tpine"}


@given(st.text())
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with contextlib.suppress(UnreadableMaterial):
        assert reading.read(text).carrier in ("json", "jwt", "png", "svg")


def test_a_name_that_stands_twice_is_found_at_once_among_many() -> None:
    # Two megabytes hold 150,000 names: comparing each with every other would hold this test up for minutes.
    names = ",".join(f'"k{number}":0' for number in range(50_000))
    with pytest.raises(UnreadableMaterial, match="It says 'k49999' twice"):
        reading.read_object(f'{{{names},"k49999":1}}')


@pytest.mark.parametrize("value", [{1: "x"}, {"a": {None: 1}}, {"a": [{("b",): 1}]}, {"a": {1, 2}}, {"a": b"x"}])
def test_parsed_json_that_no_json_could_have_been_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(UnreadableMaterial):
        reading.read_material(value)
