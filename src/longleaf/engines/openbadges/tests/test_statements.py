"""The quick way to the canonical form gives exactly what the reference libraries give, or steps aside."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.openbadges import building, contexts, keys, linked_data, proving, statements, status, terms
from longleaf.engines.openbadges.errors import NotCheckable

from . import cast
from .test_proving import HIDING, altered

PINNED = contexts.pinned()
FULL = building.achievement_credential(cast.CREDENTIAL)
LIST = status.status_list_credential(
    url=cast.LIST_URL, issuer=cast.ISSUER, unpacked=status.bits([5]), valid_from=cast.ISSUED
)
# The first document read in a process takes longer: its contexts are read with it.
unhurried = settings(deadline=None)


def quickly(document: Any) -> list[str] | None:
    return statements.in_order(document, contexts=PINNED)


def agree(document: dict[str, Any]) -> bool:
    """Whether the quick way answered; if so, it must have said what the reference says."""
    quick = quickly(document)
    if quick is None:
        return False
    assert quick == linked_data.by_reference(document, contexts=PINNED)
    return True


def without_proof(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def words(value: Any) -> Iterator[str]:
    """Every word that a context defines, at whatever depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if not name.startswith("@"):
                yield name
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)


WORDS = sorted({word for text in PINNED.values() for word in words(dict(text))})
TYPES = [word for word in WORDS if word[0].isupper()]
ADDRESSES = st.sampled_from(
    [
        cast.ISSUER,
        cast.LIST_URL,
        FULL["id"],
        "urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164",
        "https://a.example/b?c=d&e=%20f#g",
        "https://a.example:8443",
        "mailto:ana@school.example",
        "data:image/png;base64,iVBORw0KGgo=",
        # Those that must not be taken as they stand.
        "https://a.example/é",
        "https://a.example/%zz",
        "https://[::1]/",
        "https://user@a.example/",
        "https://a.example/a b",
        "https://a.example/#a#b",
        "type:this",
        "VerifiableCredential:x",
        "relative",
        "",
        "_:b0",
        "@id",
        "urn:x-undefined:a",
        "https://undefined.invalid/a",
    ]
)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ['"', "\\", "\n\r\t", "\x7f", "\u0085", "\u2028", "\ufffe", "🌲\U0010ffff", "@x"]
)
SCALARS = (
    TEXTS | ADDRESSES | st.sampled_from(WORDS) | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.none()
)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    named = st.fixed_dictionaries(
        {}, optional={"id": ADDRESSES, "type": st.lists(st.sampled_from(TYPES), max_size=3) | st.sampled_from(TYPES)}
    )
    said = st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
    return st.builds(lambda first, rest: {**first, **rest}, named, said)


VALUES = st.recursive(SCALARS, lambda inner: objects(inner) | st.lists(inner, max_size=3), max_leaves=8)
CONTEXT_LISTS = st.sampled_from(
    [
        FULL["@context"],
        [*FULL["@context"], contexts.EXTENSIONS],
        [contexts.CREDENTIALS_V2],
        [contexts.CREDENTIALS_V1, "https://w3id.org/security/suites/ed25519-2020/v1"],
        [contexts.CREDENTIALS_V2, "https://w3id.org/security/data-integrity/v2"],
        [contexts.CREDENTIALS_V2, "https://www.w3.org/ns/credentials/undefined-terms/v2"],
    ]
)


PLAIN = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
    | st.sampled_from([cast.ISSUER, cast.LIST_URL, "urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164", "urn:x", 'a\n"b\\'])
    | st.integers(-9, 2**40)
    | st.booleans()
)


@st.composite
def said_in_place(draw: st.DrawFn, place: terms.Place, depth: int = 3) -> dict[str, Any]:
    """An object made of words that are in force where it stands, so that most of it is plain."""
    known = {name for name, mapping in place._active["mappings"].items() if mapping}
    types = draw(st.lists(st.sampled_from(sorted(known & set(TYPES))), max_size=2))
    said: dict[str, Any] = {"type": types} if types else {}
    if draw(st.booleans()):
        said["id"] = draw(st.sampled_from(["urn:x", "urn:y", cast.ISSUER, FULL["id"]]))
    try:
        typed = place.typed(tuple(types))
    except terms.Unfamiliar:
        return said
    for word in draw(st.lists(st.sampled_from(sorted(typed._active["mappings"])), max_size=4, unique=True)):
        if not draw(st.integers(0, 19)):
            said[word] = draw(VALUES)
            continue
        try:
            member = typed.member(word)
            inside = said_in_place(member.inside, depth - 1) if depth else PLAIN
            value = draw(suited(member) | inside | st.lists(suited(member) | inside, min_size=1, max_size=3))
            said[word] = value
        except terms.Unfamiliar:
            continue
    return said


def suited(member: terms.Member) -> st.SearchStrategy[Any]:
    """Values that may well stand under a word, judged by what it takes."""
    try:
        member.text("a text")
    except terms.Unfamiliar:
        return st.sampled_from(["urn:x", "urn:y", cast.ISSUER, cast.LIST_URL, FULL["id"], "assertionMethod"])
    return PLAIN


@st.composite
def plain_documents(draw: st.DrawFn) -> dict[str, Any]:
    used = draw(CONTEXT_LISTS)
    return {"@context": used, **draw(said_in_place(terms.vocabulary_of(tuple(used), PINNED).start))}


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if step != "@context":
                yield (*place, step)
                yield from places(inner, (*place, step))


PLACES = list(places(FULL))


def put(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    copied = copy.deepcopy(document)
    holder = copied
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return copied


# --- Equal to the reference ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        FULL,
        LIST,
        without_proof(building.profile(cast.PROFILE)) | {"@context": FULL["@context"]},
        {"@context": FULL["@context"], **{k: v for k, v in cast.badge()["proof"][0].items() if k != "proofValue"}},
    ],
)
def test_what_we_write_is_read_quickly_and_as_the_reference_reads_it(document: dict[str, Any]) -> None:
    assert agree(document)


@unhurried
@given(CONTEXT_LISTS, objects(VALUES))
def test_documents_of_any_known_words_are_read_as_the_reference_reads_them(
    used: list[str], said: dict[str, Any]
) -> None:
    agree({"@context": used, **said})


@unhurried
@given(plain_documents())
def test_documents_of_words_in_their_places_are_read_as_the_reference_reads_them(document: dict[str, Any]) -> None:
    agree(document)


@unhurried
@given(st.sampled_from(PLACES), VALUES)
def test_a_badge_with_anything_put_anywhere_is_read_as_the_reference_reads_it(place: Any, value: Any) -> None:
    agree(put(FULL, place, value))


@unhurried
@given(st.sampled_from([place for place in PLACES if isinstance(place[-1], str)]), st.sampled_from(WORDS), VALUES)
def test_a_badge_with_any_known_word_added_is_read_as_the_reference_reads_it(place: Any, word: str, value: Any) -> None:
    agree(put(FULL, (*place[:-1], word), value))


@unhurried
@given(st.sampled_from([place for place in PLACES if isinstance(place[-1], str)]), TEXTS)
def test_any_text_is_written_as_the_reference_writes_it(place: Any, text: str) -> None:
    agree(put(FULL, (*place[:-1], "description"), text))


@pytest.mark.official
def test_published_samples_are_read_as_the_reference_reads_them(shared: Path) -> None:
    answered = 0
    for path in sorted((shared / "vectors").rglob("*.json")):
        found = json.loads(path.read_text())
        for document in [found, found.get("credential")] if isinstance(found, dict) else []:
            if isinstance(document, dict):
                answered += agree(without_proof(document))
    assert answered > 20


def test_parts_without_names_are_named_as_the_reference_names_them() -> None:
    identities = [{**FULL["credentialSubject"]["identifier"][0], "salt": salt} for salt in "abcde"]
    address = {"type": ["Address"], "addressLocality": "Pines"}
    badge = put(FULL, ("credentialSubject", "identifier"), identities)
    assert agree({**badge, "issuer": {**badge["issuer"], "address": address}})


def test_a_part_with_two_nameless_parts_under_one_word_counts_both() -> None:
    values = ["", {"...": cast.ISSUER}, {"type": ["Achievement"]}]
    assert agree({"@context": FULL["@context"], "...": values})


# --- Stepping aside --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HIDING)
def test_it_steps_aside_where_something_is_hidden(name: str) -> None:
    badge = without_proof(altered(HIDING[name]))
    moved = name == "an expiry moved into a part with the same id"
    assert (quickly(badge) is None) is not moved
    with pytest.raises(NotCheckable):
        linked_data.canonical(badge, contexts=PINNED)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("validUntil",), None),
        (("evidence",), []),
        (("evidence",), [[{"id": "urn:x"}]]),
        (("evidence", 0), {}),
        (("evidence", 0, "type"), []),
        (("name",), 1.5),
        (("name",), 1e-7),
        (("name",), "\x7f"),
        (("name",), "\ufffe"),
        (("endorsementJwt",), ["a.b.c"]),
        (("name",), 2**53),
        (("name",), {"@value": "x"}),
        (("name",), "\x07"),
        (("issuer", "id"), "https://a.example/é"),
        (("name",), "urn:x-undefined:name"),
        (("issuer", "id"), "https://undefined.invalid/issuer"),
        (("issuer", "id"), "type:issuer"),
        (("@context",), contexts.CREDENTIALS_V2),
        (("@context",), [*FULL["@context"], *[contexts.CREDENTIALS_V2] * 300]),
        (("@context",), [*FULL["@context"], {"@vocab": "urn:x"}]),
        (("@context",), [*FULL["@context"], "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]),
        (("credentialSubject", "achievement", "tag"), [f"tag {number}" for number in range(301)]),
    ],
)
def test_it_steps_aside_for_what_it_does_not_know(place: tuple[Any, ...], value: Any) -> None:
    assert quickly(put(FULL, place, value)) is None


def test_it_steps_aside_for_parts_that_look_alike() -> None:
    twins = [{"type": ["Address"], "addressLocality": "Pines"}] * 2
    assert quickly({**FULL, "issuer": {**FULL["issuer"], "address": twins}}) is None


def test_it_steps_aside_for_documents_nested_without_end() -> None:
    profile: dict[str, Any] = {"id": "urn:x", "type": ["Profile"]}
    for _level in range(60):
        profile = {"id": "urn:x", "type": ["Profile"], "parentOrg": profile}
    assert quickly({**FULL, "issuer": profile}) is None


def test_what_is_learnt_is_forgotten_before_it_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_known", {})
    monkeypatch.setattr(terms, "_MOST_PLACES", 40)
    monkeypatch.setattr(terms, "_MOST_VOCABULARIES", 2)
    for order in ([0, 1], [0], [0, 1, 0], [0, 1]):
        document = {**FULL, "@context": [FULL["@context"][number] for number in order]}
        agree(document)
        agree(document)
    assert len(terms._known) <= 2
    assert all(vocabulary.places < 200 for vocabulary in terms._known.values())


def test_signing_and_checking_take_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: Any, **_options: Any) -> Any:
        raise AssertionError("the general way was taken")

    monkeypatch.setattr(linked_data, "by_reference", never)
    badge, key = cast.badge(), keys.public_key_from_multikey(cast.SIGNER.multikey)
    proving.check_proof(badge, proving.proofs_of(badge)[0], public_key=key, now=cast.NOW)
    assert cast.status_list()["proof"]
