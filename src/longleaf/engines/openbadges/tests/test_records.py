"""Learner records: built of signed credentials, valid by the official schema, standing only with all their members."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from longleaf.engines.openbadges import baking, building, clr, keys, status, tokens
from longleaf.engines.openbadges.contexts import CLR, CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.report import Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

FIRST = cast.badge()
OTHER_DID = keys.did_key(cast.STRANGER.public_bytes)
SECOND_CREDENTIAL = replace(
    cast.CREDENTIAL,
    id="https://other.example/awards/2",
    name="Questions that open minds",
    issuer=building.Issuer(id=OTHER_DID, name="Another agency"),
    achievement=building.Achievement(id="urn:questions", name="Questions", description="Asks.", criteria="Read."),
    results=(),
    status=None,
)
SECOND = cast.badge(SECOND_CREDENTIAL, signer=cast.STRANGER)
RECORD = clr.Record(
    id="https://badges.example/records/1",
    name="Everything that Ana demonstrated",
    issuer=cast.PROFILE,
    subject=building.Subject(identities=(building.Identity.of_email("ana@school.example", salt="s4lt"),)),
    credentials=(FIRST, SECOND),
    valid_from=cast.ISSUED,
    awarded=cast.ISSUED,
    description="Two badges – of two issuers.",
    associations=(clr.Association(source="urn:questions", relation=clr.Relation.PRECEDES, target=cast.ACHIEVEMENT.id),),
    partial=True,
    status=status.StatusEntry(list_url=cast.LIST_URL, index=9),
    names_schema=True,
)
LEAST = clr.Record(
    id="urn:uuid:8c1b2c52-9e63-4d0b-8f0b-6f4f1f9a1a11",
    name="A record",
    issuer=cast.PROFILE,
    subject=building.Subject(id="did:example:ana"),
    credentials=(FIRST,),
    valid_from=cast.ISSUED,
)


def record(made: clr.Record = RECORD, **options: Any) -> dict[str, Any]:
    return cast.signed(clr.clr_credential(made), **options)


def verified(material: Any, documents: cast.Web | None = None, **options: Any) -> Report:
    return verify(material, documents=documents or cast.web(), now=options.pop("now", cast.NOW), **options)


def members(report: Report) -> tuple[str, str, str]:
    step = report.step("members")
    return report.verdict, step.outcome, step.reason


# --- building ------------------------------------------------------------------------------------------------


@pytest.mark.official
@pytest.mark.parametrize("made", [RECORD, LEAST], ids=["full", "least"])
def test_it_passes_the_official_schema(made: clr.Record, shared: Path) -> None:
    path = shared / "schemas/json/clr/v2p0/published/clr_v2p0_clrcredential_schema.json"
    official = jsonschema.Draft201909Validator(json.loads(path.read_text()))
    assert [error.message for error in official.iter_errors(record(made))] == []
    broken = record(made)
    del broken["credentialSubject"]["verifiableCredential"]
    assert not official.is_valid(broken)


def test_its_contexts_stand_in_the_order_that_the_standard_wants() -> None:
    assert record()["@context"] == [CREDENTIALS_V2, CLR, OPEN_BADGES, EXTENSIONS]


def test_credentials_are_wrapped_as_they_were_signed() -> None:
    assert record()["credentialSubject"]["verifiableCredential"] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"credentials": ()}, "between one and 200"),
        ({"credentials": (FIRST,) * 201}, "between one and 200"),
        ({"credentials": (building.achievement_credential(cast.CREDENTIAL),)}, "is not signed"),
        ({"credentials": (record(LEAST),), "associations": ()}, "is a record itself"),
        ({"subject": building.Subject()}, "needs an id or an identity"),
        ({"valid_until": cast.ISSUED}, "would expire before it begins"),
        ({"name": ""}, "the record's name"),
        ({"description": "\x00"}, "U[+]0000"),
        (
            {"associations": (clr.Association(source="urn:a", relation=clr.Relation.PRECEDES, target="urn:b"),)},
            "Neither urn:a nor urn:b",
        ),
    ],
)
def test_it_refuses_what_makes_no_record(changes: dict[str, Any], phrase: str) -> None:
    with pytest.raises(CannotBuild, match=phrase):
        clr.clr_credential(replace(RECORD, **changes))


# --- verifying -----------------------------------------------------------------------------------------------


def test_a_record_of_two_issuers_is_valid() -> None:
    report = verified(json.dumps(record()))
    assert members(report) == ("valid", "passed", "There are 2 credentials in it: each was verified on its own.")
    assert report.step("format").reason == "It is a well-formed Comprehensive Learner Record 2.0."
    assert [step.step for step in report.steps] == [
        *("format", "proof", "issuer", "status", "validity", "recognition"),
        "members",
    ]


def test_a_record_travels_as_a_token_and_in_pictures_too() -> None:
    signer = keys.LocalSigner.from_seed(cast.SEED, verification_method=cast.SIGNER.verification_method)
    text = json.dumps(record())
    baked_png = baking.bake_png(cast.png(), text, form=baking.CLR_2)
    assert b"clrcredential\0" in baked_png
    carried = {
        "jwt": tokens.signed(clr.clr_credential(LEAST), signer=signer),
        "png": baked_png,
        "svg": baking.bake_svg(cast.SVG, text, form=baking.CLR_2),
    }
    assert {carrier: verified(each).carrier for carrier, each in carried.items()} == {name: name for name in carried}
    assert {verified(each).verdict for each in carried.values()} == {"valid"}


def with_member(changed: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """A record whose issuer wrapped and signed what is no longer what its own issuer signed."""
    document = clr.clr_credential(replace(RECORD, credentials=(FIRST, changed), associations=()))
    return cast.signed(document, **options)


@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge.update(name="Better"),
        lambda badge: badge["credentialSubject"]["achievement"].update(name="Better"),
        lambda badge: badge["proof"][0].update(created="2026-05-01T09:30:59Z"),
        lambda badge: badge.update(validFrom="2020-01-01T00:00:00Z"),
        lambda badge: badge.update(issuer={"id": cast.ISSUER, "type": ["Profile"]}),
    ],
)
def test_an_altered_member_makes_the_record_invalid_though_its_own_seal_fits(change: Any) -> None:
    altered = copy.deepcopy(SECOND)
    change(altered)
    report = verified(with_member(altered))
    assert (report.step("proof").outcome, *members(report)[:2]) == ("passed", "invalid", "failed")


def test_an_altered_record_is_invalid_whatever_its_members() -> None:
    report = verified({**record(), "name": "Better"})
    assert (report.verdict, report.step("proof").outcome) == ("invalid", "failed")
    assert not any(step.step == "members" for step in report.steps)


def test_a_withdrawn_member_makes_the_record_invalid_and_is_named() -> None:
    web = cast.web(**{cast.LIST_URL: cast.status_list(77)})
    verdict, outcome, reason = members(verified(record(), web))
    assert (verdict, outcome) == ("invalid", "failed")
    assert "“Feedback that moves learners” in the record did not pass. The issuer withdrew" in reason


def test_an_expired_member_makes_the_record_invalid() -> None:
    brief = cast.badge(
        replace(SECOND_CREDENTIAL, valid_until=cast.NOW - timedelta(days=1)),
        signer=cast.STRANGER,
    )
    assert members(verified(with_member(brief)))[:2] == ("invalid", "failed")


def test_a_member_that_cannot_be_checked_leaves_the_record_unknown() -> None:
    away = replace(SECOND_CREDENTIAL, status=status.StatusEntry(list_url="https://away.example/1", index=1))
    verdict, outcome, reason = members(verified(with_member(cast.badge(away, signer=cast.STRANGER))))
    assert (verdict, outcome) == ("unknown", "not_checked")
    assert "away.example" in reason


def test_a_member_of_a_kind_that_nobody_here_knows_leaves_the_record_unknown() -> None:
    stranger = cast.signed(
        {
            "@context": [CREDENTIALS_V2],
            "id": "urn:uuid:0",
            "type": ["VerifiableCredential"],
            "issuer": OTHER_DID,
            "validFrom": "2026-05-01T00:00:00Z",
            "credentialSubject": {"id": "did:example:ana"},
        },
        cast.STRANGER,
    )
    assert members(verified(with_member(stranger)))[:2] == ("unknown", "not_checked")


@pytest.mark.parametrize("wrapped", ["x", 1, None, [[]], {"type": "EnvelopedVerifiableCredential", "id": "data:,x"}])
def test_what_is_no_credential_inside_makes_the_record_not_valid(wrapped: Any) -> None:
    document = clr.clr_credential(LEAST)
    document["credentialSubject"]["verifiableCredential"] = [wrapped]
    signer = keys.LocalSigner.from_seed(cast.SEED, verification_method=cast.SIGNER.verification_method)
    report = verified(tokens.signed(document, signer=signer))
    assert (report.step("proof").outcome, *members(report)[:2]) == ("passed", "invalid", "failed")


def test_a_member_may_be_a_token_in_its_envelope() -> None:
    inner = building.achievement_credential(replace(SECOND_CREDENTIAL, subject=building.Subject(id="did:example:ana")))
    token = tokens.signed(inner, signer=cast.STRANGER)
    document = clr.clr_credential(LEAST)
    envelope = {
        "@context": CREDENTIALS_V2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }
    document["credentialSubject"]["verifiableCredential"] = [envelope]
    assert members(verified(cast.signed(document)))[:2] == ("valid", "passed")
    envelope["id"] = envelope["id"][:-9] + "A" * 9
    assert members(verified(cast.signed(document)))[:2] == ("invalid", "failed")


def test_records_wrapped_too_deep_are_not_followed() -> None:
    document = record(LEAST)
    for depth in range(6):
        outer = clr.clr_credential(replace(LEAST, id=f"urn:uuid:{depth}"))
        outer["credentialSubject"]["verifiableCredential"] = [document]
        document = cast.signed(outer)
    verdict, _, reason = members(verified(document))
    assert verdict == "unknown"
    assert "wrapped too deep" in reason
