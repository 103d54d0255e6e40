"""Every reader fuzzed: whatever is handed over or fetched, there is a report, and what was altered is never valid.

Credentials of every shape are altered member by member and byte by byte, and so is each document that verifying them
fetches. A credential may stay valid only if it still makes the very same statements.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.openbadges import baking, building, contexts, linked_data, proving, status, tokens
from longleaf.engines.openbadges.errors import NotCheckable
from longleaf.engines.openbadges.report import STEPS, Report
from longleaf.engines.openbadges.verifying import verify

from . import cast, test_endorsements, test_older, test_records, test_token_signing

unhurried = settings(deadline=None, max_examples=40)

EARNER = building.Subject(id="did:example:ana")
TO_SIGN = building.achievement_credential(replace(cast.CREDENTIAL, subject=EARNER))
ENDORSEMENT = cast.signed(test_endorsements.endorsement(), cast.STRANGER)
# Shapes that carry their proof inside, and shapes that are one text.
DOCUMENTS: dict[str, dict[str, Any]] = {
    "badge": cast.badge(),
    "badge by JCS": cast.badge(suite=proving.JCS),
    "endorsed badge": cast.signed(test_endorsements.endorsed(ENDORSEMENT)),
    "endorsement": ENDORSEMENT,
    "record": test_records.record(),
    "status list": cast.status_list(4),
    "hosted assertion": test_older.ASSERTION,
}
_NAME, _KEYS = test_token_signing.as_methods("RS256")
TEXTS: dict[str, str] = {
    "token by EdDSA": tokens.signed(TO_SIGN, signer=cast.SIGNER),
    "token by RS256": tokens.signed(
        test_token_signing.credential(), signer=test_token_signing.signer("RS256", _NAME), with_key=True
    ),
    "signed assertion": test_older.signature(),
}
PICTURES: dict[str, bytes] = {
    "badge in a PNG": baking.bake_png(cast.png(), json.dumps(DOCUMENTS["badge"])),
    "token in a PNG": baking.bake_png(cast.png(), TEXTS["token by EdDSA"]),
    "token in an SVG": baking.bake_svg(cast.SVG, TEXTS["token by EdDSA"]),
    "record in an SVG": baking.bake_svg(cast.SVG, json.dumps(DOCUMENTS["record"]), form=baking.CLR_2),
    "assertion in a PNG": baking.bake_png(cast.png(), json.dumps(test_older.ASSERTION), form=baking.OPEN_BADGES_2),
}
WEB: dict[str, Any] = {
    **cast.web().documents,
    **test_older.signed_web().documents,
    **_KEYS,
    cast.LIST_URL: cast.status_list(4),
}
TELLING = [
    *("", "x", "_:b0", "@id", "@context", "did:web:badges.example", "did:key:z6Mk", "https://[", "urn:x", "#z"),
    *(
        "http://localhost:1/x",
        "https://badges.example/%00",
        "2026-05-01T09:30:00Z",
        "u",
        "uH4sIAAAAAAAA",
        "z1",
        "a.b.c",
    ),
]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(TELLING)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "@context", "x", "a:b"]), inner)
    ),
    max_leaves=6,
)


def verified(material: Any, web: Mapping[str, Any] = WEB) -> Report:
    report = verify(material, documents=cast.Web(web), now=cast.NOW)
    assert [step.step for step in report.steps][: len(STEPS)] == list(STEPS)
    assert all(step.reason.strip() for step in report.steps)
    return report


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where anything stands in a document: every member and every item, at any depth."""
    if isinstance(value, dict):
        inner = [found for name, member in value.items() for found in places(member, (*place, name))]
    elif isinstance(value, list):
        inner = [found for index, item in enumerate(value) for found in places(item, (*place, index))]
    else:
        inner = []
    return [place, *inner] if place else inner


def altered(data: st.DataObject, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with one part of it replaced, taken away, renamed, or joined by another."""
    found: Any = copy.deepcopy(dict(document))
    place = data.draw(st.sampled_from(places(found)), label="place")
    holder = found
    for step in place[:-1]:
        holder = holder[step]
    way = data.draw(st.sampled_from(["replace", "remove", "rename", "join", "wrap"]), label="way")
    if way == "replace":
        holder[place[-1]] = data.draw(VALUES, label="value")
    elif way == "remove":
        del holder[place[-1]]
    elif way == "wrap":
        holder[place[-1]] = [holder[place[-1]], data.draw(VALUES, label="beside")]
    elif isinstance(holder, list):
        holder.insert(place[-1], data.draw(VALUES, label="item"))
    elif way == "rename":
        holder[data.draw(st.sampled_from([*TELLING, "name", "validUntil"]), label="name")] = holder.pop(place[-1])
    else:
        holder[data.draw(st.sampled_from(["extra", "validUntil", "name", *TELLING]), label="name")] = data.draw(VALUES)
    return dict(found)


def says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two credentials make the same statements, whatever they look like."""
    try:
        return statements(one) == statements(other)
    except NotCheckable:
        return False


def statements(document: Mapping[str, Any]) -> bytes:
    bare = {name: value for name, value in document.items() if name != "proof"}
    return linked_data.canonical(bare, contexts=contexts.pinned())


def test_all_of_them_are_valid_before_anything_is_altered() -> None:
    everything = {**DOCUMENTS, **TEXTS, **PICTURES}
    assert {name: verified(material).verdict.value for name, material in everything.items()} == dict.fromkeys(
        everything, "valid"
    )


@unhurried
@given(st.data(), st.sampled_from(sorted(DOCUMENTS)))
def test_a_credential_with_a_part_altered_is_not_valid_unless_it_says_the_same(data: st.DataObject, name: str) -> None:
    document = altered(data, DOCUMENTS[name])
    report = verified(document)
    if report.verdict == "valid":
        same = document == DOCUMENTS[name] if name == "hosted assertion" else says_the_same(document, DOCUMENTS[name])
        assert same, "It was altered and is called valid."


@unhurried
@given(st.data(), st.sampled_from(sorted(TEXTS)))
def test_a_token_with_a_part_altered_is_never_valid(data: st.DataObject, name: str) -> None:
    header, payload, signature = TEXTS[name].split(".")
    part = data.draw(st.sampled_from(["header", "payload"]))
    text = {"header": header, "payload": payload}[part]
    document = altered(data, json.loads(tokens.from_base64url(text)))
    written = tokens.base64url(json.dumps(document).encode())
    token = f"{written}.{payload}.{signature}" if part == "header" else f"{header}.{written}.{signature}"
    assert token == TEXTS[name] or verified(token).verdict != "valid"


@unhurried
@given(st.data(), st.sampled_from(sorted(TEXTS)))
def test_a_token_with_a_letter_altered_is_never_valid(data: st.DataObject, name: str) -> None:
    text = TEXTS[name]
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.= \n\x00é"))
    changed = f"{text[:place]}{letter}{text[place + data.draw(st.integers(0, 1)) :]}"
    report = verified(changed)
    assert report.verdict != "valid" or changed.strip() == text


@unhurried
@given(st.data(), st.sampled_from(sorted(PICTURES)))
def test_a_picture_with_bytes_altered_is_not_valid_unless_it_carries_the_same(data: st.DataObject, name: str) -> None:
    picture = bytearray(PICTURES[name])
    place = data.draw(st.integers(0, len(picture) - 1))
    picture[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    report = verified(bytes(picture))
    assert report.verdict != "valid" or report.credential == verified(PICTURES[name]).credential


@unhurried
@given(st.data(), st.sampled_from(sorted({**DOCUMENTS, **TEXTS})), st.sampled_from(sorted(WEB)))
def test_whatever_is_fetched_there_is_a_report(data: st.DataObject, name: str, address: str) -> None:
    material = {**DOCUMENTS, **TEXTS}[name]
    fetched = altered(data, WEB[address])
    verified(material, {**WEB, address: fetched})


@unhurried
@given(
    st.sampled_from(sorted({**DOCUMENTS, **TEXTS})),
    st.sampled_from(sorted(WEB)),
    st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()),
)
def test_whatever_bytes_are_fetched_there_is_a_report(name: str, address: str, fetched: bytes) -> None:
    verified({**DOCUMENTS, **TEXTS}[name], {**WEB, address: fetched})


@unhurried
@given(VALUES, st.sampled_from([{}, *DOCUMENTS.values()]))
def test_any_json_gets_a_report(value: Any, around: dict[str, Any]) -> None:
    for material in ({**around, "credentialSubject": value, "badge": value}, {**around, "type": value}, {"x": value}):
        assert verified(material).verdict != "valid"
        verified(json.dumps(material))


@unhurried
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_and_any_text_get_a_report(material: bytes | str) -> None:
    assert verified(material).verdict != "valid"


@unhurried
@given(VALUES, VALUES)
def test_any_header_and_payload_of_a_token_get_a_report(header: Any, payload: Any) -> None:
    for around in ({}, {"alg": "RS256", "kid": _NAME}, {"alg": "EdDSA"}):
        head = {**around, **header} if isinstance(header, dict) else {**around, "kid": header, "jwk": header}
        body = {**test_token_signing.credential(), "issuer": payload, "iss": payload}
        text = ".".join(tokens.base64url(json.dumps(part).encode()) for part in (head, body)) + ".c2ln"
        assert verified(text).verdict != "valid"


@unhurried
@given(st.text(max_size=60))
def test_any_encoded_list_is_read_or_refused(text: str) -> None:
    document = status.status_list_credential(
        url=cast.LIST_URL, issuer=cast.ISSUER, unpacked=status.bits([]), valid_from=cast.ISSUED
    )
    document["credentialSubject"]["encodedList"] = f"u{text}"
    signed = tokens.signed(document, signer=cast.SIGNER) if text.isascii() and text.isprintable() else ""
    assert verified(DOCUMENTS["badge"], {**WEB, cast.LIST_URL: signed.encode()}).verdict != "valid"


@pytest.mark.parametrize("name", ["endorsement", "hosted assertion"])
def test_taking_any_single_part_away_is_noticed(name: str) -> None:
    document = DOCUMENTS[name]
    for place in places(document):
        bare: Any = copy.deepcopy(document)
        holder = bare
        for step in place[:-1]:
            holder = holder[step]
        del holder[place[-1]]
        report = verify(bare, documents=cast.Web(WEB), now=cast.NOW)
        same = name != "hosted assertion" and says_the_same(bare, document)
        assert report.verdict != "valid" or same, place
