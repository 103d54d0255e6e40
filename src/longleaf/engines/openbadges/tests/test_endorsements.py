"""Endorsements inside a badge: verified on their own; one that does not stand counts for nothing and harms nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from longleaf.engines.openbadges import building, keys, status, times, tokens
from longleaf.engines.openbadges.contexts import CREDENTIALS_V2, OPEN_BADGES
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

STATE = keys.did_key(cast.STRANGER.public_bytes)
# Where an endorsement may stand, and what it then speaks of.
PLACES = {"credential": cast.CREDENTIAL.id, "achievement": cast.ACHIEVEMENT.id, "issuer": cast.ISSUER}


def endorsement(about: str = cast.ACHIEVEMENT.id, **members: Any) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "urn:uuid:2d7f0ccf-4f43-4a3f-a1e0-0b7de6b1d6c1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Recognized by the state",
        "issuer": {"id": STATE, "type": ["Profile"], "name": "The state"},
        "validFrom": times.written(cast.ISSUED),
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Counts as 1.5."},
        **members,
    }


def endorsed(*endorsements: Any, place: str = "achievement", member: str = "endorsement") -> dict[str, Any]:
    document = building.achievement_credential(cast.CREDENTIAL)
    holder = {
        "credential": document,
        "achievement": document["credentialSubject"]["achievement"],
        "issuer": document["issuer"],
    }[place]
    holder[member] = list(endorsements)
    return document


def verified(material: Any, **options: Any) -> Report:
    return verify(material, documents=cast.web(), now=cast.NOW, **options)


def answer(report: Report) -> tuple[str, str]:
    return report.verdict, report.step("endorsements").outcome


@pytest.mark.parametrize("place", PLACES)
def test_an_endorsement_is_verified_wherever_it_stands(place: str) -> None:
    praise = cast.signed(endorsement(about=PLACES[place]), cast.STRANGER)
    report = verified(cast.signed(endorsed(praise, place=place)))
    assert answer(report) == ("valid", "passed")
    assert report.step("endorsements").reason == "There is one endorsement in it: each was verified on its own."
    assert [step.step for step in report.steps][-2:] == ["recognition", "endorsements"]


def test_a_badge_without_endorsements_is_not_asked_about_them() -> None:
    assert "endorsements" not in [step.step for step in verified(cast.badge()).steps]


@pytest.mark.parametrize("place", PLACES)
def test_an_altered_endorsement_makes_the_badge_invalid_though_its_own_seal_fits(place: str) -> None:
    altered = {**cast.signed(endorsement(), cast.STRANGER), "name": "Praised by the state"}
    report = verified(cast.signed(endorsed(altered, place=place)))
    assert (report.step("proof").outcome, *answer(report)) == ("passed", "invalid", "failed")


LAPSED = {
    "expired": cast.signed(endorsement(validUntil=times.written(cast.NOW - timedelta(days=1))), cast.STRANGER),
    "unsigned": endorsement(),
    "by somebody else": cast.signed(endorsement(), cast.SIGNER),
    "about something else": cast.signed(endorsement(about="urn:other"), cast.STRANGER),
    "by a key that is no longer published": cast.signed(
        endorsement(issuer={"id": cast.ISSUER, "type": ["Profile"]}),
        keys.LocalSigner.from_seed(cast.OTHER_SEED, verification_method=f"{cast.ISSUER}#gone"),
    ),
}


@pytest.mark.parametrize("name", LAPSED)
def test_an_endorsement_that_does_not_stand_counts_for_nothing_and_harms_nothing(name: str) -> None:
    report = verified(cast.signed(endorsed(LAPSED[name])))
    assert answer(report) == ("valid", "informational")
    assert report.step("endorsements").reason.startswith("The endorsement “Recognized by the state” in it ")


def test_an_endorsement_whose_status_cannot_be_had_is_reported_as_not_checked() -> None:
    entry = status.StatusEntry(list_url="https://away.example/1", index=1).as_json()
    report = verified(cast.signed(endorsed(cast.signed(endorsement(credentialStatus=entry), cast.STRANGER))))
    assert answer(report) == ("valid", "not_checked")


def test_the_worst_of_several_endorsements_is_what_is_told() -> None:
    good = cast.signed(endorsement(), cast.STRANGER)
    assert answer(verified(cast.signed(endorsed(good, LAPSED["expired"])))) == ("valid", "informational")
    assert answer(verified(cast.signed(endorsed(good, LAPSED["unsigned"], {**good, "name": "x"})))) == (
        "invalid",
        "failed",
    )


def test_endorsements_may_be_tokens() -> None:
    # The pinned context has no word for it, so only a credential that is itself a token may hold one.
    made = replace(cast.CREDENTIAL, subject=building.Subject(id="did:example:ana"))
    document = building.achievement_credential(made)
    token = tokens.signed(endorsement(), signer=cast.STRANGER)
    document["endorsementJwt"] = [token]
    assert answer(verified(tokens.signed(document, signer=cast.SIGNER))) == ("valid", "passed")
    header, payload, signature = token.split(".")
    body = json.loads(keys.from_base64url(payload))
    body["name"] = "Praised by the state"
    altered = keys.base64url(json.dumps(body).encode())
    document["endorsementJwt"] = [f"{header}.{altered}.{signature}"]
    assert answer(verified(tokens.signed(document, signer=cast.SIGNER))) == ("invalid", "failed")
    document["endorsementJwt"] = ["no token"]
    assert answer(verified(tokens.signed(document, signer=cast.SIGNER))) == ("valid", "informational")


@pytest.mark.parametrize("part", PLACES)
def test_an_endorsement_of_the_whole_may_speak_of_what_it_is_made_of(part: str) -> None:
    praise = cast.signed(endorsement(about=PLACES[part]), cast.STRANGER)
    assert answer(verified(cast.signed(endorsed(praise, place="credential")))) == ("valid", "passed")


def test_an_endorsement_of_something_that_is_only_mentioned_counts_for_nothing() -> None:
    elsewhere = "https://other.example/achievements/1"
    praise = cast.signed(endorsement(about=elsewhere), cast.STRANGER)
    document = endorsed(praise)
    document["credentialSubject"]["achievement"]["related"] = [{"id": elsewhere, "type": ["Related"]}]
    assert answer(verified(cast.signed(document))) == ("valid", "informational")


def test_there_is_an_end_to_how_many_endorsements_are_asked() -> None:
    document = endorsed(*[endorsement(id=f"urn:uuid:{number}") for number in range(21)])
    report = verified(cast.signed(document))
    assert answer(report) == ("valid", "not_checked")


def test_an_endorsement_with_a_member_missing_is_a_fault_of_the_badge() -> None:
    broken = cast.signed(endorsement(), cast.STRANGER)
    del broken["credentialSubject"]
    report = verified(cast.signed(endorsed(broken)))
    assert "endorsement[0].credentialSubject is missing" in report.step("format").reason
    assert report.verdict == "invalid"
