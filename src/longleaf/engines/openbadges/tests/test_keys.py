"""Keys are written as the standards write them, and read back strictly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longleaf.engines.openbadges import controllers, keys
from longleaf.engines.openbadges.errors import CannotBuild, CheckFailed, NotCheckable

from . import cast


@given(st.binary(max_size=80))
def test_multibase_and_base64url_give_back_what_they_were_given(data: bytes) -> None:
    assert keys.from_multibase(keys.multibase(data)) == data
    assert keys.from_base64url(keys.base64url(data)) == data


@pytest.mark.official
def test_a_seed_gives_the_public_key_of_the_implementation_guide(shared: Path) -> None:
    vector = json.loads((shared / "vectors/1edtech-impl-guide/ob-vector.json").read_text())
    signer = keys.LocalSigner.from_seed(bytes.fromhex(vector["secretKeyHex"]))
    assert signer.multikey == vector["publicKeyMultibase"]
    assert signer.verification_method == f"did:key:{signer.multikey}#{signer.multikey}"


@pytest.mark.parametrize("text", ["", "u123", "zI", "z" + "1" * 2000, "z123"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises((CheckFailed, NotCheckable)):
        keys.public_key_from_multikey(text)


def test_a_key_of_another_kind_is_not_checkable() -> None:
    with pytest.raises(NotCheckable, match="only Ed25519 keys"):
        keys.public_key_from_multikey(keys.multibase(b"\x80\x24" + bytes(33)))


@pytest.mark.parametrize("text", ["ab=", "a b", "ab+/", "AB"])
def test_base64url_has_one_spelling_only(text: str) -> None:
    with pytest.raises(CheckFailed):
        keys.from_base64url(text)


def test_a_private_jwk_is_taken_as_its_public_half() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": keys.base64url(cast.SIGNER.public_bytes), "d": "secret"}
    assert "d" not in keys.public_key_from_jwk(jwk).jwk


def test_the_secret_does_not_show_in_a_signers_text() -> None:
    assert cast.SEED.hex() not in repr(cast.SIGNER)


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(CannotBuild, match="has 32 bytes, this one has 5"):
        keys.LocalSigner.from_seed(b"short")


@pytest.mark.parametrize(
    ("url", "did", "addresses"),
    [
        ("https://a.example", "did:web:a.example", ["https://a.example/.well-known/did.json"]),
        ("https://a.example/b/c/", "did:web:a.example:b:c", ["https://a.example/b/c/did.json"]),
        (
            "http://127.0.0.1:8000/b",
            "did:web:127.0.0.1%3A8000:b",
            ["https://127.0.0.1:8000/b/did.json", "http://127.0.0.1:8000/b/did.json"],
        ),
    ],
)
def test_a_did_web_leads_back_to_its_site(url: str, did: str, addresses: list[str]) -> None:
    assert controllers.did_web(url) == did
    assert controllers.did_web_addresses(did) == addresses


@pytest.mark.parametrize(
    "did", ["did:web:", "did:web:a.example/x", "did:web:a:%2e%2e", "did:web:a:b%2Fc", "did:web:u@a", "did:key:z6Mk"]
)
def test_a_did_web_that_hides_an_address_is_not_followed(did: str) -> None:
    with pytest.raises(CheckFailed):
        controllers.did_web_addresses(did)


def test_an_address_without_a_site_has_no_did_web() -> None:
    with pytest.raises(CannotBuild):
        controllers.did_web("urn:x")


def test_a_controller_document_lists_keys_and_says_which_may_assert() -> None:
    document = controllers.controller_document(
        "did:web:a.example",
        [
            controllers.ControllerKey(public_bytes=cast.SIGNER.public_bytes),
            controllers.ControllerKey(public_bytes=cast.STRANGER.public_bytes, may_assert=False, revoked=cast.NOW),
        ],
    )
    first, second = document["verificationMethod"]
    assert first == {
        "id": f"did:web:a.example#{cast.SIGNER.multikey}",
        "type": "Multikey",
        "controller": "did:web:a.example",
        "publicKeyMultibase": cast.SIGNER.multikey,
    }
    assert second["revoked"] == "2026-05-04T12:00:00Z"
    assert document["assertionMethod"] == [first["id"]]


def test_an_issuer_without_keys_publishes_no_document() -> None:
    with pytest.raises(CannotBuild, match="has no key to publish"):
        controllers.controller_document("did:web:a.example", [])
