"""Badges from before Open Badges 2.0: told apart, verified where hosted or by their key, and never over-told."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.jwk import RSAKey

from longleaf.engines.openbadges import baking, earliest, gist, recipients
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

HOST = "https://badges.example/old"
ADDRESS, KEY = f"{HOST}/assertions/7.json", f"{HOST}/key.pem"
CLASS, ISSUER = f"{HOST}/classes/pines.json", f"{HOST}/issuer.json"
HASHED = "sha256$" + hashlib.sha256(b"rowan@example.orgpepper").hexdigest()
BADGE = {
    "name": "Reads pines",
    "description": "Tells longleaf from loblolly.",
    "image": f"{HOST}/pines.png",
    "criteria": f"{HOST}/pines.html",
    "issuer": ISSUER,
    "alignment": [{"name": "Knows trees", "url": "https://standards.example/trees"}],
}
PROFILE = {"name": "Pine School", "url": "https://badges.example"}
HOSTED = {
    "uid": "7",
    "recipient": {"type": "email", "hashed": True, "identity": HASHED, "salt": "pepper"},
    "badge": CLASS,
    "verify": {"type": "hosted", "url": ADDRESS},
    "issuedOn": 1380000000,
    "evidence": "https://work.example/1",
}
WITH_CONTEXT = {
    **HOSTED,
    "@context": earliest.CONTEXT,
    "type": "Assertion",
    "id": ADDRESS,
    "issuedOn": "2013-09-24T05:20:00Z",
}
FIRST = {
    "recipient": HASHED,
    "salt": "pepper",
    "evidence": "https://work.example/1",
    "issued_on": "2012-03-04",
    "badge": {
        "version": "0.5.0",
        "name": "Reads pines",
        "image": "/pines.png",
        "description": "Tells longleaf from loblolly.",
        "criteria": "https://badges.example/pines.html",
        "issuer": {"origin": "https://badges.example", "name": "Pine School"},
    },
}


def web(**documents: Any) -> cast.Web:
    return cast.Web({ADDRESS: HOSTED, CLASS: BADGE, ISSUER: PROFILE, **documents})


def verified(material: Any, documents: cast.Web | None = None, **options: Any) -> Report:
    return verify(material, documents=documents or web(), now=cast.NOW, **options)


def outcomes(report: Report) -> dict[str, str]:
    return {step.step: step.outcome.value for step in report.steps if step.step != "recognition"}


ALL_PASSED = dict.fromkeys(("format", "proof", "issuer", "status", "validity"), "passed")


@pytest.mark.parametrize(("assertion", "edition"), [(FIRST, "0.5"), (HOSTED, "1.0"), (WITH_CONTEXT, "1.1")])
def test_each_version_is_told_by_its_shape_and_verified_where_it_is_hosted(assertion: Any, edition: str) -> None:
    report = verified(json.dumps(assertion), web(**{ADDRESS: assertion}), found_at=ADDRESS)
    assert outcomes(report) == ALL_PASSED
    assert report.verdict == "valid"
    assert f"Open Badges {edition} " in report.step("format").reason


def test_a_copy_that_says_something_else_is_invalid_and_one_that_is_gone_unknown() -> None:
    assert verified({**HOSTED, "evidence": "https://work.example/2"}).verdict == "invalid"
    gone = web()
    del gone.documents[ADDRESS]
    report = verified(HOSTED, gone)
    assert (report.verdict, outcomes(report)["proof"], outcomes(report)["status"]) == (
        "unknown",
        "not_checked",
        "not_checked",
    )


def test_the_first_version_does_not_say_where_it_is_and_alone_proves_nothing() -> None:
    report = verified(FIRST)
    assert report.verdict == "unknown"
    assert "does not say where it is published" in report.step("proof").reason


def test_an_issuer_on_another_host_is_not_proven() -> None:
    elsewhere = "https://other.example/1.json"
    copied = {**HOSTED, "verify": {"type": "hosted", "url": elsewhere}}
    report = verified(copied, web(**{elsewhere: copied}))
    assert (report.verdict, report.issuer, outcomes(report)["issuer"]) == ("unknown", None, "not_checked")


def test_what_its_site_says_was_withdrawn_is_invalid() -> None:
    report = verified(HOSTED, web(**{ADDRESS: {"revoked": True, "revocationReason": "Given twice."}}))
    assert report.verdict == "invalid"
    assert report.step("status").reason.endswith("Given twice.")


def signed(**changes: Any) -> tuple[str, bytes]:
    key = cast.rsa_key()
    payload = {**HOSTED, "verify": {"type": "signed", "url": KEY}, **changes}
    token = jws.serialize_compact({"alg": "RS256"}, json.dumps(payload).encode(), RSAKey.import_key(cast.pem(key)))
    return token, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_a_signed_one_stands_by_the_key_at_its_address() -> None:
    token, pem = signed()
    assert outcomes(verified(token, web(**{KEY: pem}))) == ALL_PASSED
    assert verified(token, web(**{KEY: signed()[1]})).verdict == "invalid"
    listed = web(**{KEY: pem, ISSUER: {**PROFILE, "revocationList": f"{HOST}/gone"}, f"{HOST}/gone": {"7": "Lost."}})
    assert outcomes(verified(token, listed))["status"] == "failed"


@pytest.mark.parametrize("carried", [json.dumps(HOSTED), ADDRESS])
@pytest.mark.parametrize("kind", [b"tEXt", b"iTXt"])
def test_a_picture_carries_it_in_either_kind_of_text(kind: bytes, carried: str) -> None:
    text = b"openbadges\0" + (b"" if kind == b"tEXt" else b"\0\0\0\0") + carried.encode()
    report = verified(cast.png(cast.png_chunk(kind, text)))
    assert (report.verdict, report.carrier) == ("valid", "png")


def test_a_drawing_carries_its_address() -> None:
    picture = baking.bake_svg(cast.SVG, ADDRESS, form=baking.OPEN_BADGES_2)
    assert verified(picture).verdict == "valid"


@pytest.mark.parametrize(
    "changes",
    [{"issuedOn": "long ago"}, {"issuedOn": True}, {"expires": "2013-99-01"}, {"recipient": {}}, {"badge": 7}],
)
def test_what_is_not_written_as_a_badge_is_asked_nothing_more(changes: dict[str, Any]) -> None:
    report = verified({**HOSTED, **changes})
    assert (report.verdict, outcomes(report)["format"]) == ("invalid", "failed")


def test_it_expires_as_its_seconds_say() -> None:
    ended = {**HOSTED, "expires": "1390000000"}
    assert outcomes(verified(ended, web(**{ADDRESS: ended})))["validity"] == "failed"


# --- what it says, and to whom it was given ------------------------------------------------------------------


@pytest.mark.parametrize("assertion", [FIRST, HOSTED, WITH_CONTEXT])
def test_it_is_known_by_the_hash_of_an_address(assertion: Any) -> None:
    (given,) = recipients.recipients_of(assertion)
    assert recipients.is_anybody_of([given], ["other@example.org", "rowan@example.org"]) == "rowan@example.org"
    assert not given.is_of("nobody@example.org")


@pytest.mark.parametrize(
    ("identity", "fits"),
    [
        ({"type": "email", "hashed": False, "identity": "Rowan@Example.org"}, True),
        (
            {
                "type": "email",
                "hashed": True,
                "identity": "md5$" + hashlib.md5(b"rowan@example.org").hexdigest(),
            },
            True,
        ),
        ({"type": "email", "hashed": True, "identity": "sha1$1234"}, False),
        ({"type": "url", "hashed": False, "identity": "https://rowan.example"}, False),
    ],
)
def test_identities_in_other_writings(identity: dict[str, Any], fits: bool) -> None:
    (given,) = recipients.recipients_of({**HOSTED, "recipient": identity})
    assert given.is_of("rowan@example.org") is fits


def test_a_newer_one_is_known_by_its_identities_or_its_subject() -> None:
    assert recipients.recipients_of(cast.badge())[0].is_address
    credential = {"type": ["VerifiableCredential"], "credentialSubject": {"id": "mailto:rowan@example.org"}}
    assert recipients.is_anybody_of(recipients.recipients_of(credential), ["rowan@example.org"])
    assert recipients.recipients_of({"credentialSubject": "nobody"}) == []


def test_the_gist_is_the_same_in_every_version() -> None:
    found = {CLASS: BADGE, ISSUER: PROFILE}
    told = [gist.gist_of(each, found) for each in (FIRST, HOSTED, WITH_CONTEXT)]
    assert {each.name for each in told} == {"Reads pines"}
    assert {each.issuer_name for each in told} == {"Pine School"}
    assert {each.evidence for each in told} == {("https://work.example/1",)}
    assert [each.achievement_id for each in told] == ["", CLASS, CLASS]
    assert [each.issuer_id for each in told] == ["https://badges.example", ISSUER, ISSUER]
    assert told[1].alignments == (gist.Target("Knows trees", "", "https://standards.example/trees"),)
    assert all(each.issued for each in told)


def test_the_gist_of_a_newer_one_needs_nothing_else() -> None:
    told = gist.gist_of(cast.badge(), {})
    assert (told.standard, told.name, told.issuer_name) == ("Open Badges 3.0", cast.ACHIEVEMENT.name, cast.PROFILE.name)
    assert told.achievement_id == cast.ACHIEVEMENT.id


def test_the_gist_of_nonsense_is_empty() -> None:
    told = gist.gist_of({"issuer": 7, "credentialSubject": {"achievement": []}, "evidence": [7, "javascript:x"]}, {})
    assert (told.name, told.issuer_id, told.evidence) == ("", "", ())
