"""Tokens: EdDSA, ES256 and RS256, by keys that the issuer publishes, saying what the credential says."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from longleaf.engines.openbadges import building, keys
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

ISSUER = "https://badges.example/issuers/oak"
KEYS: dict[str, Any] = {
    "EdDSA": OKPKey.generate_key("Ed25519"),
    "ES256": ECKey.generate_key("P-256"),
    "RS256": RSAKey.generate_key(2048),
}
CREDENTIAL = building.achievement_credential(
    replace(
        cast.CREDENTIAL,
        issuer=replace(cast.PROFILE, id=ISSUER),
        subject=building.Subject(id="did:example:ana"),
        status=None,
    )
)
CLAIMS = {
    "iss": ISSUER,
    "sub": "did:example:ana",
    "jti": CREDENTIAL["id"],
    "nbf": int(cast.ISSUED.timestamp()),
}


def token(algorithm: str = "ES256", *, key: Any = None, header: Any = None, **claims: Any) -> str:
    protected = {"alg": algorithm, "kid": f"{ISSUER}#{algorithm}", "typ": "JWT"} if header is None else header
    payload = {**CREDENTIAL, **CLAIMS, **claims}
    body = json.dumps({name: value for name, value in payload.items() if value is not None})
    return str(jws.serialize_compact(protected, body, key or KEYS[algorithm], algorithms=[algorithm]))


def web(assertion: tuple[str, ...] = tuple(KEYS)) -> cast.Web:
    document = {
        "id": ISSUER,
        "verificationMethod": [
            {"id": f"#{name}", "type": "JsonWebKey", "controller": ISSUER, "publicKeyJwk": key.as_dict(private=False)}
            for name, key in KEYS.items()
        ],
        "assertionMethod": [f"{ISSUER}#{name}" for name in assertion],
    }
    bare = KEYS["RS256"].as_dict(private=False)
    return cast.Web({ISSUER: document, f"{ISSUER}/keys/1": bare, "https://badges.example/uploads/1": bare})


# These tokens are made by a library that finds EdDSA and short keys worth a warning.
pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")


def verified(text: str, documents: cast.Web | None = None) -> Report:
    return verify(text, documents=documents or web(), now=cast.NOW)


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_token_signed_with_a_published_key_is_valid(algorithm: str) -> None:
    report = verified(token(algorithm))
    assert (report.verdict, report.carrier, report.issuer) == ("valid", "jwt", ISSUER)


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_token_altered_anywhere_is_not_valid(algorithm: str) -> None:
    text = token(algorithm)
    for place in range(0, len(text), 97):
        for letter in "AB_":
            altered = f"{text[:place]}{letter}{text[place + 1 :]}"
            if altered != text:
                assert verified(altered).verdict != "valid"


def test_a_key_written_in_the_header_counts_only_if_it_is_published() -> None:
    published = {"alg": "RS256", "jwk": KEYS["RS256"].as_dict(private=False)}
    assert verified(token("RS256", header=published)).verdict == "valid"
    own = RSAKey.generate_key(2048)
    forged = token("RS256", key=own, header={"alg": "RS256", "jwk": own.as_dict(private=False)})
    assert verified(forged).verdict == "invalid"


@pytest.mark.parametrize("place", [f"{ISSUER}/keys/1", f"{ISSUER}/uploads/~ana/1", "https://badges.example/uploads/1"])
def test_a_key_that_merely_lies_on_the_issuers_web_site_does_not_count(place: str) -> None:
    lodger = RSAKey.generate_key(2048)
    documents = cast.Web({**web().documents, place: lodger.as_dict(private=False)})
    forged = token("RS256", key=lodger, header={"alg": "RS256", "kid": place})
    report = verified(forged, documents)
    assert (report.step("proof").outcome, report.step("issuer").outcome) == ("passed", "failed")
    documents.documents[ISSUER]["assertionMethod"].append(place)  # type: ignore[call-overload, union-attr]
    assert verified(forged, documents).verdict == "valid"


def test_a_key_named_by_another_address_counts_when_the_issuer_publishes_that_very_key() -> None:
    elsewhere = token("RS256", header={"alg": "RS256", "kid": "https://badges.example/uploads/1"})
    assert verified(elsewhere).verdict == "valid"
    assert verified(elsewhere, web(("ES256",))).step("issuer").outcome == "failed"


def test_a_key_that_may_not_assert_does_not_count() -> None:
    assert verified(token("ES256"), web(("RS256",))).step("issuer").outcome == "failed"


@pytest.mark.parametrize(
    ("claims", "valid"),
    [
        ({}, True),
        ({"iat": 1, "aud": "x"}, True),
        ({"exp": 1935360000}, True),
        ({"iss": "https://other.example"}, False),
        ({"iss": None}, False),
        ({"sub": "did:example:bob"}, False),
        ({"jti": "urn:other"}, False),
        ({"nbf": 0}, False),
        ({"exp": 0}, False),
    ],
)
def test_the_claims_must_say_what_the_credential_says(claims: dict[str, Any], valid: bool) -> None:
    assert (verified(token(**claims)).verdict == "valid") is valid


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "ES256"},
        {"alg": "ES256", "kid": f"{ISSUER}#RS256"},
        {"alg": "ES256", "kid": f"{ISSUER}#none"},
    ],
)
def test_a_header_that_names_no_fitting_key_is_refused(header: dict[str, Any]) -> None:
    assert verified(token("ES256", header=header)).step("proof").outcome == "failed"


@pytest.mark.parametrize(
    "header",
    [{"alg": "none"}, {"alg": "HS256"}, {"alg": ["ES256"]}, {"alg": {}}, {"alg": "ES256", "crit": ["x"], "x": 1}],
)
def test_unknown_algorithms_and_demands_are_never_valid(header: dict[str, Any]) -> None:
    written = keys.base64url(json.dumps({"kid": f"{ISSUER}#ES256", **header}).encode())
    text = ".".join([written, *token("ES256").split(".")[1:]])
    assert verified(text).verdict == "unknown"


def test_a_short_rsa_key_is_refused() -> None:
    documents = web()
    weak = RSAKey.generate_key(1024)
    documents.documents[f"{ISSUER}/keys/1"] = weak.as_dict(private=False)
    documents.documents[ISSUER]["assertionMethod"].append(f"{ISSUER}/keys/1")  # type: ignore[call-overload, union-attr]
    text = token("RS256", key=weak, header={"alg": "RS256", "kid": f"{ISSUER}/keys/1"})
    assert verified(text, documents).verdict == "invalid"


def test_a_bare_key_may_issue_tokens_too() -> None:
    did = keys.did_key(cast.SIGNER.public_bytes)
    key = OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "x": keys.base64url(cast.SIGNER.public_bytes), "d": keys.base64url(cast.SEED)}
    )
    issuer = {**CREDENTIAL["issuer"], "id": did}
    text = token(
        "EdDSA", key=key, header={"alg": "EdDSA", "kid": f"{did}#{cast.SIGNER.multikey}"}, issuer=issuer, iss=did
    )
    assert (verified(text).verdict, verified(text).issuer) == ("valid", did)
