"""What goes along in the learner record: accepted badges as they were signed, and that the state recognizes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from longleaf.awards.keys import signing_keys
from longleaf.awards.sharing import records
from longleaf.awards.verification import verifying
from longleaf.recognition.portability import deciding, verifying_again
from longleaf.recognition.tests.factories import badge
from longleaf.recognition.tests.portability import shapes
from longleaf.recognition.tests.portability.test_deciding import TWO, WHY

pytestmark = pytest.mark.django_db
SCHEMA = (
    Path(__file__).resolve().parents[6] / "shared/schemas/json/clr/v2p0/published/clr_v2p0_clrcredential_schema.json"
)


@pytest.fixture(autouse=True)
def _agency_key(agency: Any) -> None:
    signing_keys.create_key(organisation=agency, acting_person=None)


def accepted(imported: Any, officer: Any) -> Any:
    deciding.accept(imported=imported, counts=TWO, reason=WHY, acting_person=officer)
    imported.refresh_from_db()
    return imported


def members(record: dict[str, Any]) -> list[dict[str, Any]]:
    return record["credentialSubject"]["verifiableCredential"]


def outcomes(record: dict[str, Any]) -> dict[str, str]:
    return {step.step: step.outcome.value for step in verifying.verify_material(record).steps}


def test_an_accepted_badge_stands_in_it_as_signed_with_a_statement_of_its_recognition(
    sent, educator, psu_officer, ruled, version
) -> None:
    own = badge(educator, version)
    imported = accepted(sent(), psu_officer)
    record = records.record_of(educator)
    assert members(record) == [own.credential, imported.credential]
    (statement,) = [each for each in record["endorsement"] if each["name"].startswith("Recognition of Asking")]
    assert statement["credentialSubject"]["id"] == imported.credential["id"]
    assert "Rivertown Schools recognized “Asking Questions" in statement["credentialSubject"]["endorsementComment"]
    assert "as 2 credits for renewal." in statement["credentialSubject"]["endorsementComment"]
    found = outcomes(record)
    assert {found[step] for step in ("format", "proof", "issuer", "validity", "members", "endorsements")} == {"passed"}
    assert records.record_of(educator) == record


def test_of_one_without_a_proof_of_its_own_the_statement_stands_in_its_place(
    sent, educator, psu_officer, ruled
) -> None:
    shape = shapes.credly_like(educator.email)
    old = accepted(sent(shape), psu_officer)
    older = accepted(sent(shapes.mozilla_like(educator.email)), psu_officer)
    record = records.record_of(educator)
    about = [each["credentialSubject"]["id"] for each in members(record)]
    assert (
        about
        == [older.credential_id, old.credential_id]
        == [
            "https://badges.gone.example/f2c20.json",
            shape.address,
        ]
    )
    assert outcomes(record)["members"] == "passed"
    assert "endorsement" not in record


def test_what_was_refused_or_withdrawn_by_its_issuer_does_not_go_along(
    sent, educator, psu_officer, ruled, elsewhere
) -> None:
    from longleaf.awards.errors import NothingEarned
    from longleaf.awards.verification import visiting

    shape = shapes.credly_like(educator.email)
    imported = accepted(sent(shape), psu_officer)
    assert records.record_of(educator)
    elsewhere.documents[shape.address] = {**elsewhere.documents[shape.address], "revoked": True}
    examined = visiting.examine(visitor="t", reader=educator, material=shape.material)
    verifying_again.note_verification(imported=imported, examined=examined, acting_person=None)
    with pytest.raises(NothingEarned):
        records.record_of(educator)


@pytest.mark.official
@pytest.mark.skipif(not SCHEMA.is_file(), reason=f"THE OFFICIAL SCHEMA IS NOT THERE: {SCHEMA}")
def test_the_record_passes_the_official_schema(sent, educator, psu_officer, ruled, version) -> None:
    badge(educator, version)
    accepted(sent(), psu_officer)
    accepted(sent(shapes.mozilla_like(educator.email)), psu_officer)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    faults = [error.message for error in Draft201909Validator(schema).iter_errors(records.record_of(educator))]
    assert faults == []
