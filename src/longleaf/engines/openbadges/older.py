"""Verifying Open Badges 2.0, which some systems still issue: hosted assertions and signed ones.

A hosted assertion carries no signature. It stands if the issuer's own web site publishes exactly what was handed over;
a signed one (a JWS) stands if the key is one that the issuer's profile names. Either way the profile is fetched, and
never believed from inside the badge. Follows Open Badges 2.0, section "Verification".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import rfc8785

from . import dates, shapes, tokens
from .circumstances import CANNOT_BE_TOLD, Circumstances
from .errors import CheckFailed, NotCheckable, OpenBadgesError, SealBroken
from .issuers import is_on_the_web, loads_securely
from .keys import PublicKey, public_key_from_pem
from .reading import Handed
from .report import ENDORSEMENTS, STEPS, Outcome, Report, Step

CONTEXT = "https://w3id.org/openbadges/v2"
_CONTEXTS = (CONTEXT, "https://openbadgespec.org/v2/context.json")
_HOSTED = ("HostedBadge", "hosted")
_SIGNED = ("SignedBadge", "signed")
_MOST_KEYS = 5
_OF_NEWER_ONES = ("issuer", "credentialSubject", "proof")


def is_assertion(credential: Mapping[str, Any]) -> bool:
    """Whether this is an Open Badges 2.0 assertion, and not a newer credential that also calls itself one."""
    types, contexts = shapes.types_of(credential), _as_list(credential.get("@context", []))
    is_newer = "VerifiableCredential" in types
    return "Assertion" in types and not is_newer and any(context in _CONTEXTS for context in contexts)


def examined(handed: Handed, around: Circumstances) -> Report:
    """Every step but recognition of an Open Badges 2.0 assertion."""
    assertion = handed.credential
    if assertion.get("revoked") is True:
        return _report_of_withdrawn(handed)
    form = _format(assertion)
    if form.outcome is Outcome.FAILED:
        return _report(handed, (form,), "Not asked, because it is not written as an Open Badge is.")
    sealed, altered = _proof(handed, around)
    if sealed.outcome is Outcome.FAILED:
        reason = "Not asked, because the seal does not fit and so nothing in it can be relied on."
        return replace(_report(handed, (form, sealed), reason), altered=altered)
    step, issuer = _issuer(assertion, around)
    status = _status(assertion, issuer, around)
    validity = dates.asked(assertion, around.now, begins=("issuedOn",), ends=("expires",))
    steps = [form, sealed, step, status, validity]
    if "endorsement" in assertion:
        steps.append(Step.not_checked(ENDORSEMENTS, "Endorsements of Open Badges 2.0 are not checked here."))
    return Report(tuple(steps), assertion, handed.carrier, str(issuer["id"]) if issuer else None)


def _report(handed: Handed, steps: tuple[Step, ...], reason: str) -> Report:
    rest = [Step.not_checked(name, reason) for name in STEPS[len(steps) : -1]]
    return Report((*steps, *rest), handed.credential, handed.carrier)


def _report_of_withdrawn(handed: Handed) -> Report:
    """On what an issuer serves in place of an assertion that it withdrew: little is left of it, and that is enough."""
    form = Step.passed("format", "It is an Open Badges 2.0 assertion that says of itself that it was withdrawn.")
    reason = "Not asked, because it says of itself that it was withdrawn."
    steps = {name: Step.not_checked(name, reason) for name in STEPS[:-1]}
    steps |= {"format": form, "status": Step.failed("status", withdrawal_told(handed.credential))}
    return Report(tuple(steps.values()), handed.credential, handed.carrier)


def _format(assertion: Mapping[str, Any]) -> Step:
    found = shapes.faults_of_part(assertion, "assertion")
    # Who looks at these members sees an issuer and an achievement that nothing here would have asked about.
    found += [f"{name} has no place in it" for name in _OF_NEWER_ONES if name in assertion]
    if found:
        reason = f"It is not a proper Open Badges 2.0 assertion: {found[0]}. Ask the issuer for a corrected copy."
        return Step.failed("format", reason)
    return Step.passed("format", "It is a well-formed Open Badges 2.0 assertion.")


# --- proof ---------------------------------------------------------------------------------------------------


def _proof(handed: Handed, around: Circumstances) -> tuple[Step, bool]:
    """The step `proof`, and whether it failed because something was altered."""
    try:
        if _way(handed.credential) in _SIGNED:
            _check_signature(handed, around)
            return Step.passed("proof", "The seal fits: nothing was changed since it was signed."), False
        return _compared_with_hosted(handed.credential, around), False
    except CheckFailed as problem:
        return Step.failed("proof", str(problem)), isinstance(problem, SealBroken)
    except CANNOT_BE_TOLD as problem:
        return Step.not_checked("proof", f"{problem} Until then, do not rely on it."), False


def _compared_with_hosted(assertion: Mapping[str, Any], around: Circumstances) -> Step:
    published = document_at(assertion["id"], around)
    if published.get("revoked") is True:
        # All that is left of a withdrawn assertion may be its id and that it was withdrawn.
        return Step.not_checked("proof", "The issuer's web site no longer publishes it, only that it was withdrawn.")
    if same_bytes(published) != same_bytes(assertion):
        raise CheckFailed(
            f"It does not say what the issuer publishes at {assertion['id']}: one of the two was changed."
            " Rely on what is published there only."
        )
    return Step.passed("proof", "The issuer's web site publishes exactly this.")


def _check_signature(handed: Handed, around: Circumstances) -> None:
    if handed.token is None:
        raise CheckFailed("It says that it was signed, but carries no signature. Ask the issuer for the signed badge.")
    if "exp" in handed.token.claims:
        # Only `expires` is asked about, and the claims of a token are no part of the assertion.
        raise CheckFailed("It expires as a token but not as a badge. Ask the issuer for a fresh copy.")
    problems: list[OpenBadgesError] = []
    for key in _keys_of(handed.credential, around):
        try:
            return tokens.check_signature(handed.token, public_key=key)
        except (CheckFailed, NotCheckable) as problem:
            problems.append(problem)
    raise problems[0]


def _keys_of(assertion: Mapping[str, Any], around: Circumstances) -> list[PublicKey]:
    """The key that the assertion names, or those of its issuer. Raises `CheckFailed` where the issuer names none."""
    issuer = _profile(assertion, around)
    listed = _as_list(issuer.get("publicKey", []))
    creator = assertion["verification"].get("creator")
    if creator is not None:
        listed = [key for key in listed if creator == (key.get("id") if isinstance(key, Mapping) else key)]
    if not listed or len(listed) > _MOST_KEYS:
        raise CheckFailed(
            f"The key it was signed with is not one that {issuer['id']} publishes. Ask the issuer whether it signed it."
        )
    return [_public_key(key, issuer, around) for key in listed]


def _public_key(key: Any, issuer: Mapping[str, Any], around: Circumstances) -> PublicKey:
    document = key if isinstance(key, Mapping) else document_at(key, around)
    if document.get("owner", issuer["id"]) != issuer["id"]:
        raise CheckFailed(f"The key it was signed with belongs to {document['owner']}, not to its issuer.")
    if "revoked" in document:
        raise CheckFailed("The issuer withdrew the key it was signed with. Ask the issuer for a fresh copy.")
    return public_key_from_pem(document.get("publicKeyPem"))


# --- issuer --------------------------------------------------------------------------------------------------


def _issuer(assertion: Mapping[str, Any], around: Circumstances) -> tuple[Step, Mapping[str, Any] | None]:
    """The step `issuer`, and the issuer's profile where it passed."""
    try:
        issuer = _profile(assertion, around)
        if _way(assertion) in _HOSTED:
            _refuse_out_of_scope(assertion["id"], issuer)
    except CheckFailed as problem:
        return Step.failed("issuer", str(problem)), None
    except CANNOT_BE_TOLD as problem:
        return Step.not_checked("issuer", f"{problem} Try again later; until then, do not rely on it."), None
    how = "publishes it on its own web site" if _way(assertion) in _HOSTED else "publishes the key it was signed with"
    return Step.passed("issuer", f"{issuer['id']} {how}."), issuer


def _profile(assertion: Mapping[str, Any], around: Circumstances) -> Mapping[str, Any]:
    """The issuer's profile from the issuer's own address."""
    badge = assertion["badge"]
    if not isinstance(badge, Mapping):
        badge = _about_itself(document_at(badge, around), badge)
    if found := shapes.faults_of_part(badge, "badge class"):
        raise CheckFailed(f"The badge that it awards is not properly described: {found[0]}. Tell the issuer.")
    named = badge["issuer"]["id"] if isinstance(badge["issuer"], Mapping) else badge["issuer"]
    profile = _about_itself(document_at(named, around), named)
    if found := shapes.faults_of_part(profile, "older issuer"):
        raise CheckFailed(f"Its issuer is not properly described: {found[0]}. Tell the issuer.")
    return profile


def _refuse_out_of_scope(address: str, issuer: Mapping[str, Any]) -> None:
    """A hosted assertion counts only from where its issuer says that it hosts; that is its own host if it says nothing.

    Otherwise anybody could host an assertion in the issuer's name.
    """
    policy = issuer.get("verification")
    policy = policy if isinstance(policy, Mapping) else {}
    starts, origins = policy.get("startsWith"), policy.get("allowedOrigins")
    own = [urlsplit(str(issuer["id"])).netloc]
    if starts is not None and not any(_is_below(address, start) for start in _as_list(starts)):
        raise CheckFailed(f"It is at {address}, which is not where {issuer['id']} says that its badges are.")
    allowed = own if origins is None and starts is None else _as_list(origins) if origins is not None else None
    if allowed is not None and urlsplit(address).netloc not in allowed:
        raise CheckFailed(f"It is at {address}, which is not a host that {issuer['id']} says its badges are on.")


def _is_below(address: str, start: Any) -> bool:
    if not (isinstance(start, str) and address.startswith(start) and is_on_the_web(start)):
        return False
    # A beginning without its slash would fit the host of somebody else, and `..` would climb out of the folder.
    return urlsplit(address)[:2] == urlsplit(start)[:2] and not {"..", "."} & set(urlsplit(address).path.split("/"))


# --- status --------------------------------------------------------------------------------------------------


def _status(assertion: Mapping[str, Any], issuer: Mapping[str, Any] | None, around: Circumstances) -> Step:
    try:
        if said := _withdrawn_where_hosted(assertion, around):
            return Step.failed("status", said)
        if issuer is None:
            return Step.not_checked("status", "Not asked, because it is not certain who issued it.")
        if said := _withdrawn_by_list(assertion, issuer, around):
            return Step.failed("status", said)
    except CheckFailed as problem:
        return Step.failed("status", str(problem))
    except CANNOT_BE_TOLD as problem:
        return Step.not_checked("status", f"{problem} So it is not known whether it was withdrawn. Try again later.")
    if "revocationList" in issuer:
        return Step.passed("status", "The issuer's revocation list does not name it.")
    return Step.passed("status", "The issuer keeps no list of withdrawn badges, so it stands.")


def _withdrawn_where_hosted(assertion: Mapping[str, Any], around: Circumstances) -> str:
    published = {} if _way(assertion) in _SIGNED else document_at(assertion["id"], around)
    return withdrawal_told(published) if published.get("revoked") is True else ""


def _withdrawn_by_list(assertion: Mapping[str, Any], issuer: Mapping[str, Any], around: Circumstances) -> str:
    if (address := issuer.get("revocationList")) is None:
        return ""
    listed = document_at(address, around)
    if found := shapes.faults_of_part(listed, "revocation list"):
        raise CheckFailed(f"What the issuer names as its revocation list is none: {found[0]}. Tell the issuer.")
    by = listed["issuer"].get("id") if isinstance(listed["issuer"], Mapping) else listed["issuer"]
    if by != issuer["id"]:
        raise CheckFailed(f"The revocation list is that of {by}, not of the issuer. Tell the issuer.")
    own = [name for name in (assertion["id"], assertion.get("uid")) if isinstance(name, str) and name]
    for entry in _as_list(listed.get("revokedAssertions", [])):
        entry = entry if isinstance(entry, Mapping) else {"id": entry}
        if entry.get("id") in own or entry.get("uid") in own:
            return withdrawal_told(entry)
    return ""


def withdrawal_told(said: Mapping[str, Any]) -> str:
    """That the issuer withdrew it, with the reason that it gives."""
    reason = said.get("revocationReason")
    because = f" The issuer's reason: {reason[:300]}" if isinstance(reason, str) and reason else ""
    return f"The issuer withdrew this credential. Ask the earner or the issuer why.{because}"


# --- documents -----------------------------------------------------------------------------------------------


def document_at(address: Any, around: Circumstances) -> Mapping[str, Any]:
    """What is published at an address. Raises `NotCheckable` where it is no secure one, or `DocumentUnavailable`."""
    if not (isinstance(address, str) and is_on_the_web(address)):
        raise NotCheckable(f"It names {str(address)[:200]!r}, which is not on the web.")
    if not loads_securely(address):
        raise NotCheckable(f"It names {address}, which is not secure (https), so nothing there can be trusted.")
    return around.documents.read(address)


def _about_itself(document: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    if document.get("id") != address:
        raise CheckFailed(f"The document at {address} is about {document.get('id')!r}. Tell the issuer.")
    return document


def _way(assertion: Mapping[str, Any]) -> str:
    kinds = [name for name in shapes.types_of(assertion["verification"]) if name in (*_HOSTED, *_SIGNED)]
    # An issuer may name a way of its own; what is not said to be signed is compared with what is hosted.
    return kinds[0] if kinds else _HOSTED[0]


def same_bytes(document: Mapping[str, Any]) -> bytes:
    """A document as it is compared. Raises `NotCheckable`."""
    try:
        return rfc8785.dumps(dict(document))
    except (rfc8785.CanonicalizationError, ValueError):
        raise NotCheckable("It cannot be compared with what the issuer publishes.") from None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
