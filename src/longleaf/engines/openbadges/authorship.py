"""Who sealed it, and may that key speak for the issuer? The steps `proof` and `issuer` of a verification.

The proof is arithmetic: was anything changed since this key signed it. The issuer is trust: does the issuer that the
credential names publish this key for signing. Follows Open Badges 3.0, section "Verification and Validation".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import issuers, proving, times, tokens
from .circumstances import CANNOT_BE_TOLD, Circumstances
from .errors import CheckFailed, NotCheckable, SealBroken
from .issuers import Proven
from .published_keys import FoundKey
from .reading import Handed
from .report import Outcome, Step

_MOST_PROOFS = 4


@dataclass(frozen=True)
class Finding:
    """How a step went, with what later steps need from it.

    `altered` says that the key was found and the seal does not fit it, which only whoever changed it can have done.
    """

    step: Step
    keys: tuple[FoundKey, ...] = ()
    issuer: str | None = None
    altered: bool = False


def proof(handed: Handed, around: Circumstances) -> Finding:
    """The step `proof`, with the keys whose signatures fit."""
    try:
        found = _token_proof(handed, around) if handed.token else _embedded_proofs(handed.credential, around)
    except CheckFailed as problem:
        return Finding(Step.failed("proof", str(problem)), altered=isinstance(problem, SealBroken))
    except CANNOT_BE_TOLD as problem:
        return Finding(Step.not_checked("proof", f"{problem} Until then, do not rely on it."))
    return Finding(Step.passed("proof", "The seal fits: nothing was changed since it was signed."), tuple(found))


def issuer(handed: Handed, sealed: Finding, around: Circumstances) -> Finding:
    """The step `issuer`, with the identity that was proven; `sealed` is what `proof` found."""
    if sealed.step.outcome is not Outcome.PASSED:
        return Finding(Step.not_checked("issuer", "Not asked, because the seal could not be checked."))
    try:
        proven = _proven(sealed.keys, handed.credential, around)
    except CheckFailed as problem:
        return Finding(Step.failed("issuer", str(problem)))
    except CANNOT_BE_TOLD as problem:
        return Finding(Step.not_checked("issuer", f"{problem} Try again later; until then, do not rely on it."))
    return Finding(Step.passed("issuer", _who(proven)), issuer=proven.identity)


def issuer_named(credential: Mapping[str, Any]) -> str:
    """Who the credential says it is from: a claim, nothing more."""
    found = credential.get("issuer")
    named = found.get("id") if isinstance(found, Mapping) else found
    return named if isinstance(named, str) else ""


def _token_proof(handed: Handed, around: Circumstances) -> list[FoundKey]:
    assert handed.token is not None
    tokens.check_claims(handed.token)
    key = issuers.find_key_of_token(handed.token.header, issuer_named(handed.credential), documents=around.documents)
    tokens.check_signature(handed.token, public_key=key.public_key)
    return [key]


def _embedded_proofs(credential: Mapping[str, Any], around: Circumstances) -> list[FoundKey]:
    """The keys whose proofs are good. One proof that does not fit is enough to fail the credential."""
    proofs = proving.proofs_of(credential)
    if not proofs:
        raise CheckFailed("It carries no proof, so anybody could have written it. Ask the issuer for a signed copy.")
    if len(proofs) > _MOST_PROOFS:
        raise CheckFailed(f"It carries {len(proofs)} proofs, more than any credential needs.")
    good: list[FoundKey] = []
    doubts: list[Exception] = []
    for found in proofs:
        try:
            good.append(_checked(credential, found, around))
        except CANNOT_BE_TOLD as problem:
            doubts.append(problem)
    if not good:
        raise doubts[0]
    return good


def _checked(credential: Mapping[str, Any], found: proving.Proof, around: Circumstances) -> FoundKey:
    if not found.is_known:
        raise NotCheckable(
            f"Its proof is made as {found.suite}, which is not checked here. Ask the issuer which verifier supports it."
        )
    key = issuers.find_key(found.verification_method, documents=around.documents)
    proving.check_proof(credential, found, public_key=key.public_key, now=around.now, contexts=around.contexts)
    return key


def _proven(keys: tuple[FoundKey, ...], credential: Mapping[str, Any], around: Circumstances) -> Proven:
    """The identity that the first key which may speak for the issuer proves; doubts outrank refusals."""
    named = issuer_named(credential)
    problems: list[Exception] = []
    for key in keys:
        try:
            return issuers.proven_issuer(
                key,
                named,
                now=around.now,
                known_by=around.known_by,
                documents=around.documents,
                issued=lambda: around.issued(credential),
            )
        except (CheckFailed, *CANNOT_BE_TOLD) as problem:
            problems.append(problem)
    raise next((found for found in problems if isinstance(found, CANNOT_BE_TOLD)), problems[0])


def _who(proven: Proven) -> str:
    who = proven.identity
    if proven.withdrawn and proven.issued:
        return (
            f"It was signed with a key that is not believed since {times.for_people(proven.withdrawn)}; the journal of"
            f" {who} shows that this very copy was signed on {times.day_for_people(proven.issued)}, before that."
        )
    if who.startswith("did:key:"):
        return (
            f"It was signed by the holder of the key {who}. Such an issuer has no web address:"
            " make sure that you know this key from elsewhere."
        )
    return f"The key it was signed with is one that {who} publishes for signing credentials."
