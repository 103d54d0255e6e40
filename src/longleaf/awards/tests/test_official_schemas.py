"""Badges against the schemas that 1EdTech and the W3C publish, the lenient and the strict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator

from longleaf.awards import achievements
from longleaf.awards.models import Award, IssuingKey
from longleaf.awards.tests.conftest import MakeAward
from longleaf.directory.models import Organisation

SCHEMAS = Path(__file__).resolve().parents[5] / "shared" / "schemas" / "json"
CREDENTIAL = [
    "ob/v3p0/published/ob_v3p0_achievementcredential_schema.json",
    "ob/v3p0/strict/ob_v3p0_achievementcredential_strict.json",
]
PROFILE = ["ob/v3p0/published/ob_v3p0_profile_schema.json", "ob/v3p0/strict/ob_v3p0_profile_strict.json"]

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
