"""Proofs: adding them to credentials, and checking them.

Adds and checks Data Integrity proofs `eddsa-rdfc-2022` and `eddsa-jcs-2022`; checks `Ed25519Signature2020`, which
older wallets still write. Follows W3C Verifiable Credential Data Integrity 1.0 and Data Integrity EdDSA
Cryptosuites 1.0. Checking here is arithmetic only: whether the key may speak for the issuer is another question,
which `issuers` answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from . import limits, times
from .contexts import Contexts, pinned
from .errors import CannotBuild, CheckFailed, NotCheckable
from .keys import PublicKey, Signer, from_multibase, multibase
from .linked_data import canonical

RDFC = "eddsa-rdfc-2022"
JCS = "eddsa-jcs-2022"
ED25519_2020 = "Ed25519Signature2020"


@dataclass(frozen=True)
class Proof:
    """One proof of a credential, taken apart. `suite` is the name of the way it was made."""

    members: Mapping[str, Any]
    suite: str
    verification_method: str

    @property
    def is_known(self) -> bool:
        return self.suite in (RDFC, JCS, ED25519_2020) and "previousProof" not in self.members


def add_proof(
    document: Mapping[str, Any],
    *,
    signer: Signer,
    created: datetime,
    suite: str = RDFC,
    contexts: Contexts | None = None,
) -> dict[str, Any]:
    """The document with a proof by `signer`, made at `created`, after the proofs it already has.

    Raises `CannotBuild` when the document holds what verifiers would read differently or not at all.
    """
    proof, digest = prepared(
        document, verification_method=signer.verification_method, created=created, suite=suite, contexts=contexts
    )
    proof["proofValue"] = multibase(signer.sign(digest))
    return {**document, "proof": [*_as_list(document.get("proof", [])), proof]}


def prepared(
    document: Mapping[str, Any],
    *,
    verification_method: str,
    created: datetime,
    suite: str = RDFC,
    contexts: Contexts | None = None,
) -> tuple[dict[str, Any], bytes]:
    """A proof without its value, and the bytes to sign for it. Raises as `add_proof`."""
    if suite not in (RDFC, JCS):
        raise CannotBuild(f"Proofs are made as {RDFC} or {JCS}, not as {suite!r}.")
    if refused := limits.refusal(document):
        raise CannotBuild(f"The credential cannot be signed: {refused}.")
    proof = _new_proof(document, verification_method, created, suite)
    try:
        digest = _digest(_unsecured(document), proof, suite, pinned() if contexts is None else contexts)
    except NotCheckable as problem:
        raise CannotBuild(f"The credential cannot be signed so that others can check it. {problem}") from None
    return proof, digest


def proofs_of(document: Mapping[str, Any]) -> list[Proof]:
    """Every embedded proof of a credential, known or not. Raises `CheckFailed` if one is no proof at all."""
    return [_taken_apart(found) for found in _as_list(document.get("proof", []))]


def check_proof(
    document: Mapping[str, Any],
    proof: Proof,
    *,
    public_key: PublicKey,
    now: datetime,
    contexts: Contexts | None = None,
) -> None:
    """Return quietly if `proof` is `public_key`'s proof of `document`.

    Raises `CheckFailed` if it is not, `NotCheckable` if that cannot be told.
    """
    members = proof.members
    if members.get("proofPurpose") != "assertionMethod":
        raise CheckFailed("The proof was not made to assert a credential. Ask the issuer for a fresh copy.")
    _refuse_expired(members, now)
    if not isinstance(value := members.get("proofValue"), str):
        raise CheckFailed("The proof has no signature in it. Ask the issuer for a fresh copy.")
    signature = from_multibase(value)
    known = pinned() if contexts is None else contexts
    secured, options = _secured_and_options(document, proof)
    public_key.check_ed25519(signature, _digest(secured, options, proof.suite, known))


def _new_proof(document: Mapping[str, Any], verification_method: str, created: datetime, suite: str) -> dict[str, Any]:
    proof = {
        "type": "DataIntegrityProof",
        "created": times.written(created),
        "verificationMethod": verification_method,
        "cryptosuite": suite,
        "proofPurpose": "assertionMethod",
    }
    return {"@context": document["@context"], **proof} if suite == JCS else proof


def _taken_apart(found: Any) -> Proof:
    if not isinstance(found, Mapping):
        raise CheckFailed("Its proof is not written as proofs are. Ask the issuer for a fresh copy.")
    kind, method = found.get("type"), found.get("verificationMethod")
    if isinstance(method, Mapping):
        # A key may be written out inside the proof, but only its name tells who vouches for it.
        method = method.get("id")
    suite = found.get("cryptosuite") if kind == "DataIntegrityProof" else kind
    return Proof(found, str(suite), method if isinstance(method, str) else "")


def _refuse_expired(members: Mapping[str, Any], now: datetime) -> None:
    for name in ("created", "expires"):
        if name in members and times.read(members[name]) is None:
            raise CheckFailed(f"The proof's `{name}` is not a moment with a time zone.")
    if (expires := times.read(members.get("expires"))) and expires <= now:
        raise CheckFailed(
            f"The proof stopped being good on {times.for_people(expires)}. Ask the issuer for a fresh copy."
        )


def _secured_and_options(document: Mapping[str, Any], proof: Proof) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    secured = _unsecured(document)
    options = {name: value for name, value in proof.members.items() if name != "proofValue"}
    if proof.suite == JCS and "@context" in options:
        # More contexts may have been added after signing; the ones signed must still come first.
        signed = _as_list(options["@context"])
        if _as_list(document.get("@context", []))[: len(signed)] != signed:
            raise CheckFailed("Its terms are not those that were signed. Ask the issuer for a fresh copy.")
        return {**secured, "@context": options["@context"]}, options
    if proof.suite != JCS:
        options.pop("@context", None)
    return secured, options


def _digest(document: Mapping[str, Any], options: Mapping[str, Any], suite: str, contexts: Contexts) -> bytes:
    if suite == JCS:
        return _sha256(_jcs(options)) + _sha256(_jcs(document))
    in_terms = {"@context": document.get("@context", []), **options}
    return _sha256(canonical(in_terms, contexts=contexts)) + _sha256(canonical(document, contexts=contexts))


def _jcs(value: Mapping[str, Any]) -> bytes:
    try:
        return rfc8785.dumps(dict(value))
    except (rfc8785.CanonicalizationError, ValueError) as problem:
        raise NotCheckable(f"It cannot be written in canonical JSON ({problem}).") from None


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _unsecured(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
