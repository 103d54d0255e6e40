"""Credentials go into pictures and come out unharmed; hostile pictures are refused quickly and with a reason."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from longleaf.engines.openbadges import baking, limits, reading
from longleaf.engines.openbadges.errors import CannotBake, UnreadableMaterial
from longleaf.engines.openbadges.verifying import verify

from . import cast

BADGE = cast.badge()
TEXT = json.dumps(BADGE)
TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6IngifQ.c2ln"
BAKED_PNG = baking.bake_png(cast.png(), TEXT)
BAKED_SVG = baking.bake_svg(cast.SVG, TEXT)


def itxt(text: bytes, keyword: bytes = baking.OPEN_BADGES_3.keyword, flags: bytes = b"\0\0") -> bytes:
    return cast.png_chunk(b"iTXt", keyword + b"\0" + flags + b"\0\0" + text)


@pytest.mark.parametrize("carried", [TEXT, TOKEN])
def test_what_is_baked_into_a_png_comes_out(carried: str) -> None:
    baked = baking.bake_png(cast.png(), carried)
    assert baking.unbake_png(baked) == carried
    assert Image.open(io.BytesIO(baked)).size == (1, 1)


@pytest.mark.parametrize("carried", [TEXT, TOKEN, json.dumps({"text": "]]> & <b> ]]>"})])
def test_what_is_baked_into_an_svg_means_the_same_when_it_comes_out(carried: str) -> None:
    found = baking.unbake_svg(baking.bake_svg(cast.SVG, carried))
    assert found == carried or json.loads(found) == json.loads(carried)


def test_baking_again_replaces_the_credential() -> None:
    assert baking.bake_png(BAKED_PNG, TEXT) == BAKED_PNG
    assert baking.bake_png(baking.bake_png(cast.png(), TOKEN), TEXT) == BAKED_PNG
    assert baking.bake_svg(BAKED_SVG, TEXT) == BAKED_SVG
    assert baking.bake_svg(baking.bake_svg(cast.SVG, TOKEN), TEXT) == BAKED_SVG


def test_the_rest_of_an_svg_stays_byte_for_byte() -> None:
    start = BAKED_SVG.index(b"<openbadges:credential")
    end = BAKED_SVG.index(b"</openbadges:credential>") + len(b"</openbadges:credential>")
    assert BAKED_SVG[:start] + BAKED_SVG[end:] == cast.SVG


def test_the_png_chunk_is_the_one_the_standard_names() -> None:
    assert itxt(TEXT.encode()) in BAKED_PNG


@pytest.mark.parametrize("form", baking.FORMS, ids=lambda form: form.keyword.decode())
def test_each_standard_has_its_keyword_and_its_namespace(form: baking.Form) -> None:
    baked = baking.bake_png(cast.png(), TEXT, form=form)
    assert itxt(TEXT.encode(), keyword=form.keyword) in baked
    assert baking.unbake_png(baked) == TEXT
    drawn = baking.bake_svg(cast.SVG, TEXT, form=form)
    assert f'<openbadges:{form.element} xmlns:openbadges="{form.namespace}">'.encode() in drawn
    assert baking.unbake_svg(drawn) == TEXT
    # What one standard baked, another replaces: a picture never carries two.
    assert (baking.bake_png(baked, TEXT), baking.bake_svg(drawn, TEXT)) == (BAKED_PNG, BAKED_SVG)


def test_the_keywords_and_namespaces_are_those_of_the_standards() -> None:
    assert [(form.keyword, form.namespace, form.element) for form in baking.FORMS] == [
        (b"openbadgecredential", "https://purl.imsglobal.org/ob/v3p0", "credential"),
        (b"clrcredential", "https://purl.imsglobal.org/clr/v2p0", "credential"),
        (b"openbadges", "http://openbadges.org", "assertion"),
    ]


def test_an_old_assertion_may_lie_beside_the_newer_credential() -> None:
    assert baking.unbake_png(cast.png(itxt(b"{}", keyword=b"openbadges"), itxt(TEXT.encode()))) == TEXT
    old = '<o:assertion xmlns:o="http://openbadges.org" verify="https://a.example/1">{"old": 1}</o:assertion>'
    assert baking.unbake_svg(svg(old)) == '{"old": 1}'
    assert baking.unbake_svg(svg(old + element("{}"))) == "{}"


@pytest.mark.parametrize("picture", [BAKED_PNG, BAKED_SVG])
def test_a_baked_badge_is_valid(picture: bytes) -> None:
    report = verify(picture, documents=cast.web(), now=cast.NOW)
    assert (report.verdict, report.credential) == ("valid", BADGE)


def test_a_compressed_credential_is_read_within_bounds() -> None:
    packed = cast.png(itxt(zlib.compress(TEXT.encode()), flags=b"\1\0"))
    assert baking.unbake_png(packed) == TEXT


BOMB = zlib.compress(b" " * (limits.MAX_JSON_BYTES * 20), 9)
BAD_PNG = {
    "no credential": (cast.png(), "carries no credential"),
    "two credentials": (cast.png(itxt(b"{}"), itxt(b"{}")), "carries 2 credentials"),
    "a badge and a record": (cast.png(itxt(b"{}"), itxt(b"{}", keyword=b"clrcredential")), "carries 2 credentials"),
    "two old assertions": (cast.png(*[itxt(b"{}", keyword=b"openbadges")] * 2), "carries 2 credentials"),
    "in a tEXt chunk": (
        cast.png(cast.png_chunk(b"tEXt", baking.OPEN_BADGES_3.keyword + b"\0{}")),
        "not stored as badges",
    ),
    "two headers": (cast.png(cast.png_chunk(b"IHDR", bytes(13))), "two headers"),
    "cut off": (BAKED_PNG[:-20], "cut off"),
    "cut in the signature's neighbour": (BAKED_PNG[:12], "cut off"),
    "a wrong checksum": (BAKED_PNG[:-1] + b"\0", "damaged"),
    "something behind the end": (BAKED_PNG + b"PK", "behind the end"),
    "a gigapixel": (cast.png(itxt(b"{}"), width=40_000, height=40_000), "40000 by 40000 pixels"),
    "no pixel": (cast.png(itxt(b"{}"), width=0), "0 by 1 pixels"),
    "a bomb": (cast.png(itxt(BOMB, flags=b"\1\0")), "far too large"),
    "a damaged pack": (cast.png(itxt(b"xx", flags=b"\1\0")), "damaged"),
    "no text": (cast.png(itxt(b"\xff\xfe")), "not text"),
    "half a header in it": (
        cast.png(cast.png_chunk(b"iTXt", baking.OPEN_BADGES_3.keyword + b"\0\0")),
        "not stored as badges",
    ),
    "a claim of 4 GB": (baking.PNG_SIGNATURE + struct.pack(">I4s", 2**32 - 1, b"IHDR") + bytes(40), "cut off"),
    "a million pieces": (cast.png(*[cast.png_chunk(b"tEXt", b"a\0b")] * 30_000), "more than 20000 pieces"),
    "larger than allowed": (BAKED_PNG + bytes(limits.MAX_MATERIAL_BYTES), "larger than 10 MB"),
}


@pytest.mark.parametrize("name", BAD_PNG)
def test_a_bad_png_is_refused_with_its_reason(name: str) -> None:
    picture, phrase = BAD_PNG[name]
    with pytest.raises(UnreadableMaterial, match=phrase):
        baking.unbake_png(picture)


def svg(inside: str, prolog: str = "") -> bytes:
    return f'{prolog}<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


def element(inside: str = "", attributes: str = "") -> str:
    return f'<o:credential xmlns:o="{baking.OPEN_BADGES_3.namespace}" {attributes}>{inside}</o:credential>'


LAUGHS = (
    '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
BAD_SVG = {
    "no credential": (svg("<g/>"), "carries no credential"),
    "an empty old one": (svg('<o:assertion xmlns:o="http://openbadges.org"/>'), "is empty"),
    "two credentials": (svg(element("{}") + element("{}")), "carries 2 credentials"),
    "a badge and a record": (
        svg(element("{}") + '<c:credential xmlns:c="https://purl.imsglobal.org/clr/v2p0">{}</c:credential>'),
        "carries 2 credentials",
    ),
    "an empty one": (svg(element()), "is empty"),
    "one given twice": (svg(element("{}", 'verify="a.b.c"')), "given twice"),
    "drawing inside": (svg(element("{}<g/>")), "drawing inside"),
    "an external entity": (
        svg(element("&x;"), '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "as attacks do",
    ),
    "a billion laughs": (svg(element("&c;"), LAUGHS), "as attacks do"),
    "an internal subset": (svg(element("{}"), "<!DOCTYPE svg [<!ELEMENT svg ANY>]>"), "document type"),
    "an undefined entity": (svg(element("&nbsp;")), "not well-formed"),
    "not well-formed": (svg("<g>"), "not well-formed"),
    "cut off": (BAKED_SVG[:-10], "not well-formed"),
    "another picture": (b"<picture/>", "not an SVG"),
    "another encoding": ("<svg/>".encode("utf-16"), "not well-formed"),
    "very deep": (svg("<g>" * 100_000 + "</g>" * 100_000), "nested deeper"),
    "larger than allowed": (svg(" " * limits.MAX_MATERIAL_BYTES), "larger than 10 MB"),
}


@pytest.mark.parametrize("name", BAD_SVG)
def test_a_bad_svg_is_refused_with_its_reason(name: str) -> None:
    picture, phrase = BAD_SVG[name]
    with pytest.raises(UnreadableMaterial, match=phrase):
        baking.unbake_svg(picture)


@pytest.mark.parametrize(
    ("bake", "picture", "credential", "phrase"),
    [
        (baking.bake_png, b"GIF89a", TEXT, "not a PNG"),
        (baking.bake_png, cast.png(), '{"name": "é"}', "in ASCII"),
        (baking.bake_svg, svg(""), TEXT, None),
        (baking.bake_svg, b'<svg xmlns="http://www.w3.org/2000/svg"/>', TEXT, "empty"),
        (baking.bake_svg, b"<html/>", TEXT, "not an SVG"),
    ],
)
def test_it_bakes_only_into_sound_pictures(bake: Any, picture: bytes, credential: str, phrase: str | None) -> None:
    if phrase is None:
        assert baking.unbake_svg(bake(picture, credential)) == credential
        return
    with pytest.raises(CannotBake, match=phrase):
        bake(picture, credential)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), picture=st.sampled_from([BAKED_PNG, BAKED_SVG]))
def test_an_altered_baked_badge_is_never_valid_unless_it_still_says_the_same(data: Any, picture: bytes) -> None:
    place = data.draw(st.integers(0, len(picture) - 1))
    altered = bytearray(picture)
    altered[place] = data.draw(st.integers(0, 255))
    report = verify(bytes(altered), documents=cast.web(), now=cast.NOW)
    assert report.verdict != "valid" or report.credential == BADGE


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", baking.PNG_SIGNATURE, b"<svg", BAKED_PNG[:60], BAKED_SVG[:300]]))
def test_any_bytes_are_read_or_refused_and_nothing_else(tail: bytes, head: bytes) -> None:
    with contextlib.suppress(UnreadableMaterial):
        assert reading.read(head + tail).carrier in ("json", "jwt", "png", "svg")
