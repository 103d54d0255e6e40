"""Verifying: six questions about a credential, each answered with an outcome and a reason.

`format` can it be read · `proof` was it changed since it was signed · `issuer` is the key the issuer's ·
`status` was it withdrawn · `validity` is it within its dates · `recognition` does the register know the issuer.
Fails closed: whatever was not checked is never shown as valid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import issuers, limits, proving, reading, shapes, status, times, tokens
from .contexts import Contexts, pinned
from .errors import CheckFailed, DocumentUnavailable, NotCheckable, UnreadableMaterial
from .issuers import Documents, FoundKey, Loader
from .reading import Handed
from .report import STEPS, Outcome, Report, Step

# Asked with the proven issuer and the credential; answers with a sentence, or None for "not in the register".
Recognise = Callable[[str, Mapping[str, Any]], str | None]

_MOST_PROOFS = 4
_MOST_STATUS_ENTRIES = 4
_CANNOT_BE_TOLD = (NotCheckable, DocumentUnavailable)


@dataclass(frozen=True)
class _Finding:
    """How a step went, with what later steps need from it."""

    step: Step
    keys: tuple[FoundKey, ...] = ()
    issuer: str | None = None


@dataclass(frozen=True)
class _Circumstances:
    documents: Documents
    now: datetime
    contexts: Contexts


def verify(
    material: bytes | str | Mapping[str, Any],
    *,
    documents: Loader,
    now: datetime,
    recognise: Recognise | None = None,
    contexts: Contexts | None = None,
) -> Report:
    """Everything that can be said about what was handed over, as of `now` (which needs a time zone).

    Takes a file's bytes, a text, or parsed JSON. `documents` gets issuers' documents and status lists;
    `recognise` asks a register. Never raises for what is wrong with the material: the report says it. Follows
    Open Badges 3.0, section "Verification and Validation".
    """
    try:
        handed = _handed(material)
    except UnreadableMaterial as problem:
        return _report_of_unreadable(problem)
    form = _format(handed)
    around = _Circumstances(Documents(documents), now, pinned() if contexts is None else contexts)
    return _examined(handed, form, around, recognise)


def _examined(handed: Handed, form: Step, around: _Circumstances, recognise: Recognise | None) -> Report:
    proof = _proof(handed, around)
    if proof.step.outcome is Outcome.FAILED:
        # What was changed says nothing about dates or status, and its addresses are not followed.
        reason = "Not asked, because the seal does not fit and so nothing in it can be relied on."
        rest = [Step.not_checked(name, reason) for name in STEPS[2:]]
        return Report((form, proof.step, *rest), handed.credential, handed.carrier)
    issuer = _issuer(handed, proof, around)
    steps = (
        form,
        proof.step,
        issuer.step,
        _status(handed, issuer.issuer, around),
        _validity(handed.credential, around.now),
        _recognition(handed.credential, issuer.issuer, recognise),
    )
    return Report(steps, handed.credential, handed.carrier, issuer.issuer)


def _handed(material: bytes | str | Mapping[str, Any]) -> Handed:
    if not isinstance(material, Mapping):
        return reading.read(material)
    if refused := limits.refusal(dict(material)):
        raise UnreadableMaterial(f"It cannot be read safely: {refused}. Ask the issuer for a corrected copy.")
    return Handed("json", material)


def _report_of_unreadable(problem: UnreadableMaterial) -> Report:
    reason = "Not asked, because what was handed over could not be read as a credential."
    return Report((Step.failed("format", str(problem)), *(Step.not_checked(name, reason) for name in STEPS[1:])))


# --- format --------------------------------------------------------------------------------------------------


def _format(handed: Handed) -> Step:
    if shapes.is_record(handed.credential):
        return Step.not_checked(
            "format",
            "This is a Comprehensive Learner Record, which is not checked here yet."
            " Hand over the badges in it one by one.",
        )
    found = shapes.faults(handed.credential)
    if not found and shapes.is_status_list(handed.credential):
        return Step.passed("format", "It is a well-formed status list.")
    if not found:
        return Step.passed("format", "It is a well-formed Open Badges 3.0 credential.")
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Step.failed(
        "format",
        f"It is not a proper Open Badges 3.0 credential: {found[0]}{more}. Ask the issuer for a corrected copy.",
    )


# --- proof ---------------------------------------------------------------------------------------------------


def _proof(handed: Handed, around: _Circumstances) -> _Finding:
    try:
        found = _token_proof(handed, around) if handed.token else _embedded_proofs(handed.credential, around)
    except CheckFailed as problem:
        return _Finding(Step.failed("proof", str(problem)))
    except _CANNOT_BE_TOLD as problem:
        return _Finding(Step.not_checked("proof", f"{problem} Until then, do not rely on it."))
    reason = "The seal fits: nothing was changed since it was signed."
    return _Finding(Step.passed("proof", reason), tuple(found))


def _token_proof(handed: Handed, around: _Circumstances) -> list[FoundKey]:
    assert handed.token is not None
    tokens.check_claims(handed.token)
    key = issuers.find_key_of_token(handed.token.header, _issuer_named(handed.credential), documents=around.documents)
    tokens.check_signature(handed.token, public_key=key.public_key)
    return [key]


def _embedded_proofs(credential: Mapping[str, Any], around: _Circumstances) -> list[FoundKey]:
    """The keys whose proofs are good. One proof that does not fit is enough to fail the credential."""
    proofs = proving.proofs_of(credential)
    if not proofs:
        raise CheckFailed("It carries no proof, so anybody could have written it. Ask the issuer for a signed copy.")
    if len(proofs) > _MOST_PROOFS:
        raise CheckFailed(f"It carries {len(proofs)} proofs, more than any credential needs.")
    good: list[FoundKey] = []
    doubts: list[Exception] = []
    for proof in proofs:
        try:
            good.append(_checked(credential, proof, around))
        except _CANNOT_BE_TOLD as problem:
            doubts.append(problem)
    if not good:
        raise doubts[0]
    return good


def _checked(credential: Mapping[str, Any], proof: proving.Proof, around: _Circumstances) -> FoundKey:
    if not proof.is_known:
        raise NotCheckable(
            f"Its proof is made as {proof.suite}, which is not checked here. Ask the issuer which verifier supports it."
        )
    key = issuers.find_key(proof.verification_method, documents=around.documents)
    proving.check_proof(credential, proof, public_key=key.public_key, now=around.now, contexts=around.contexts)
    return key


# --- issuer --------------------------------------------------------------------------------------------------


def _issuer(handed: Handed, proof: _Finding, around: _Circumstances) -> _Finding:
    if proof.step.outcome is not Outcome.PASSED:
        return _Finding(Step.not_checked("issuer", "Not asked, because the seal could not be checked."))
    try:
        proven = _proven(proof.keys, _issuer_named(handed.credential), around)
    except CheckFailed as problem:
        return _Finding(Step.failed("issuer", str(problem)))
    except _CANNOT_BE_TOLD as problem:
        return _Finding(Step.not_checked("issuer", f"{problem} Try again later; until then, do not rely on it."))
    return _Finding(Step.passed("issuer", _who(handed.credential, proven)), issuer=proven)


def _proven(keys: tuple[FoundKey, ...], issuer: str, around: _Circumstances) -> str:
    """The identity that the first key which may speak for the issuer proves; doubts outrank refusals."""
    problems: list[Exception] = []
    for key in keys:
        try:
            return issuers.proven_issuer(key, issuer, now=around.now, documents=around.documents)
        except (CheckFailed, *_CANNOT_BE_TOLD) as problem:
            problems.append(problem)
    raise next((found for found in problems if isinstance(found, _CANNOT_BE_TOLD)), problems[0])


def _who(credential: Mapping[str, Any], proven: str) -> str:
    if proven.startswith("did:key:"):
        return (
            f"It was signed by the holder of the key {proven}. Such an issuer has no web address:"
            " make sure that you know this key from elsewhere."
        )
    return f"The key it was signed with is one that {proven} publishes for signing credentials."


def _issuer_named(credential: Mapping[str, Any]) -> str:
    issuer = credential.get("issuer")
    named = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    return named if isinstance(named, str) else ""


# --- status --------------------------------------------------------------------------------------------------


def _status(handed: Handed, issuer: str | None, around: _Circumstances) -> Step:
    entries = [entry for entry in _as_list(handed.credential.get("credentialStatus")) if entry]
    if not all(isinstance(entry, Mapping) for entry in entries):
        return Step.failed("status", "Its status is not written as a status is. Ask the issuer for a corrected copy.")
    if not entries:
        return Step.passed("status", "The issuer keeps no list of withdrawn credentials for it, so it stands.")
    if len(entries) > _MOST_STATUS_ENTRIES:
        return Step.failed("status", f"It names {len(entries)} status lists, more than any credential needs.")
    if issuer is None:
        return Step.not_checked("status", "Not asked, because it is not certain who issued it.")
    try:
        for entry in entries:
            _check_entry(entry, issuer, around)
    except CheckFailed as problem:
        return Step.failed("status", str(problem))
    except _CANNOT_BE_TOLD as problem:
        return Step.not_checked(
            "status", f"{problem} So it is not known whether it was withdrawn. Try again later, or ask the issuer."
        )
    return Step.passed("status", "The issuer's status list says that it was not withdrawn.")


def _check_entry(entry: Mapping[str, Any], issuer: str, around: _Circumstances) -> None:
    if status.ENTRY_TYPE not in shapes.types_of(entry):
        kind = ", ".join(shapes.types_of(entry))
        raise NotCheckable(f"Its status is published as {kind}, which is not checked here.")
    purpose = entry.get("statusPurpose")
    if purpose not in (status.REVOCATION, status.SUSPENSION):
        raise NotCheckable(f"Its status list has the purpose {purpose!r}, which is not understood here.")
    unpacked = _status_list(entry.get("statusListCredential"), purpose, issuer, around)
    if status.bit(unpacked, status.index_of(entry)):
        said = "withdrew" if purpose == status.REVOCATION else "suspended"
        raise CheckFailed(f"The issuer {said} this credential. Ask the earner or the issuer why.")
    status.refuse_short(unpacked)


def _status_list(url: Any, purpose: str, issuer: str, around: _Circumstances) -> bytes:
    """The bits of a status list that is itself signed by the issuer and in force."""
    if not isinstance(url, str):
        raise CheckFailed("It does not say where its status list is. Ask the issuer for a corrected copy.")
    if not url.startswith(("https://", "http://")):
        raise NotCheckable(f"Its status list is at {url}, which is not on the web.")
    handed = _handed_list(url, around)
    listed = handed.credential
    if not shapes.is_status_list(listed) or shapes.faults(listed):
        raise CheckFailed("What it names as its status list is none. Tell the issuer.")
    proof = _proof(handed, around)
    _raise_unless_passed(proof.step, "The issuer's status list cannot be trusted.")
    by_issuer = _issuer(handed, proof, around)
    _raise_unless_passed(by_issuer.step, "It is not certain who published the status list.")
    if by_issuer.issuer != issuer:
        raise NotCheckable(f"The status list was published by {by_issuer.issuer}, not by the issuer.")
    if _validity(listed, around.now).outcome is not Outcome.PASSED:
        raise NotCheckable("The issuer's status list is out of date.")
    subject = listed["credentialSubject"]
    if purpose not in _as_list(subject["statusPurpose"]):
        raise CheckFailed(f"The issuer's status list is not about {purpose}. Tell the issuer.")
    if subject.get("statusSize", 1) != 1:
        raise NotCheckable("The issuer's status list holds more than one bit for each credential.")
    return status.decoded(subject["encodedList"])


def _handed_list(url: str, around: _Circumstances) -> Handed:
    loaded = around.documents.load(url)
    try:
        return _handed(loaded)
    except UnreadableMaterial as problem:
        raise DocumentUnavailable(url, str(problem)) from None


def _raise_unless_passed(step: Step, meaning: str) -> None:
    if step.outcome is Outcome.FAILED:
        raise CheckFailed(f"{meaning} {step.reason}")
    if step.outcome is not Outcome.PASSED:
        raise NotCheckable(f"{meaning} {step.reason}")


# --- validity and recognition --------------------------------------------------------------------------------


def _validity(credential: Mapping[str, Any], now: datetime) -> Step:
    begins = [times.read(credential[name]) for name in ("validFrom", "issuanceDate") if name in credential]
    ends = [times.read(credential[name]) for name in ("validUntil", "expirationDate") if name in credential]
    if None in begins or None in ends:
        return Step.failed("validity", "One of its dates cannot be read. Ask the issuer for a corrected copy.")
    begin = max((moment for moment in begins if moment), default=None)
    end = min((moment for moment in ends if moment), default=None)
    if begin and begin > now:
        return Step.failed("validity", f"It is not valid before {times.for_people(begin)}. Come back then.")
    if end and end <= now:
        return Step.failed(
            "validity",
            f"It expired on {times.for_people(end)}. It was good until then; ask the earner about a renewal.",
        )
    until = f"until {times.for_people(end)}" if end else "and does not expire"
    return Step.passed("validity", f"It is valid {until}.")


def _recognition(credential: Mapping[str, Any], issuer: str | None, recognise: Recognise | None) -> Step:
    if recognise is None:
        return Step.not_checked("recognition", "No register of recognized issuers was asked.")
    if issuer is None:
        return Step.not_checked("recognition", "Not asked, because it is not certain who issued it.")
    if answer := recognise(issuer, credential):
        return Step.passed("recognition", answer)
    return Step.informational(
        "recognition",
        "The issuer is not in this register. That says nothing against the credential:"
        " decide whether you know the issuer.",
    )


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
