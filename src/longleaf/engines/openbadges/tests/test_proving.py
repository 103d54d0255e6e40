"""Proofs fit what was signed, and nothing else. The W3C's own vectors say what they must look like."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from longleaf.engines.openbadges import contexts, keys, linked_data, processor, proving
from longleaf.engines.openbadges.errors import CannotBuild, CheckFailed, NotCheckable

from . import cast

KEY = keys.public_key_from_multikey(cast.SIGNER.multikey)


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "vectors/w3c-vc-di-eddsa"


@pytest.fixture
def with_examples(shared: Path) -> Mapping[str, Any]:
    examples = json.loads((shared / "schemas/contexts/credentials-examples-v2.json").read_text())
    return {**contexts.pinned(), "https://www.w3.org/ns/credentials/examples/v2": examples}


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def check(document: Mapping[str, Any], known: Mapping[str, Any] | None = None, key: Any = KEY) -> None:
    proofs = proving.proofs_of(document)
    assert proofs
    for proof in proofs:
        proving.check_proof(document, proof, public_key=key, now=cast.NOW, contexts=known)


@pytest.mark.official
def test_it_makes_the_very_signature_of_the_w3c_vector(vectors: Path, with_examples: Mapping[str, Any]) -> None:
    pair = read(vectors / "keyPair.json")
    seed = keys.from_multibase(pair["privateKeyMultibase"])[2:]
    expected = read(vectors / "eddsa-rdfc-2022-signedDataInt.json")["proof"]
    signer = keys.LocalSigner.from_seed(seed, verification_method=expected["verificationMethod"])
    made = proving.add_proof(
        read(vectors / "unsigned.json"),
        signer=signer,
        created=datetime.fromisoformat(expected["created"]),
        contexts=with_examples,
    )
    assert made["proof"][0]["proofValue"] == expected["proofValue"]
    assert signer.multikey == pair["publicKeyMultibase"]


@pytest.mark.official
def test_the_canonical_text_and_its_hash_are_those_of_the_w3c_vector(
    vectors: Path, with_examples: Mapping[str, Any]
) -> None:
    canonical = linked_data.canonical(read(vectors / "unsigned.json"), contexts=with_examples)
    assert canonical.decode() == (vectors / "eddsa-rdfc-2022-canonDocDataInt.txt").read_text()
    assert hashlib.sha256(canonical).hexdigest() == (vectors / "eddsa-rdfc-2022-docHashDataInt.txt").read_text()


@pytest.mark.official
@pytest.mark.parametrize(
    "name", ["eddsa-rdfc-2022-signedDataInt", "eddsa-jcs-2022-signedJCS", "Ed25519Signature2020-signedEdSig"]
)
def test_it_accepts_the_w3c_vectors_and_refuses_them_when_altered(
    name: str, vectors: Path, with_examples: Mapping[str, Any]
) -> None:
    document = read(vectors / f"{name}.json")
    key = keys.public_key_from_multikey(read(vectors / "keyPair.json")["publicKeyMultibase"])
    check(document, with_examples, key)
    with pytest.raises(CheckFailed, match="The seal does not fit"):
        check({**document, "name": "Another Credential"}, with_examples, key)


@pytest.mark.official
def test_each_proof_of_a_w3c_proof_set_fits_its_own_key(vectors: Path, with_examples: Mapping[str, Any]) -> None:
    document = read(vectors / "proof-set-chain-signedProofSet2.json")
    proofs = proving.proofs_of(document)
    assert len(proofs) == 2
    for proof in proofs:
        key = keys.public_key_from_multikey(proof.verification_method.partition("#")[2])
        proving.check_proof(document, proof, public_key=key, now=cast.NOW, contexts=with_examples)


@pytest.mark.official
def test_the_hashes_and_signature_are_those_of_the_implementation_guide(shared: Path) -> None:
    vector = read(shared / "vectors/1edtech-impl-guide/ob-vector.json")
    canonical = linked_data.canonical(vector["credential"], contexts=contexts.pinned())
    assert hashlib.sha256(canonical).hexdigest() == vector["documentHash"]
    document = {**vector["credential"], "proof": vector["proof"]}
    check(document, key=keys.public_key_from_multikey(vector["publicKeyMultibase"]))


@pytest.mark.official
def test_parts_that_look_alike_are_ordered_as_the_reference_library_orders_them(shared: Path) -> None:
    document = read(shared / "vectors/1edtech-validator/complete.json")
    key = keys.public_key_from_multikey(document["proof"][0]["verificationMethod"].partition("#")[2])
    check(document, key=key)


@pytest.mark.parametrize("suite", [proving.RDFC, proving.JCS])
def test_what_it_signs_it_accepts(suite: str) -> None:
    check(cast.badge(suite=suite))


def test_its_canonical_text_is_that_of_the_reference_library() -> None:
    document = {name: value for name, value in cast.badge().items() if name != "proof"}
    loader = processor.loader_of(contexts.pinned())
    reference = jsonld.normalize(
        document, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    )
    assert linked_data.canonical(document, contexts=contexts.pinned()).decode() == reference


def test_it_refuses_the_proof_of_another_key() -> None:
    with pytest.raises(CheckFailed, match="The seal does not fit"):
        check(cast.badge(signer=cast.STRANGER))


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("proofPurpose", "authentication", "not made to assert"),
        ("proofValue", None, "no signature"),
        ("proofValue", "u1234", "not written in base58"),
        ("proofValue", "z0", "base58 does not know"),
        ("expires", "2026-05-02T00:00:00Z", "stopped being good on May 2, 2026"),
        ("created", "yesterday", "not a moment"),
        ("created", "2026-05-01T09:30:01Z", "The seal does not fit"),
    ],
)
def test_it_refuses_a_proof_with_something_wrong_in_it(member: str, value: Any, sentence: str) -> None:
    badge = cast.badge()
    badge["proof"][0][member] = value
    with pytest.raises(CheckFailed, match=sentence):
        check(badge)


def altered(change: Any) -> dict[str, Any]:
    badge = copy.deepcopy(cast.badge())
    change(badge)
    return badge


HIDING = {
    "an undefined member": lambda badge: badge.update(nickname="Best"),
    "an undefined member deep inside": lambda badge: badge["credentialSubject"]["achievement"].update(xp=9),
    "an undefined type": lambda badge: badge["type"].append("GoldBadge"),
    "a relative id": lambda badge: badge["evidence"][0].update(id="video"),
    "an expiry under its full name": lambda badge: badge.update(
        {"https://www.w3.org/2018/credentials#validUntil": badge.pop("validUntil")}
    ),
    "an expiry moved into a part with the same id": lambda badge: badge["evidence"].append(
        {"id": badge["id"], "type": ["VerifiableCredential", "Evidence"], "validUntil": badge.pop("validUntil")}
    ),
    "a JSON-LD keyword": lambda badge: badge.update({"@included": []}),
    "a text that looks like a keyword": lambda badge: badge.update(image="@nothing"),
    "a part with a made-up blank name": lambda badge: badge["evidence"][0].update(id="_:b0"),
    "words of its own": lambda badge: badge["@context"].append({"until": "urn:until"}),
    "an unknown context": lambda badge: badge["@context"].append("https://evil.example/context"),
    "no context": lambda badge: badge["evidence"][0].update({"@context": None}),
    "a contained credential without a context": lambda badge: badge.update(verifiableCredential=[{"id": "urn:x"}]),
}


@pytest.mark.parametrize("name", HIDING)
def test_it_will_not_say_anything_about_a_document_that_hides_something(name: str) -> None:
    with pytest.raises((NotCheckable, CheckFailed)):
        check(altered(HIDING[name]))


@pytest.mark.parametrize("name", ["an undefined member", "words of its own", "a relative id"])
def test_it_does_not_sign_what_others_cannot_check(name: str) -> None:
    with pytest.raises(CannotBuild, match="cannot be signed so that others can check it"):
        cast.signed(altered(HIDING[name]))


def test_an_expiry_that_is_moved_but_still_signed_is_found_by_its_meaning() -> None:
    # The attack that a signature alone does not see: the same statements, arranged so that nobody reads one.
    document = {name: value for name, value in cast.badge().items() if name != "proof"}
    document["evidence"].append({"id": document["id"], "type": ["Evidence", "VerifiableCredential"]})
    badge = cast.signed(document)
    check(badge)
    badge["evidence"][-1]["validUntil"] = badge.pop("validUntil")
    with pytest.raises(NotCheckable, match="Its validUntil is not where everybody looks for it"):
        check(badge)


def test_tangled_parts_without_names_are_refused_rather_than_ordered_for_ever() -> None:
    leaf = {"type": ["Related"]}
    parts = [{"type": ["Achievement"], "related": [copy.deepcopy(leaf) for _ in range(9)]} for _ in range(2)]
    badge = altered(lambda found: found["credentialSubject"].update(achievement=parts))
    with pytest.raises(NotCheckable, match="alike and without a name"):
        linked_data.canonical(badge, contexts=contexts.pinned())


@pytest.mark.parametrize("spread", [False, True])
def test_a_member_with_hundreds_of_values_is_refused_rather_than_compared_for_ever(spread: bool) -> None:
    achievement = cast.badge()["credentialSubject"]["achievement"]
    tags = [f"tag {number}" for number in range(301)]
    parts = [{**achievement, "tag": [tag]} for tag in tags] if spread else {**achievement, "tag": tags}
    badge = altered(lambda found: found["credentialSubject"].update(achievement=parts))
    with pytest.raises(NotCheckable, match="more than 300 values"):
        linked_data.canonical(badge, contexts=contexts.pinned())


def test_a_second_proof_is_added_after_the_first() -> None:
    twice = cast.signed(cast.badge(), cast.STRANGER)
    assert [proof["verificationMethod"] for proof in twice["proof"]] == [
        cast.SIGNER.verification_method,
        cast.STRANGER.verification_method,
    ]
    proving.check_proof(twice, proving.proofs_of(twice)[0], public_key=KEY, now=cast.NOW)


def test_more_contexts_after_signing_are_allowed_by_jcs_but_not_other_ones() -> None:
    badge = cast.badge(suite=proving.JCS)
    check({**badge, "@context": [*badge["@context"], contexts.EXTENSIONS]})
    with pytest.raises(CheckFailed, match="Its terms are not those that were signed"):
        check({**badge, "@context": badge["@context"][:1]})
