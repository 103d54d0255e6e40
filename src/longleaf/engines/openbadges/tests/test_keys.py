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
    with pytest.raises(NotCheckable, match="only Ed25519 and P-256 keys"):
        keys.public_key_from_multikey(keys.multibase(b"\xe7\x01" + bytes(33)))


def test_a_p256_key_is_read_from_its_multikey() -> None:
    # The example of the did:key method for P-256.
    found = keys.public_key_from_multikey("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")
    assert (found.jwk["kty"], found.jwk["crv"]) == ("EC", "P-256")
    with pytest.raises(CheckFailed, match="not a point of its curve"):
        keys.public_key_from_multikey(keys.multibase(b"\x80\x24" + bytes(33)))


def test_a_thumbprint_is_the_one_that_the_standard_gives_as_its_example() -> None:
    # RFC 7638, section 3.1.
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
        "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdA"
        "ZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
        "kEgU8awapJzKnqDKgw"
    )
    key = keys.public_key_from_jwk({"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"})
    assert key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_key_of_absurd_size_is_refused_before_it_is_used() -> None:
    with pytest.raises(CheckFailed, match="larger than any key"):
        keys.public_key_from_jwk({"kty": "RSA", "n": "A" * 1_000_000, "e": "AQAB"})


@pytest.mark.parametrize("text", [None, "", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "é"])
def test_a_text_that_is_no_public_key_in_pem_is_refused(text: object) -> None:
    with pytest.raises(CheckFailed, match="not a public key"):
        keys.public_key_from_pem(text)


@pytest.mark.parametrize("pem", [b"", b"x", cast.pem(cast.rsa_key(1024)), cast.pem(cast.p384_key())])
def test_tokens_are_not_signed_with_what_is_too_weak_or_of_another_kind(pem: bytes) -> None:
    with pytest.raises(CannotBuild):
        keys.LocalTokenSigner.from_pem(pem, verification_method="https://a.example#1")


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
