"""Endorsements pass both texts of the official schema, are signed and verified, and mean what they say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from longleaf.engines.openbadges import contexts, endorsing, linked_data
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.report import Outcome, Verdict
from longleaf.engines.openbadges.status import StatusEntry
from longleaf.engines.openbadges.verifying import verify

from . import cast

LEAST = endorsing.Endorsement(
    id="https://badges.example/endorsements/1",
    name="Recognition of Feedback that moves learners",
    issuer=cast.PROFILE,
    subject=cast.ACHIEVEMENT.id,
    valid_from=cast.ISSUED,
)
FULL = replace(
    LEAST,
    valid_until=cast.ISSUED.replace(year=2029),
    comment="Recognized **statewide** – from May.\n\n- Only here.",
    description="A decision of the state.",
    status=StatusEntry(list_url=cast.LIST_URL, index=7),
    names_schema=True,
)
SHAPES = {"least": LEAST, "full": FULL}


@pytest.fixture(params=["published", "strict"])
def official(request: pytest.FixtureRequest, shared: Path) -> jsonschema.Draft201909Validator:
    ending = "schema" if request.param == "published" else "strict"
    path = shared / f"schemas/json/ob/v3p0/{request.param}/ob_v3p0_endorsementcredential_{ending}.json"
    return jsonschema.Draft201909Validator(json.loads(path.read_text()))


def signed(endorsement: endorsing.Endorsement) -> dict[str, Any]:
    return cast.signed(endorsing.endorsement_credential(endorsement))


@pytest.mark.official
@pytest.mark.parametrize("name", SHAPES)
def test_it_passes_both_texts_of_the_official_schema(name: str, official: jsonschema.Draft201909Validator) -> None:
    assert [error.message for error in official.iter_errors(signed(SHAPES[name]))] == []


@pytest.mark.official
def test_the_schema_would_notice(official: jsonschema.Draft201909Validator) -> None:
    broken = {**signed(FULL), "credentialSubject": {"id": "urn:x"}}
    assert list(official.iter_errors(broken))


@pytest.mark.parametrize("name", SHAPES)
def test_everything_it_says_is_covered_by_the_signature(name: str) -> None:
    document = endorsing.endorsement_credential(SHAPES[name])
    nquads = linked_data.canonical(document, contexts=contexts.pinned()).decode()
    for said in (
        document["name"],
        document["credentialSubject"]["id"],
        *([FULL.description] if name == "full" else []),
    ):
        assert said in nquads
    assert ("endorsementComment" in nquads) is (name == "full")


def test_it_verifies_and_stops_when_it_is_withdrawn() -> None:
    document = signed(FULL)
    assert verify(document, documents=cast.web(), now=cast.NOW).verdict is Verdict.VALID
    withdrawn = verify(document, documents=cast.web(**{cast.LIST_URL: cast.status_list(7)}), now=cast.NOW)
    assert withdrawn.step("status").outcome is Outcome.FAILED
    late = verify(document, documents=cast.web(), now=cast.NOW.replace(year=2030))
    assert late.step("validity").outcome is Outcome.FAILED


@pytest.mark.parametrize("member", ["name", "validFrom", "validUntil", "description", "credentialSubject"])
def test_a_changed_member_is_found(member: str) -> None:
    document = signed(FULL)
    changed = {"credentialSubject": {**document["credentialSubject"], "id": "https://elsewhere.example/1"}}
    document[member] = changed.get(member, "2027-01-01T00:00:00Z")
    report = verify(document, documents=cast.web(), now=cast.NOW)
    assert report.step("proof").outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": " "},
        {"name": ""},
        {"subject": ""},
        {"valid_until": cast.ISSUED},
        {"comment": "a\x00b"},
        {"valid_from": cast.ISSUED.replace(tzinfo=None)},
    ],
)
def test_what_makes_no_endorsement_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CannotBuild):
        endorsing.endorsement_credential(replace(LEAST, **wrong))
