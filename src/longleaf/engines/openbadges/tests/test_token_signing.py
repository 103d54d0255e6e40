"""Tokens of our own: by EdDSA, ES256 or RS256, saying what the credential says, their key found by every name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import JWKRegistry

from longleaf.engines.openbadges import building, controllers, keys, tokens
from longleaf.engines.openbadges.controllers import ControllerKey
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

ISSUER = "https://badges.example/issuers/oak"
DID = "did:web:badges.example:issuers:oak"
DID_DOCUMENT = "https://badges.example/issuers/oak/did.json"
KEY_SET = "https://badges.example/.well-known/jwks.json"
PEMS = {"ES256": cast.pem(cast.p256_key()), "RS256": cast.pem(cast.rsa_key())}


def credential(issuer: str = ISSUER, **changes: Any) -> dict[str, Any]:
    subject = building.Subject(id="did:example:ana")
    made = replace(
        cast.CREDENTIAL, issuer=replace(cast.PROFILE, id=issuer), subject=subject, status=None, valid_until=None
    )
    return building.achievement_credential(replace(made, **changes))


def signer(algorithm: str, name: str) -> keys.TokenSigner:
    if algorithm == "EdDSA":
        return keys.LocalSigner.from_seed(cast.SEED, verification_method=name)
    return keys.LocalTokenSigner.from_pem(PEMS[algorithm], verification_method=name)


def key_of(algorithm: str, **options: Any) -> ControllerKey:
    if algorithm == "EdDSA":
        return ControllerKey(public_bytes=cast.SIGNER.public_bytes, **options)
    return ControllerKey(public_jwk=signer(algorithm, "").public_jwk, **options)


def verified(text: str, documents: dict[str, Any]) -> Report:
    return verify(text, documents=cast.Web(documents), now=cast.NOW)


def as_methods(algorithm: str) -> tuple[str, dict[str, Any]]:
    key = key_of(algorithm)
    return key.method_id(ISSUER), {ISSUER: controllers.controller_document(ISSUER, [key])}


def as_methods_of_a_did(algorithm: str) -> tuple[str, dict[str, Any]]:
    key = key_of(algorithm)
    return key.method_id(DID), {DID_DOCUMENT: controllers.controller_document(DID, [key])}


def as_a_thumbprint(algorithm: str) -> tuple[str, dict[str, Any]]:
    key = key_of(algorithm)
    thumbprint = keys.public_key_from_jwk(signer(algorithm, "").public_jwk).thumbprint
    return thumbprint, {ISSUER: controllers.controller_document(ISSUER, [key])}


def as_a_word_of_the_profile(algorithm: str) -> tuple[str, dict[str, Any]]:
    jwk = {**signer(algorithm, "").public_jwk, "kid": "key-1"}
    return "key-1", {ISSUER: {"id": ISSUER, "type": ["Profile"], "jwks": {"keys": [jwk]}}}


def as_a_word_of_a_named_set(algorithm: str) -> tuple[str, dict[str, Any]]:
    jwk = {**signer(algorithm, "").public_jwk, "kid": "key-1"}
    place = "https://badges.example/keys.json"
    return "#key-1", {ISSUER: {"id": ISSUER, "jwks_uri": place}, place: {"keys": [{"kty": "oct"}, jwk]}}


def as_a_word_of_the_web_site(algorithm: str) -> tuple[str, dict[str, Any]]:
    jwk = {**signer(algorithm, "").public_jwk, "kid": "key-1"}
    return "key-1", {ISSUER: {"id": ISSUER, "type": ["Profile"], "name": "Oak"}, KEY_SET: {"keys": [jwk]}}


def as_the_address_of_a_listed_key(algorithm: str) -> tuple[str, dict[str, Any]]:
    place = f"{ISSUER}/keys/1"
    profile = {"id": ISSUER, "assertionMethod": [place]}
    return place, {ISSUER: profile, place: dict(signer(algorithm, "").public_jwk)}


def as_a_part_of_the_sites_key_set(algorithm: str) -> tuple[str, dict[str, Any]]:
    jwk = {**signer(algorithm, "").public_jwk, "kid": "key-1"}
    return f"{KEY_SET}#key-1", {ISSUER: {"id": ISSUER}, KEY_SET: {"keys": [jwk]}}


WAYS: list[Callable[[str], tuple[str, dict[str, Any]]]] = [
    as_methods,
    as_methods_of_a_did,
    as_a_thumbprint,
    as_a_word_of_the_profile,
    as_a_word_of_a_named_set,
    as_a_word_of_the_web_site,
    as_the_address_of_a_listed_key,
    as_a_part_of_the_sites_key_set,
]
ALGORITHMS = ["EdDSA", "ES256", "RS256"]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_its_key_is_found_by_every_name_that_issuers_give(way: Any, algorithm: str) -> None:
    name, documents = way(algorithm)
    issuer = DID if DID_DOCUMENT in documents else ISSUER
    report = verified(tokens.signed(credential(issuer), signer=signer(algorithm, name)), documents)
    assert (report.verdict, report.issuer, report.carrier) == ("valid", issuer, "jwt")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_token_by_another_key_under_the_same_name_is_invalid(way: Any, algorithm: str) -> None:
    name, documents = way(algorithm)
    issuer = DID if DID_DOCUMENT in documents else ISSUER
    other = {
        "EdDSA": keys.LocalSigner.from_seed(cast.OTHER_SEED, verification_method=name),
        "ES256": keys.LocalTokenSigner.from_pem(cast.pem(cast.p256_key()), verification_method=name),
        "RS256": keys.LocalTokenSigner.from_pem(cast.pem(OTHER_RSA), verification_method=name),
    }[algorithm]
    assert verified(tokens.signed(credential(issuer), signer=other), documents).verdict == "invalid"


OTHER_RSA = cast.rsa_key()


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_another_library_takes_it_and_reads_the_same(algorithm: str) -> None:
    made = signer(algorithm, "https://badges.example/keys/1")
    text = tokens.signed(credential(), signer=made, with_key=True)
    key = JWKRegistry.import_key(dict(made.public_jwk))
    registry = jws.JWSRegistry(algorithms=[algorithm])
    registry.max_payload_length = registry.max_header_length = 100_000
    read = jws.deserialize_compact(text, key, registry=registry)
    assert read.protected == {
        "alg": algorithm,
        "typ": "JWT",
        "kid": "https://badges.example/keys/1",
        "jwk": made.public_jwk,
    }
    body = json.loads(read.payload)
    claims = {"iss": ISSUER, "sub": "did:example:ana", "jti": cast.CREDENTIAL.id, "nbf": int(cast.ISSUED.timestamp())}
    assert body == {**credential(), **claims}
    jwt.JWTClaimsRegistry(now=int(cast.NOW.timestamp()), iss={"essential": True, "value": ISSUER}).validate(body)


def test_its_end_is_written_as_a_claim_too() -> None:
    until = cast.CREDENTIAL.valid_until
    assert until is not None
    text = tokens.signed(credential(valid_until=until), signer=signer("ES256", "k"))
    payload = json.loads(keys.from_base64url(text.split(".")[1]))
    assert payload["exp"] == int(until.timestamp())
    assert not {"vc", "proof"} & set(payload)


def test_a_key_set_lists_only_what_stands_and_may_sign() -> None:
    listed = [key_of("EdDSA"), key_of("ES256", may_assert=False), key_of("RS256", revoked=cast.NOW)]
    assert [key["kid"] for key in controllers.key_set(ISSUER, listed)["keys"]] == [listed[0].method_id(ISSUER)]


def test_nothing_secret_of_a_key_is_ever_published() -> None:
    jwk = {**key_of("RS256").public_jwk, "d": "secret"}  # type: ignore[dict-item]
    published = [ControllerKey(public_jwk=jwk)]
    documents = [controllers.controller_document(ISSUER, published), controllers.key_set(ISSUER, published)]
    assert "secret" not in json.dumps(documents)


def test_a_key_withdrawn_under_one_name_is_withdrawn_under_all() -> None:
    key = key_of("RS256")
    document = controllers.controller_document(ISSUER, [key])
    second = {**document["verificationMethod"][0], "id": f"{ISSUER}#old", "revoked": "2026-01-01T00:00:00Z"}
    document["verificationMethod"].append(second)
    text = tokens.signed(credential(), signer=signer("RS256", key.method_id(ISSUER)))
    assert "withdrew the key" in verified(text, {ISSUER: document}).step("issuer").reason


def test_a_withdrawal_under_another_name_counts_also_where_nobody_can_read_when_it_was() -> None:
    key = key_of("RS256")
    document = controllers.controller_document(ISSUER, [key])
    second = {**document["verificationMethod"][0], "id": f"{ISSUER}#old", "revoked": "last spring"}
    document["verificationMethod"].append(second)
    text = tokens.signed(credential(), signer=signer("RS256", key.method_id(ISSUER)))
    report = verified(text, {ISSUER: document})
    assert (report.verdict, "not properly when" in report.step("issuer").reason) == ("invalid", True)


@pytest.mark.parametrize(
    "set_aside",
    [{"use": "enc"}, {"key_ops": ["encrypt", "wrapKey"]}, {"key_ops": []}, {"revoked": {"revoked_at": 1767225600}}],
)
def test_a_key_of_a_set_that_is_for_something_else_or_withdrawn_signs_nothing(set_aside: dict[str, Any]) -> None:
    jwk = {**signer("RS256", "").public_jwk, "kid": "key-1"}
    text = tokens.signed(credential(), signer=signer("RS256", "key-1"))
    assert (
        verified(text, {ISSUER: {"id": ISSUER, "jwks": {"keys": [{**jwk, "key_ops": ["verify"]}]}}}).verdict == "valid"
    )
    assert verified(text, {ISSUER: {"id": ISSUER, "jwks": {"keys": [{**jwk, **set_aside}]}}}).verdict == "invalid"


HOST = "https://oak.example"


@pytest.mark.parametrize("page", [{HOST: b"<html>Welcome"}, {}])
def test_a_host_whose_page_is_for_people_is_known_by_its_key_set(page: dict[str, Any]) -> None:
    jwk = {**signer("RS256", "").public_jwk, "kid": "key-1"}
    text = tokens.signed(credential(HOST), signer=signer("RS256", "key-1"))
    assert verified(text, {**page, f"{HOST}/.well-known/jwks.json": {"keys": [jwk]}}).verdict == "valid"
    assert verified(text, {**page, f"{HOST}/.well-known/jwks.json": {"keys": []}}).verdict == "unknown"


def test_the_page_of_one_issuer_among_many_does_not_fall_back_on_the_hosts_key_set() -> None:
    jwk = {**signer("RS256", "").public_jwk, "kid": "key-1"}
    documents: dict[str, Any] = {ISSUER: b"<html>Welcome", KEY_SET: {"keys": [jwk]}}
    text = tokens.signed(credential(), signer=signer("RS256", "key-1"))
    assert verified(text, documents).verdict == "unknown"


def test_keys_that_are_for_encrypting_sign_nothing() -> None:
    jwk = {**signer("RS256", "").public_jwk, "kid": "key-1", "use": "enc"}
    documents = {ISSUER: {"id": ISSUER, "jwks": {"keys": [jwk]}}}
    assert verified(tokens.signed(credential(), signer=signer("RS256", "key-1")), documents).verdict == "invalid"


def test_a_withdrawn_key_of_a_token_is_told_apart() -> None:
    key = key_of("RS256", revoked=cast.NOW)
    text = tokens.signed(credential(), signer=signer("RS256", key.method_id(ISSUER)))
    report = verified(text, {ISSUER: controllers.controller_document(ISSUER, [key])})
    assert "withdrew the key" in report.step("issuer").reason


@pytest.mark.parametrize(
    ("document", "phrase"),
    [
        ({**credential(), "proof": []}, "carries a proof already"),
        ({**credential(), "credentialSubject": {"type": ["AchievementSubject"]}}, r"a subject with an id \(`sub`\)"),
        ({**credential(), "name": "bell\x07"}, "U[+]0007"),
    ],
)
def test_it_signs_nothing_that_makes_no_token(document: dict[str, Any], phrase: str) -> None:
    with pytest.raises(CannotBuild, match=phrase):
        tokens.signed(document, signer=signer("ES256", "k"))


def test_a_did_key_of_p256_issues_tokens_too() -> None:
    made = signer("ES256", "")
    point = keys.from_base64url(made.public_jwk["x"])
    sign = b"\x03" if keys.from_base64url(made.public_jwk["y"])[-1] & 1 else b"\x02"
    did = f"did:key:{keys.multibase(bytes([0x80, 0x24]) + sign + point)}"
    text = tokens.signed(credential(did), signer=signer("ES256", f"{did}#{did.removeprefix('did:key:')}"))
    assert (verified(text, {}).verdict, verified(text, {}).issuer) == ("valid", did)
