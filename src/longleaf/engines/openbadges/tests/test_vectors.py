"""The published samples of 1EdTech, the Digital Credentials Consortium and the W3C, each with its due verdict."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from longleaf.engines.openbadges import contexts, keys, proving
from longleaf.engines.openbadges.report import Outcome, Report
from longleaf.engines.openbadges.verifying import verify

from . import cast

pytestmark = pytest.mark.official

ACCEPTED = [
    "1edtech-impl-guide/clr-signed.json",
    "1edtech-impl-guide/ob-signed.json",
    "1edtech-validator/clr-complex_v1.json",
    "1edtech-validator/clr-simple.json",
    "1edtech-validator/endorsement-valid.json",
    "1edtech-validator/simple-context-alias.json",
    "1edtech-validator/simple-context-version.json",
    "1edtech-validator/simple-did-key-method.json",
    "1edtech-validator/simple-did-web-method.json",
    "1edtech-validator/simple-json.png",
    "1edtech-validator/simple-json.svg",
    "1edtech-validator/simple-multiple-proofs.json",
    "1edtech-validator/simple.1ob",
    "1edtech-validator/simple.json",
    "1edtech-validator/simple_v1.json",
    "1edtech-validator/bitstring/testlist",
    "dcc-verifier-core/statuslist.json",
    "dcc-verifier-core/v1NoStatus.json",
    "dcc-verifier-core/v2NoStatus.json",
    "dcc-verifier-core/v2OBv3SpecExample.json",
    "dcc-verifier-core/v2SimpleIssuerId.json",
]
# Each sample with the step that must refuse it.
REFUSED = {
    "1edtech-validator/simple-err-context.json": "format",
    "1edtech-validator/simple-err-credential-subject-achievement-result-description-type.json": "format",
    "1edtech-validator/simple-err-credential-subject-identifier-type.json": "format",
    "1edtech-validator/simple-err-credential-subject-profile-type.json": "format",
    "1edtech-validator/simple-err-credential-subject-result-type.json": "format",
    "1edtech-validator/simple-err-credential-subject-type.json": "format",
    "1edtech-validator/simple-err-evidence-type.json": "format",
    "1edtech-validator/simple-err-expired.json": "validity",
    "1edtech-validator/simple-err-issued.json": "validity",
    "1edtech-validator/simple-err-issuer-otheridentifier-type.json": "format",
    "1edtech-validator/simple-err-issuer-parentorg-type.json": "format",
    "1edtech-validator/simple-err-issuer-type.json": "format",
    "1edtech-validator/simple-err-issuer.json": "format",
    "1edtech-validator/simple-err-proof-method-no-scheme.json": "proof",
    "1edtech-validator/simple-err-proof-method-unknown-did-method.json": "proof",
    "1edtech-validator/simple-err-proof-method-unknown-scheme.json": "proof",
    "1edtech-validator/simple-err-proof-method.json": "proof",
    "1edtech-validator/simple-err-proof-value.json": "proof",
    "1edtech-validator/simple-err-type.json": "format",
    "1edtech-validator/bitstring/credential-status-revoked.json": "status",
    "1edtech-validator/bitstring/credential-status-revoked-blank-nodes.json": "status",
    # It carries no proof at all, whatever its name.
    "1edtech-validator/simple-noproof.json": "proof",
    # These tokens are signed by a key that only they themselves know of.
    "1edtech-validator/simple-jwt.png": "proof",
    "1edtech-validator/simple-jwt.svg": "proof",
    "dcc-verifier-core/v2Expired.json": "validity",
    "dcc-verifier-core/v2ExpiredWithValidStatus.json": "validity",
    "dcc-verifier-core/v2Revoked.json": "status",
}
# Each sample with the step that cannot be told.
UNKNOWN = {
    "1edtech-validator/complete.json": "status",  # 1EdTechRevocationList
    "dcc-verifier-core/safeModeBreaker.json": "proof",  # a term that no context defines
    # Their status list has 100,000 entries, the standard wants 131,072.
    "dcc-verifier-core/v2WithValidStatus.json": "status",
    "dcc-verifier-core/v2EddsaWithValidStatus.json": "status",
    "dcc-verifier-core/v2DoubleSigWithValidStatus.json": "status",
}
SIGNED_BY_W3C = [
    "Ed25519Signature2020-signedEdSig.json",
    "eddsa-jcs-2022-signedJCS.json",
    "eddsa-rdfc-2022-signedDataInt.json",
    "proof-set-chain-signedProofSet2.json",
]


@pytest.fixture
def published(shared: Path) -> cast.Web:
    folder = shared / "vectors/docs"
    index: dict[str, str] = json.loads((folder / "index.json").read_text())
    return cast.Web({url: (folder / path).read_bytes() for url, path in index.items()})


def verified(name: str, shared: Path, published: cast.Web, **options: Any) -> Report:
    material = (shared / "vectors" / name).read_bytes()
    return verify(material, documents=published, now=datetime(2026, 11, 22, tzinfo=UTC), **options)


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_accepts_the_good_samples(name: str, shared: Path, published: cast.Web) -> None:
    report = verified(name, shared, published)
    assert (report.verdict, [step for step in report.steps if step.outcome is Outcome.FAILED]) == ("valid", [])


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_the_bad_samples_at_the_right_step(name: str, shared: Path, published: cast.Web) -> None:
    report = verified(name, shared, published)
    assert (report.verdict, report.step(REFUSED[name]).outcome) == ("invalid", "failed")


@pytest.mark.parametrize("name", UNKNOWN)
def test_it_does_not_pretend_to_know_what_it_cannot_check(name: str, shared: Path, published: cast.Web) -> None:
    report = verified(name, shared, published)
    assert (report.verdict, report.step(UNKNOWN[name]).outcome) == ("unknown", "not_checked")


@pytest.mark.parametrize("name", SIGNED_BY_W3C)
def test_the_w3c_samples_have_a_good_proof_but_no_issuer(name: str, shared: Path, published: cast.Web) -> None:
    examples = json.loads((shared / "schemas/contexts/credentials-examples-v2.json").read_text())
    known = {**contexts.pinned(), "https://www.w3.org/ns/credentials/examples/v2": examples}
    report = verified(f"w3c-vc-di-eddsa/{name}", shared, published, contexts=known)
    assert report.step("proof").outcome == "passed"
    assert (report.step("issuer").outcome, report.verdict) == ("not_checked", "invalid")


def test_it_makes_the_very_signature_of_the_w3c_vector_for_jcs(shared: Path) -> None:
    folder = shared / "vectors/w3c-vc-di-eddsa"
    expected = json.loads((folder / "eddsa-jcs-2022-signedJCS.json").read_text())
    seed = keys.from_multibase(json.loads((folder / "keyPair.json").read_text())["privateKeyMultibase"])[2:]
    assert signed_again(expected, expected["proof"], seed)["proof"] == [expected["proof"]]


def test_it_makes_the_very_signature_of_the_guides_learner_record(shared: Path) -> None:
    vector = json.loads((shared / "vectors/1edtech-impl-guide/clr-vector.json").read_text())
    expected = json.loads((shared / "vectors/1edtech-impl-guide/clr-signed.json").read_text())
    seed = bytes.fromhex(vector["secretKeyHex"])
    assert signed_again(expected, expected["proof"][0], seed) == expected
    assert expected["proof"][0]["proofValue"] == vector["proofValue"]


def signed_again(document: dict[str, Any], proof: dict[str, Any], seed: bytes) -> dict[str, Any]:
    signer = keys.LocalSigner.from_seed(seed, verification_method=proof["verificationMethod"])
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    created = datetime.fromisoformat(proof["created"])
    return proving.add_proof(unsigned, signer=signer, created=created, suite=proof["cryptosuite"])


def test_every_sample_is_spoken_for(shared: Path) -> None:
    folders = ("1edtech-impl-guide", "1edtech-validator", "dcc-verifier-core", "w3c-vc-di-eddsa")
    files = {
        str(path.relative_to(shared / "vectors"))
        for folder in folders
        for path in (shared / "vectors" / folder).rglob("*")
        if path.is_file() and path.suffix != ".txt"
    }
    tables = {*ACCEPTED, *REFUSED, *UNKNOWN, *(f"w3c-vc-di-eddsa/{name}" for name in SIGNED_BY_W3C)}
    no_credentials = {
        "1edtech-impl-guide/clr-vector.json",
        "1edtech-impl-guide/ob-vector.json",
        "w3c-vc-di-eddsa/eddsa-rdfc-2022-proofConfigDataInt.json",
        "w3c-vc-di-eddsa/keyPair.json",
        "w3c-vc-di-eddsa/unsigned.json",
    }
    assert files == tables | no_credentials
