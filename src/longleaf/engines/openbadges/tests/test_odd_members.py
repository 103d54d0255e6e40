"""Members that few credentials have: each is handled as the standard says, and none is a way around a question."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from longleaf.engines.openbadges import building, proving, tokens
from longleaf.engines.openbadges.contexts import CREDENTIALS_V1, EXTENSIONS
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

REFRESH = {"id": "https://badges.example/refresh/1", "type": "1EdTechCredentialRefresh"}
TERMS = {"id": "https://badges.example/terms", "type": "IssuerPolicy"}
UNKNOWN_CONTEXT = "https://vendor.example/context.json"


def unsigned(**members: Any) -> dict[str, Any]:
    document = building.achievement_credential(replace(cast.CREDENTIAL, status=None))
    return {**document, **members}


def with_extensions(**members: Any) -> dict[str, Any]:
    document = unsigned(**members)
    return {**document, "@context": [*document["@context"], EXTENSIONS]}


def verified(material: Any, now: datetime = cast.NOW) -> Report:
    return verify(material, documents=cast.web(), now=now)


@pytest.mark.parametrize(
    "issuer",
    [
        [building.profile(cast.PROFILE)],
        [building.profile(cast.PROFILE), {"id": "did:web:other.example", "type": ["Profile"]}],
        [cast.ISSUER, "did:web:other.example"],
    ],
)
def test_a_credential_has_one_issuer_and_a_list_of_them_is_not_well_formed(issuer: list[Any]) -> None:
    report = verified(cast.signed(unsigned(issuer=issuer)))
    assert report.verdict == "invalid"
    assert "issuer is a list, where one is meant" in report.step("format").reason


@pytest.mark.parametrize("issuer", [{}, {"type": ["Profile"]}, 7, True, {"id": {"id": cast.ISSUER}, "type": "Profile"}])
def test_an_issuer_without_a_name_is_nobody(issuer: Any) -> None:
    document = {**cast.badge(), "issuer": issuer}
    assert verified(document).verdict == "invalid"


def test_a_refresh_service_is_told_to_whoever_holds_an_expired_badge_and_not_followed() -> None:
    badge = cast.signed(with_extensions(refreshService=REFRESH))
    web = cast.web()
    assert verify(badge, documents=web, now=cast.NOW).verdict == "valid"
    assert REFRESH["id"] not in web.asked
    late = verified(badge, cast.NOW + timedelta(days=9000)).step("validity")
    assert (late.outcome, late.reason.endswith(f"a newer copy may be had at {REFRESH['id']}.")) == ("failed", True)


def test_there_is_one_refresh_service_at_most() -> None:
    report = verified(cast.signed(with_extensions(refreshService=[REFRESH, {**REFRESH, "id": "urn:other"}])))
    assert "refreshService is a list, where one is meant" in report.step("format").reason


def test_terms_of_use_are_covered_by_the_seal_and_must_name_their_type() -> None:
    document = with_extensions(termsOfUse=[TERMS])
    jcs = cast.signed(document, suite=proving.JCS)
    assert verified(jcs).verdict == "valid"
    assert verified({**jcs, "termsOfUse": [{**TERMS, "id": "https://other.example"}]}).verdict == "invalid"
    untyped = cast.signed(with_extensions(termsOfUse=[{"id": "urn:terms"}]))
    assert "termsOfUse[0].type is missing" in verified(untyped).step("format").reason


def test_terms_of_a_type_that_no_context_defines_cannot_be_sealed_in_linked_data() -> None:
    document = with_extensions(termsOfUse=[TERMS])
    with pytest.raises(CannotBuild, match="IssuerPolicy"):
        cast.signed(document)


@pytest.mark.parametrize("member", ["refreshService", "termsOfUse", "credentialSchema"])
@pytest.mark.parametrize("value", [7, "x", True, [[]], {}])
def test_what_is_not_written_as_it_should_be_is_a_fault(member: str, value: Any) -> None:
    report = verified({**cast.badge(), member: value})
    assert (report.verdict, report.step("format").outcome) == ("invalid", "failed")


def test_a_context_that_is_not_known_leaves_the_seal_unchecked() -> None:
    badge = cast.badge()
    report = verified({**badge, "@context": [*badge["@context"], UNKNOWN_CONTEXT]})
    assert (report.verdict, report.step("proof").outcome) == ("unknown", "not_checked")
    assert UNKNOWN_CONTEXT in report.step("proof").reason


def test_a_token_needs_no_context_to_be_checked() -> None:
    document = unsigned()
    document["credentialSubject"]["id"] = "did:example:ana"
    document["@context"] = [*document["@context"], UNKNOWN_CONTEXT]
    assert verified(tokens.signed(document, signer=cast.SIGNER)).verdict == "valid"


@pytest.mark.parametrize("context", [{"name": "urn:x"}, {"@vocab": "urn:x"}, 7, None])
def test_words_defined_inside_a_credential_are_not_followed(context: Any) -> None:
    badge = cast.badge()
    assert verified({**badge, "@context": [*badge["@context"], context]}).verdict != "valid"


@pytest.mark.parametrize("context", [[], None, "https://www.w3.org/ns/credentials/v2", [EXTENSIONS], [CREDENTIALS_V1]])
def test_the_contexts_of_its_standards_must_be_there_and_in_order(context: Any) -> None:
    assert verified({**cast.badge(), "@context": context}).verdict == "invalid"


@pytest.mark.parametrize(
    "text", ["Ünïcödé ®’s “badge”", "**bold** _and_ [link](https://x.example)", "日本語", "a\tb\nc", "🏅"]
)
def test_accents_and_markdown_travel_unharmed(text: str) -> None:
    made = replace(cast.CREDENTIAL, name=text, narrative=text, status=None)
    for suite in (proving.RDFC, proving.JCS):
        report = verified(cast.badge(made, suite=suite))
        assert report.verdict == "valid"
        assert report.credential is not None
        assert report.credential["name"] == text


def test_a_credential_of_verifiable_credentials_1_inside_a_claim_of_its_own_is_not_read() -> None:
    inner = {"vc": unsigned(), "iss": cast.ISSUER}
    text = tokens.signed(
        {**unsigned(), "credentialSubject": {**unsigned()["credentialSubject"], "id": "urn:x"}}, signer=cast.SIGNER
    )
    header = text.split(".")[0]
    payload = tokens.base64url(json.dumps(inner).encode())
    signature = tokens.base64url(cast.SIGNER.sign(f"{header}.{payload}".encode()))
    assert verified(f"{header}.{payload}.{signature}").verdict == "invalid"
