"""Badges against the schemas that 1EdTech and the W3C publish, the lenient and the strict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator

from longleaf.awards import published
from longleaf.awards.contents import achievements
from longleaf.awards.endorsements import endorsing
from longleaf.awards.keys import signing_keys
from longleaf.awards.models import Award, Endorsement, IssuingKey
from longleaf.awards.tests.conftest import EARNED_AT, MakeAward
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation

SCHEMAS = Path(__file__).resolve().parents[5] / "shared" / "schemas" / "json"
CREDENTIAL = [
    "ob/v3p0/published/ob_v3p0_achievementcredential_schema.json",
    "ob/v3p0/strict/ob_v3p0_achievementcredential_strict.json",
]
PROFILE = ["ob/v3p0/published/ob_v3p0_profile_schema.json", "ob/v3p0/strict/ob_v3p0_profile_strict.json"]

ENDORSEMENT = [
    "ob/v3p0/published/ob_v3p0_endorsementcredential_schema.json",
    "ob/v3p0/strict/ob_v3p0_endorsementcredential_strict.json",
]

pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(not SCHEMAS.is_dir(), reason=f"THE OFFICIAL SCHEMAS ARE NOT THERE: {SCHEMAS}"),
]


def faults(name: str, document: object) -> list[str]:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    kind = Draft202012Validator if "2020-12" in schema.get("$schema", "") else Draft201909Validator
    # Formats are checked by the engine; the schemas themselves are whole and refer to nothing outside.
    return [f"{list(error.absolute_path)}: {error.message}" for error in kind(schema).iter_errors(document)]


@pytest.mark.parametrize("schema", CREDENTIAL)
def test_a_badge_is_valid(award: Award, schema: str) -> None:
    assert faults(schema, award.credential) == []


@pytest.mark.parametrize("schema", CREDENTIAL)
def test_a_badge_with_evidence_is_valid(key: IssuingKey, make_award: MakeAward, schema: str) -> None:
    evidence = [{"name": "Plan", "url": "https://example.org/plan"}, {"narrative": "What changed.", "genre": "essay"}]
    assert faults(schema, make_award(evidence=evidence).credential) == []


def test_a_badge_is_a_verifiable_credential(award: Award) -> None:
    [schema] = sorted((SCHEMAS / "vcdm" / "v2").glob("*.json"))[:1]
    assert faults(str(schema.relative_to(SCHEMAS)), award.credential) == []


@pytest.mark.parametrize("schema", CREDENTIAL)
def test_the_schema_would_notice(award: Award, schema: str) -> None:
    broken: dict[str, Any] = {**(award.credential or {}), "issuer": None}
    assert faults(schema, broken)


@pytest.mark.parametrize("schema", PROFILE)
def test_an_issuer_s_profile_is_valid(issuer: Organisation, schema: str) -> None:
    assert faults(schema, achievements.profile_document(issuer)) == []


@pytest.fixture
def endorsed(agency: Organisation, issuer: Organisation, version: Version) -> list[Endorsement]:
    """What the state says of an issuer and of a version."""
    signing_keys.create_key(organisation=agency, acting_person=None)
    facts: dict[str, Any] = {"endorser": agency, "valid_from": EARNED_AT, "acting_person": None}
    until = EARNED_AT.replace(year=2099)
    return [
        endorsing.endorse(
            occasion="decision:1", name="An issuer", comment="As one.", valid_until=None, organisation=issuer, **facts
        ),
        endorsing.endorse(
            occasion="decision:2", name="A version", comment="As *it*.", valid_until=until, version=version, **facts
        ),
    ]


@pytest.mark.parametrize("schema", ENDORSEMENT)
def test_an_endorsement_is_valid(endorsed: list[Endorsement], schema: str) -> None:
    for each in endorsed:
        assert faults(schema, each.credential) == []


@pytest.mark.parametrize("schema", PROFILE)
def test_an_endorsed_issuer_s_profile_is_valid(endorsed: list[Endorsement], issuer: Organisation, schema: str) -> None:
    document = published.profile_of_issuer(issuer.slug)
    assert document is not None
    assert document["endorsement"] == [endorsed[0].credential]
    assert faults(schema, document) == []


@pytest.mark.parametrize("schema", CREDENTIAL)
def test_an_endorsed_achievement_is_valid(
    endorsed: list[Endorsement], award: Award, version: Version, schema: str
) -> None:
    """The achievement as it is served, in the place of the one that a badge carries: that one never changes."""
    document = published.achievement(version.uuid)
    assert document is not None
    assert document["endorsement"] == [endorsed[1].credential]
    badge = award.credential or {}
    assert "endorsement" not in badge["credentialSubject"]["achievement"]
    served = {name: value for name, value in document.items() if name != "@context"}
    assert faults(schema, {**badge, "credentialSubject": {**badge["credentialSubject"], "achievement": served}}) == []
