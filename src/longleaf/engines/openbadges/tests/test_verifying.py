"""Each step is answered by itself, and nothing is valid that was not checked."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longleaf.engines.openbadges import building, controllers, keys, proving, status
from longleaf.engines.openbadges.report import STEPS, Recognition, Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

BADGE = cast.badge()
# The first document read in a process takes longer: its contexts are read with it.
unhurried = settings(deadline=None)


def verified(material: Any = BADGE, documents: cast.Web | None = None, **options: Any) -> Report:
    return verify(material, documents=documents or cast.web(), **{"now": cast.NOW, **options})


def outcomes(report: Report) -> dict[str, str]:
    return {step.step: step.outcome.value for step in report.steps}


def test_a_good_badge_passes_every_step() -> None:
    report = verified()
    assert report.as_dict() == {
        "verdict": "valid",
        "steps": [
            {
                "step": "format",
                "outcome": "passed",
                "reason": "It is a well-formed Open Badges 3.0 credential.",
            },
            {
                "step": "proof",
                "outcome": "passed",
                "reason": "The seal fits: nothing was changed since it was signed.",
            },
            {
                "step": "issuer",
                "outcome": "passed",
                "reason": "The key it was signed with is one that did:web:badges.example:issuers:pines publishes"
                " for signing credentials.",
            },
            {
                "step": "status",
                "outcome": "passed",
                "reason": "The issuer's status list says that it was not withdrawn.",
            },
            {"step": "validity", "outcome": "passed", "reason": "It is valid until May 1, 2031, 00:00 UTC."},
            {
                "step": "recognition",
                "outcome": "not_checked",
                "reason": "No register of recognized issuers was asked.",
            },
        ],
    }
    assert report.issuer == cast.ISSUER


@pytest.mark.parametrize("material", [json.dumps(BADGE), json.dumps(BADGE).encode(), BADGE])
def test_it_takes_text_bytes_and_parsed_json(material: Any) -> None:
    assert verified(material).verdict == "valid"


def test_each_document_is_asked_for_once() -> None:
    web = cast.web()
    verified(documents=web)
    assert web.asked == [cast.ISSUER_DOCUMENT, cast.LIST_URL]


def every_change(value: Any, change: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of every text in a document."""
    if isinstance(value, dict):
        return [found for name, member in value.items() for found in every_change(member, change, (*place, name))]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in every_change(item, change, (*place, index))]
    return [place]


PLACES = every_change(BADGE, None)


def with_changed(badge: Mapping[str, Any], place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    altered = copy.deepcopy(dict(badge))
    holder: Any = altered
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    return altered


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_altering_any_single_value_makes_it_invalid_or_unknown(place: tuple[Any, ...]) -> None:
    found: Any = BADGE
    for step in place:
        found = found[step]
    altered = not found if isinstance(found, bool) else f"{found}x"
    assert verified(with_changed(BADGE, place, altered)).verdict != "valid"


@unhurried
@given(place=st.sampled_from(PLACES), value=st.one_of(st.text(max_size=8), st.integers(), st.none(), st.floats()))
def test_no_value_put_in_place_of_another_is_ever_valid(place: tuple[Any, ...], value: Any) -> None:
    altered = with_changed(BADGE, place, value)
    if altered != BADGE:
        assert verified(altered).verdict != "valid"


@unhurried
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(BADGE)), inner),
        max_leaves=12,
    )
)
def test_whatever_is_handed_over_gets_a_report_and_is_not_valid(value: Any) -> None:
    report = verified(json.dumps(value))
    assert [step.step for step in report.steps] == list(STEPS)
    assert report.verdict != "valid"


@unhurried
@given(
    st.sampled_from(sorted(BADGE)),
    st.recursive(
        st.text(max_size=3), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner), max_leaves=6
    ),
)
def test_odd_members_never_raise(name: str, value: Any) -> None:
    assert verified({**BADGE, name: value}).verdict != "valid"


# --- proof and issuer ----------------------------------------------------------------------------------------


def test_a_badge_without_proof_is_invalid() -> None:
    bare = {name: value for name, value in BADGE.items() if name != "proof"}
    assert outcomes(verified(bare))["proof"] == "failed"


def test_nothing_is_fetched_for_a_badge_whose_seal_is_broken() -> None:
    web = cast.web()
    report = verified({**BADGE, "name": "Better"}, web)
    assert outcomes(report) == {
        "format": "passed",
        "proof": "failed",
        **dict.fromkeys(("issuer", "status", "validity", "recognition"), "not_checked"),
    }
    assert cast.LIST_URL not in web.asked


def test_a_badge_signed_by_a_stranger_in_the_issuers_name_is_invalid() -> None:
    forged = cast.badge(signer=cast.STRANGER)
    report = verified(forged)
    assert (outcomes(report)["proof"], outcomes(report)["issuer"], report.verdict) == ("passed", "failed", "invalid")
    assert "belongs to did:key:" in report.step("issuer").reason


def test_without_the_issuers_document_the_verdict_is_unknown() -> None:
    web = cast.web()
    del web.documents[cast.ISSUER_DOCUMENT]
    report = verified(documents=web)
    assert (outcomes(report)["proof"], report.verdict) == ("not_checked", "unknown")


@pytest.mark.parametrize(
    ("key_options", "verdict"),
    [
        ({}, "valid"),
        ({"may_assert": False}, "invalid"),
        ({"revoked": cast.NOW - timedelta(days=1)}, "invalid"),
        ({"revoked": cast.NOW + timedelta(days=1)}, "valid"),
    ],
)
def test_the_issuers_document_decides_what_its_key_may_do(key_options: dict[str, Any], verdict: str) -> None:
    document = cast.issuer_document(**key_options)
    assert verified(documents=cast.web(**{cast.ISSUER_DOCUMENT: document})).verdict == verdict


def test_a_document_about_somebody_else_vouches_for_nothing() -> None:
    document = {**cast.issuer_document(), "id": "did:web:other.example"}
    assert verified(documents=cast.web(**{cast.ISSUER_DOCUMENT: document})).verdict == "invalid"


def test_a_key_that_was_replaced_but_is_still_listed_keeps_old_badges_valid() -> None:
    listed = [
        controllers.ControllerKey(public_bytes=key) for key in (cast.STRANGER.public_bytes, cast.SIGNER.public_bytes)
    ]
    document = controllers.controller_document(cast.ISSUER, listed)
    assert verified(documents=cast.web(**{cast.ISSUER_DOCUMENT: document})).verdict == "valid"


def test_a_good_proof_beside_one_that_nobody_knows_is_enough() -> None:
    more = {**BADGE, "proof": [{"type": "SomeProof"}, *BADGE["proof"]]}
    assert verified(more).verdict == "valid"


def test_one_proof_that_does_not_fit_is_enough_to_refuse() -> None:
    broken = {**BADGE["proof"][0], "created": "2026-05-01T09:30:59Z"}
    assert verified({**BADGE, "proof": [*BADGE["proof"], broken]}).verdict == "invalid"


def test_a_badge_by_a_bare_key_is_valid_and_says_what_that_means() -> None:
    did = keys.did_key(cast.STRANGER.public_bytes)
    credential = replace(cast.CREDENTIAL, issuer=replace(cast.PROFILE, id=did), status=None)
    report = verified(cast.badge(credential, signer=cast.STRANGER))
    assert (report.verdict, report.issuer) == ("valid", did)
    assert "make sure that you know this key" in report.step("issuer").reason


def test_on_this_machine_a_did_web_is_looked_up_without_https_too() -> None:
    issuer = controllers.did_web("http://localhost:8000/issuers/pines")
    signer = keys.LocalSigner.from_seed(
        cast.SEED, verification_method=controllers.method_id(issuer, cast.SIGNER.public_bytes)
    )
    credential = replace(cast.CREDENTIAL, issuer=replace(cast.PROFILE, id=issuer), status=None)
    document = controllers.controller_document(issuer, [controllers.ControllerKey(public_bytes=signer.public_bytes)])
    web = cast.Web({"http://localhost:8000/issuers/pines/did.json": document})
    assert verified(cast.badge(credential, signer=signer), web).verdict == "valid"
    assert web.asked[0] == "https://localhost:8000/issuers/pines/did.json"


def test_an_https_issuer_whose_profile_lists_the_key_is_valid() -> None:
    issuer = "https://badges.example/issuers/oak"
    method = controllers.method_id(issuer, cast.SIGNER.public_bytes)
    signer = keys.LocalSigner.from_seed(cast.SEED, verification_method=method)
    profile = replace(cast.PROFILE, id=issuer)
    document = controllers.controller_document(issuer, [controllers.ControllerKey(public_bytes=signer.public_bytes)])
    badge = cast.badge(replace(cast.CREDENTIAL, issuer=profile, status=None), signer=signer)
    assert verified(badge, cast.Web({issuer: {**building.profile(profile), **document}})).verdict == "valid"


def test_a_key_that_merely_lies_below_the_issuers_address_is_not_the_issuers() -> None:
    # Whoever can put a file there, or be led there by an open redirect, would speak for the whole site.
    issuer, lodger = "https://university.example", "https://university.example/~lodger/key.json"
    method = controllers.method_id(lodger, cast.SIGNER.public_bytes)
    signer = keys.LocalSigner.from_seed(cast.SEED, verification_method=method)
    document = controllers.controller_document(lodger, [controllers.ControllerKey(public_bytes=signer.public_bytes)])
    profile = replace(cast.PROFILE, id=issuer)
    badge = cast.badge(replace(cast.CREDENTIAL, issuer=profile, status=None), signer=signer)
    web = {lodger: document, issuer: {"id": issuer, "assertionMethod": []}}
    assert outcomes(verified(badge, cast.Web(web)))["issuer"] == "failed"
    web[issuer] = {"id": issuer, "assertionMethod": [method]}
    assert verified(badge, cast.Web(web)).verdict == "valid"


def test_an_insecure_issuer_address_is_not_trusted() -> None:
    issuer = "http://badges.example/issuers/oak"
    method = controllers.method_id(issuer, cast.SIGNER.public_bytes)
    signer = keys.LocalSigner.from_seed(cast.SEED, verification_method=method)
    badge = cast.badge(replace(cast.CREDENTIAL, issuer=replace(cast.PROFILE, id=issuer), status=None), signer=signer)
    assert "is not secure" in verified(badge).step("proof").reason


# --- status --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "outcome", "phrase"),
    [
        (cast.status_list(77), "failed", "The issuer withdrew this credential."),
        (cast.status_list(76, 78), "passed", "was not withdrawn"),
        (cast.status_list(purpose=status.SUSPENSION), "failed", "is not about revocation"),
        (cast.status_list(valid_until=cast.NOW - timedelta(hours=1)), "not_checked", "out of date"),
        (cast.status_list(signer=cast.STRANGER), "failed", "belongs to did:key:"),
        ({**cast.status_list(), "name": "Other"}, "not_checked", "not where"),
        (b"<html>", "not_checked", "could not be read"),
        (b"{}", "failed", "is none"),
    ],
)
def test_the_status_list_must_itself_be_trusted(listed: Any, outcome: str, phrase: str) -> None:
    if phrase == "not where":
        outcome, phrase = "failed", "The seal does not fit"
    report = verified(documents=cast.web(**{cast.LIST_URL: listed}))
    assert outcomes(report)["status"] == outcome
    assert phrase in report.step("status").reason
    assert report.verdict == {"passed": "valid", "failed": "invalid", "not_checked": "unknown"}[outcome]


def test_a_status_list_that_cannot_be_had_leaves_the_verdict_unknown() -> None:
    web = cast.web()
    del web.documents[cast.LIST_URL]
    report = verified(documents=web)
    assert (outcomes(report)["status"], report.verdict) == ("not_checked", "unknown")


def test_a_suspended_badge_is_called_suspended() -> None:
    entry = status.StatusEntry(list_url=cast.LIST_URL, index=5, purpose=status.SUSPENSION)
    web = cast.web(**{cast.LIST_URL: cast.status_list(5, purpose=status.SUSPENSION)})
    report = verified(cast.badge(replace(cast.CREDENTIAL, status=entry)), web)
    assert report.step("status").reason.startswith("The issuer suspended this credential.")


def test_another_issuers_status_list_does_not_count() -> None:
    did = keys.did_key(cast.STRANGER.public_bytes)
    document = status.status_list_credential(
        url=cast.LIST_URL, issuer=did, unpacked=status.bits([]), valid_from=cast.ISSUED
    )
    report = verified(documents=cast.web(**{cast.LIST_URL: cast.signed(document, cast.STRANGER)}))
    assert (outcomes(report)["status"], report.verdict) == ("not_checked", "unknown")


def test_a_status_of_an_unknown_kind_leaves_the_verdict_unknown() -> None:
    document = building.achievement_credential(cast.CREDENTIAL)
    document["credentialStatus"] = {"id": "urn:s", "type": "1EdTechRevocationList"}
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    report = verified(cast.signed(document))
    assert (outcomes(report)["proof"], outcomes(report)["status"], report.verdict) == (
        "passed",
        "not_checked",
        "unknown",
    )


# --- validity and recognition --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (cast.ISSUED - timedelta(seconds=1), "It is not valid before May 1, 2026, 09:30 UTC. Come back then."),
        (cast.ISSUED, "It is valid until May 1, 2031, 00:00 UTC."),
        (
            datetime(2031, 5, 1, tzinfo=UTC),
            "It expired on May 1, 2031, 00:00 UTC. It was good until then; ask the earner about a renewal.",
        ),
    ],
)
def test_it_is_valid_from_its_first_moment_until_just_before_its_last(now: datetime, reason: str) -> None:
    badge = cast.badge(replace(cast.CREDENTIAL, status=None))
    assert verified(badge, now=now).step("validity").reason == reason


def test_recognition_informs_but_does_not_decide() -> None:
    known = verified(recognise=lambda issuer, _badge: Recognition(True, f"{issuer} is known."))
    assert (known.step("recognition").outcome, known.verdict) == ("passed", "valid")
    assert known.step("recognition").reason == f"{cast.ISSUER} is known."


@pytest.mark.parametrize("recognised", [False, None])
def test_what_a_register_does_not_recognise_is_no_worse_for_it(recognised: bool | None) -> None:
    report = verified(recognise=lambda _issuer, _badge: Recognition(recognised, "It is not known."))
    assert (report.step("recognition").outcome, report.verdict) == ("informational", "valid")
    assert report.step("recognition").reason.startswith("It is not known. That says nothing against")


def test_what_a_register_says_is_in_the_report_member_by_member() -> None:
    answer = Recognition(True, "Known.", "Meadow", date(2026, 1, 1), None, ("https://meadow.example/1",))
    assert verified(recognise=lambda _issuer, _badge: answer).as_dict()["recognition"] == {
        "recognised": True,
        "by": "Meadow",
        "from": "2026-01-01",
        "until": None,
        "statements": ["https://meadow.example/1"],
        "sentence": "Known.",
    }
    assert "recognition" not in verified().as_dict()


def test_the_register_is_asked_about_the_key_when_the_issuers_name_can_be_anybodys() -> None:
    asked: list[str] = []
    profile = replace(cast.PROFILE, id="urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164")
    badge = cast.badge(replace(cast.CREDENTIAL, issuer=profile, status=None), signer=cast.STRANGER)
    report = verified(badge, recognise=cast.register_that_keeps(asked))
    assert (report.verdict, asked) == ("valid", [keys.did_key(cast.STRANGER.public_bytes)])


def test_the_register_is_not_asked_about_an_issuer_that_was_not_proven() -> None:
    def never(_issuer: str, _badge: Mapping[str, Any]) -> Recognition:
        raise AssertionError("asked")

    assert verified(cast.badge(signer=cast.STRANGER), recognise=never).verdict == "invalid"


def test_every_reason_is_a_sentence() -> None:
    materials = [BADGE, b"", b"\xff", "{}", cast.badge(signer=cast.STRANGER), {**BADGE, "name": "x"}]
    reasons = [step.reason for material in materials for step in verified(material).steps]
    assert [reason for reason in reasons if not (reason[0].isupper() and reason.endswith("."))] == []


def test_proofs_are_counted_before_they_are_checked() -> None:
    many = {**BADGE, "proof": BADGE["proof"] * 9}
    assert "more than any credential needs" in verified(many).step("proof").reason


def test_jcs_badges_are_verified_too() -> None:
    assert verified(cast.badge(suite=proving.JCS)).verdict == "valid"
