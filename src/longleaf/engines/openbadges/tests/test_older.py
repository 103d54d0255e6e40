"""Verifying Open Badges 2.0: hosted assertions and signed ones, and withdrawn ones refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from longleaf.engines.openbadges import baking, hosted, keys
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

HOST = "https://badges.example/ob2"
ADDRESSES = hosted.Addresses(
    assertion=f"{HOST}/assertions/1",
    badge_class=f"{HOST}/classes/1",
    issuer=f"{HOST}/issuers/pines",
    revocation_list=f"{HOST}/issuers/pines/revoked",
)
ASSERTION = hosted.assertion(cast.CREDENTIAL, addresses=ADDRESSES)
BADGE_CLASS = hosted.badge_class(cast.ACHIEVEMENT, addresses=ADDRESSES)
PROFILE = hosted.issuer_profile(cast.PROFILE, addresses=ADDRESSES)
NONE_REVOKED = hosted.revocation_list({}, addresses=ADDRESSES)


def web(**changes: Any) -> cast.Web:
    documents: dict[str, Any] = {
        ADDRESSES.assertion: ASSERTION,
        ADDRESSES.badge_class: BADGE_CLASS,
        ADDRESSES.issuer: PROFILE,
        ADDRESSES.revocation_list: NONE_REVOKED,
    }
    return cast.Web({**documents, **changes})


def verified(material: Any = ASSERTION, documents: cast.Web | None = None, **options: Any) -> Report:
    return verify(material, documents=documents or web(), now=options.pop("now", cast.NOW), **options)


def outcome(report: Report, step: str) -> tuple[str, str]:
    return report.verdict, report.step(step).outcome


# --- hosted --------------------------------------------------------------------------------------------------


def test_a_hosted_badge_is_valid_step_by_step() -> None:
    report = verified(json.dumps(ASSERTION))
    assert (report.verdict, report.issuer) == ("valid", ADDRESSES.issuer)
    assert [(step.step, step.reason) for step in report.steps] == [
        ("format", "It is a well-formed Open Badges 2.0 assertion."),
        ("proof", "The issuer's web site publishes exactly this."),
        ("issuer", f"{ADDRESSES.issuer} publishes it on its own web site."),
        ("status", "The issuer's revocation list does not name it."),
        ("validity", "It is valid until May 1, 2031, 00:00 UTC."),
        ("recognition", "No register of recognized issuers was asked."),
    ]


@pytest.mark.parametrize("bake", [baking.bake_png, baking.bake_svg])
@pytest.mark.parametrize("carried", [json.dumps(ASSERTION), ADDRESSES.assertion])
def test_a_picture_carries_the_assertion_or_no_more_than_its_address(bake: Any, carried: str) -> None:
    picture = {baking.bake_png: cast.png(), baking.bake_svg: cast.SVG}[bake]
    report = verified(bake(picture, carried, form=baking.OPEN_BADGES_2))
    assert (report.verdict, report.credential) == ("valid", ASSERTION)
    assert report.carrier in ("png", "svg")


@pytest.mark.parametrize("address", [ADDRESSES.badge_class, ADDRESSES.issuer, "https://away.example/"])
def test_a_picture_with_the_address_of_something_else_is_not_valid(address: str) -> None:
    report = verified(baking.bake_png(cast.png(), address, form=baking.OPEN_BADGES_2))
    assert report.verdict == ("unknown" if "away" in address else "invalid")


def changed(document: Mapping[str, Any], **members: Any) -> dict[str, Any]:
    return {**copy.deepcopy(dict(document)), **members}


@pytest.mark.parametrize(
    "members",
    [
        {"narrative": "Better."},
        {"expires": "2040-05-01T00:00:00Z"},
        {"recipient": {**ASSERTION["recipient"], "identity": "sha256$0"}},
        {"evidence": []},
        {"recipient": {**ASSERTION["recipient"], "hashed": 1}},
    ],
)
def test_a_copy_that_says_something_else_than_what_is_hosted_is_invalid(members: dict[str, Any]) -> None:
    assert verified(changed(ASSERTION, **members)).verdict == "invalid"


def test_one_and_true_are_not_the_same_word() -> None:
    handed = changed(ASSERTION, extra=True)
    assert outcome(verified(handed, web(**{ADDRESSES.assertion: changed(ASSERTION, extra=1)})), "proof") == (
        "invalid",
        "failed",
    )


def test_an_assertion_that_nobody_hosts_any_more_is_unknown() -> None:
    documents = web()
    del documents.documents[ADDRESSES.assertion]
    assert outcome(verified(documents=documents), "proof") == ("unknown", "not_checked")


@pytest.mark.parametrize("handed", [ASSERTION, changed(ASSERTION, revoked=True)])
def test_a_withdrawn_assertion_is_refused_with_the_issuers_reason(handed: Any) -> None:
    gone = hosted.withdrawn_assertion(ADDRESSES, reason="Issued in error.")
    report = verified(handed, web(**{ADDRESSES.assertion: gone}))
    assert outcome(report, "status") == ("invalid", "failed")
    assert "The issuer withdrew this credential." in report.step("status").reason


def test_what_is_left_of_a_withdrawn_assertion_is_told_for_what_it_is() -> None:
    report = verified(hosted.withdrawn_assertion(ADDRESSES, reason="Issued in error."), cast.Web({}))
    assert outcome(report, "status") == ("invalid", "failed")
    assert report.step("status").reason.endswith("The issuer's reason: Issued in error.")


def test_an_assertion_on_the_revocation_list_is_refused() -> None:
    listed = hosted.revocation_list({ADDRESSES.assertion: "Given twice."}, addresses=ADDRESSES)
    report = verified(documents=web(**{ADDRESSES.revocation_list: listed}))
    assert outcome(report, "status") == ("invalid", "failed")
    assert report.step("status").reason.endswith("The issuer's reason: Given twice.")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ({"revokedAssertions": [ADDRESSES.assertion]}, ("invalid", "failed")),
        ({"revokedAssertions": [{"uid": {}}, {"id": []}, 7, None]}, ("valid", "passed")),
        ({"issuer": "https://other.example"}, ("invalid", "failed")),
        ({"type": "Profile"}, ("invalid", "failed")),
    ],
)
def test_the_revocation_list_must_be_the_issuers(listed: dict[str, Any], expected: tuple[str, str]) -> None:
    documents = web(**{ADDRESSES.revocation_list: changed(NONE_REVOKED, **listed)})
    assert outcome(verified(documents=documents), "status") == expected


def test_without_the_revocation_list_the_verdict_is_unknown() -> None:
    documents = web()
    del documents.documents[ADDRESSES.revocation_list]
    assert outcome(verified(documents=documents), "status") == ("unknown", "not_checked")


def test_nobody_can_host_an_assertion_in_the_issuers_name() -> None:
    elsewhere = "https://badges.example.evil.example/ob2/assertions/1"
    forged = changed(ASSERTION, id=elsewhere)
    assert outcome(verified(forged, web(**{elsewhere: forged})), "issuer") == ("invalid", "failed")


@pytest.mark.parametrize(
    ("policy", "valid"),
    [
        (None, True),
        ({}, True),
        ({"startsWith": f"{HOST}/"}, True),
        ({"startsWith": [f"{HOST}/other/", f"{HOST}/assertions/"]}, True),
        ({"startsWith": "https://badges.example"}, True),
        ({"startsWith": f"{HOST}/other/"}, False),
        ({"startsWith": ["https://badges.exam"]}, False),
        ({"startsWith": 7}, False),
        ({"allowedOrigins": "badges.example"}, True),
        ({"allowedOrigins": ["other.example", "badges.example"]}, True),
        ({"allowedOrigins": ["other.example"]}, False),
        ({"allowedOrigins": [], "startsWith": f"{HOST}/"}, False),
    ],
)
def test_the_issuer_says_where_its_badges_are(policy: Any, valid: bool) -> None:
    documents = web(**{ADDRESSES.issuer: changed(PROFILE, verification=policy)})
    assert (verified(documents=documents).verdict == "valid") is valid


def test_a_beginning_that_is_half_an_address_is_none() -> None:
    address = "https://[::1]/assertions/1"
    assertion = changed(ASSERTION, id=address)
    profile = changed(PROFILE, verification={"startsWith": "https://["})
    documents = web(**{address: assertion, ADDRESSES.issuer: profile})
    assert outcome(verified(assertion, documents), "issuer") == ("invalid", "failed")


def test_a_way_out_of_the_issuers_folder_is_not_followed() -> None:
    address = f"{HOST}/assertions/../uploads/1"
    forged = changed(ASSERTION, id=address)
    assert outcome(verified(forged, web(**{address: forged})), "issuer") == ("invalid", "failed")


@pytest.mark.parametrize(
    ("place", "document"),
    [
        (ADDRESSES.badge_class, changed(BADGE_CLASS, id="https://other.example/1")),
        (ADDRESSES.badge_class, changed(BADGE_CLASS, issuer=[ADDRESSES.issuer])),
        (ADDRESSES.badge_class, changed(BADGE_CLASS, type="Assertion")),
        (ADDRESSES.badge_class, changed(BADGE_CLASS, issuer={})),
        (ADDRESSES.issuer, changed(PROFILE, id="https://other.example/1")),
        (ADDRESSES.issuer, changed(PROFILE, name="")),
        (ADDRESSES.issuer, changed(PROFILE, name=7)),
    ],
)
def test_what_it_names_must_be_what_it_names(place: str, document: dict[str, Any]) -> None:
    assert outcome(verified(documents=web(**{place: document})), "issuer") == ("invalid", "failed")


@pytest.mark.parametrize("issuer", ["urn:uuid:1", "http://badges.example/ob2/issuers/pines", "did:web:badges.example"])
def test_an_issuer_that_cannot_be_looked_up_safely_leaves_the_verdict_unknown(issuer: str) -> None:
    documents = web(**{ADDRESSES.badge_class: changed(BADGE_CLASS, issuer=issuer)})
    assert outcome(verified(documents=documents), "issuer") == ("unknown", "not_checked")


@pytest.mark.parametrize(
    ("members", "phrase"),
    [
        ({"recipient": None}, "recipient is missing"),
        ({"badge": [ADDRESSES.badge_class]}, "badge is a list"),
        ({"issuedOn": "yesterday"}, "issuedOn is not a date"),
        ({"verification": "hosted"}, "verification is not an object"),
        ({"id": 7}, "id is not a text"),
    ],
)
def test_an_assertion_that_is_not_well_formed_is_refused(members: dict[str, Any], phrase: str) -> None:
    report = verified(changed(ASSERTION, **members))
    assert report.verdict == "invalid"
    assert phrase in report.step("format").reason


@pytest.mark.parametrize("member", ["issuer", "credentialSubject", "proof"])
def test_it_shows_no_issuer_or_achievement_that_was_not_asked_about(member: str) -> None:
    mixed = changed(ASSERTION, **{member: {"id": cast.ISSUER, "name": "The state"}})
    report = verified(mixed, web(**{ADDRESSES.assertion: mixed}))
    assert f"{member} has no place in it" in report.step("format").reason
    assert report.verdict == "invalid"


def test_a_newer_credential_that_calls_itself_an_assertion_is_asked_as_a_newer_one() -> None:
    mixed = cast.badge()
    mixed["type"] = [*mixed["type"], "Assertion"]
    mixed["@context"] = [*mixed["@context"], "https://w3id.org/openbadges/v2"]
    assert verified({**mixed, "verification": {"type": "hosted"}}).verdict != "valid"


def test_its_dates_decide_too() -> None:
    assert outcome(verified(now=cast.ISSUED - timedelta(days=1)), "validity") == ("invalid", "failed")
    assert outcome(verified(now=cast.ISSUED + timedelta(days=9000)), "validity") == ("invalid", "failed")


def test_the_register_is_asked_about_its_issuer() -> None:
    asked: list[str] = []
    verified(recognise=cast.register_that_keeps(asked))
    assert asked == [ADDRESSES.issuer]


def test_its_endorsements_are_reported_as_not_checked() -> None:
    praised = changed(ASSERTION, endorsement={"type": "Endorsement"})
    report = verified(praised, web(**{ADDRESSES.assertion: praised}))
    assert outcome(report, "endorsements") == ("valid", "not_checked")


# --- signed --------------------------------------------------------------------------------------------------

RSA = cast.rsa_key()
EC = cast.p256_key()
KEY = f"{HOST}/keys/1"
SIGNED = changed(ASSERTION, id="urn:uuid:5d0b4a4a-7d7c-4d4b-8a53-1d6f6e8c5c1e", verification={"type": "signed"})
SIGNED["verification"]["creator"] = KEY


def pem(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


def crypto_key(key: Any = RSA, **members: Any) -> dict[str, Any]:
    document = {"@context": ASSERTION["@context"], "type": "CryptographicKey", "id": KEY, "owner": ADDRESSES.issuer}
    return {**document, "publicKeyPem": pem(key), **members}


def signature(document: Mapping[str, Any] = SIGNED, key: Any = RSA, algorithm: str = "RS256") -> str:
    kind: Any = RSAKey if algorithm == "RS256" else ECKey
    return str(jws.serialize_compact({"alg": algorithm}, json.dumps(document), kind.import_key(cast.pem(key))))


def signed_web(key: Any = RSA, **changes: Any) -> cast.Web:
    return web(**{ADDRESSES.issuer: changed(PROFILE, publicKey=KEY), KEY: crypto_key(key), **changes})


@pytest.mark.parametrize(("key", "algorithm"), [(RSA, "RS256"), (EC, "ES256")])
def test_a_signed_badge_is_valid(key: Any, algorithm: str) -> None:
    report = verified(signature(SIGNED, key, algorithm), signed_web(key))
    assert (report.verdict, report.issuer, report.carrier) == ("valid", ADDRESSES.issuer, "jwt")
    assert report.step("proof").reason == "The seal fits: nothing was changed since it was signed."


def test_a_signed_badge_may_leave_the_key_to_its_issuers_profile() -> None:
    bare = changed(SIGNED, verification={"type": "SignedBadge"})
    profile = changed(PROFILE, publicKey=crypto_key())
    assert verified(signature(bare), web(**{ADDRESSES.issuer: profile})).verdict == "valid"


def test_a_signed_badge_in_a_picture_is_valid() -> None:
    baked = baking.bake_svg(cast.SVG, signature(), form=baking.OPEN_BADGES_2)
    assert verified(baked, signed_web()).verdict == "valid"


def test_a_signed_badge_altered_anywhere_is_not_valid() -> None:
    text = signature()
    for place in range(0, len(text), 41):
        for letter in "AZ_":
            altered = f"{text[:place]}{letter}{text[place + 1 :]}"
            if altered != text:
                assert verified(altered, signed_web()).verdict != "valid"


def test_a_token_that_ends_before_its_badge_is_not_valid() -> None:
    """The claims of a token are no part of an assertion, so nothing else would ask about its end."""
    ended = changed(SIGNED, exp=1_700_000_000)
    report = verified(signature(ended), signed_web())
    assert (report.verdict, report.step("proof").outcome) == ("invalid", "failed")


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({ADDRESSES.issuer: PROFILE}, "is not one that"),
        ({ADDRESSES.issuer: changed(PROFILE, publicKey=[])}, "is not one that"),
        ({ADDRESSES.issuer: changed(PROFILE, publicKey=f"{HOST}/keys/2")}, "is not one that"),
        ({KEY: crypto_key(owner="https://other.example")}, "belongs to https://other.example"),
        ({KEY: crypto_key(revoked="2026-01-01T00:00:00Z")}, "withdrew the key"),
        ({KEY: crypto_key(publicKeyPem="none")}, "is not a public key"),
        ({KEY: crypto_key(EC)}, "not of the kind"),
        ({KEY: crypto_key(cast.rsa_key())}, "The seal does not fit"),
    ],
)
def test_only_a_key_that_the_issuer_publishes_counts(changes: dict[str, Any], phrase: str) -> None:
    report = verified(signature(), signed_web(**changes))
    assert outcome(report, "proof") == ("invalid", "failed")
    assert phrase in report.step("proof").reason


def test_a_badge_that_says_it_is_signed_and_is_not_is_invalid() -> None:
    report = verified(SIGNED, signed_web())
    assert "carries no signature" in report.step("proof").reason


@pytest.mark.parametrize("entry", [{"id": SIGNED["id"], "revocationReason": "x"}, SIGNED["id"]])
def test_a_signed_badge_on_the_revocation_list_is_refused(entry: Any) -> None:
    listed = changed(NONE_REVOKED, revokedAssertions=[entry])
    report = verified(signature(), signed_web(**{ADDRESSES.revocation_list: listed}))
    assert outcome(report, "status") == ("invalid", "failed")


def test_a_key_in_the_header_of_a_signed_badge_proves_nothing() -> None:
    own = RSAKey.import_key(cast.pem(cast.rsa_key()))
    header = {"alg": "RS256", "jwk": own.as_dict(private=False)}
    forged = jws.serialize_compact(header, json.dumps(SIGNED), own)
    assert verified(forged, signed_web()).verdict == "invalid"
    assert keys.public_key_from_pem(pem(RSA)).jwk["kty"] == "RSA"
