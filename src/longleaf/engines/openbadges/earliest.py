"""Verifying what came before Open Badges 2.0: assertions of Open Badges 0.5, 1.0 and 1.1, hosted or signed.

Such badges are fifteen years old and still in people's hands. A hosted one stands if the web site that it names still
publishes exactly it; a signed one (a JWS) if the key at the address that it names fits. Nothing in these versions ties
a hosted assertion to its issuer but the host, so an issuer on another host is not proven. Follows the Open Badges
assertion specifications 0.5, 1.0 and 1.1 of Mozilla and the Badge Alliance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from . import dates, shapes, times, tokens
from .circumstances import CANNOT_BE_TOLD, Circumstances
from .errors import CheckFailed, DocumentUnavailable, NotCheckable, SealBroken
from .issuers import loads_securely
from .keys import public_key_from_pem
from .older import document_at, same_bytes, withdrawal_told
from .reading import Handed
from .report import STEPS, Outcome, Report, Step

CONTEXT = "https://w3id.org/openbadges/v1"
_CONTEXTS = (CONTEXT, "https://w3id.org/openbadges/v1/")
_FIRST_MOMENT, _LAST_MOMENT = 0, 253402300799
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FRESH = "Ask the issuer for a corrected copy, or for the badge in a newer version."


def is_assertion(credential: Mapping[str, Any]) -> bool:
    """Whether this is an assertion of a version before 2.0. Only 1.1 says so of itself; the others show by shape."""
    return bool(edition_of(credential))


def edition_of(credential: Mapping[str, Any]) -> str:
    """`0.5`, `1.0` or `1.1`; "" for anything else."""
    if "@context" in credential:
        named = credential["@context"]
        contexts = named if isinstance(named, list) else [named]
        is_one = "Assertion" in shapes.types_of(credential) and any(each in _CONTEXTS for each in contexts)
        return "1.1" if is_one else ""
    if "recipient" not in credential or "badge" not in credential or "credentialSubject" in credential:
        return ""
    if isinstance(credential.get("verify"), Mapping):
        return "1.0"
    badge = credential["badge"]
    issuer = badge.get("issuer") if isinstance(badge, Mapping) else None
    return "0.5" if isinstance(issuer, Mapping) and "origin" in issuer else ""


def examined(handed: Handed, around: Circumstances) -> Report:
    """Every step but recognition of an assertion from before Open Badges 2.0."""
    assertion = handed.credential
    form = _format(assertion)
    if form.outcome is Outcome.FAILED:
        return _report(handed, (form,), "Not asked, because it is not written as an Open Badge is.")
    sealed, altered = _proof(handed, around)
    if sealed.outcome is Outcome.FAILED:
        reason = "Not asked, because the seal does not fit and so nothing in it can be relied on."
        return replace(_report(handed, (form, sealed), reason), altered=altered)
    step, issuer = _issuer(handed, around)
    status = _status(handed, sealed, issuer, around)
    steps = (form, sealed, step, status, _validity(assertion, around.now))
    return Report(steps, assertion, handed.carrier, issuer_id(assertion) if issuer else None)


def issuer_id(assertion: Mapping[str, Any], badge: Mapping[str, Any] | None = None) -> str:
    """By what its issuer is known: the address of its description, or in 0.5 its own web site.

    `badge` is the description of the badge, where the assertion only names its address.
    """
    badge = badge or (assertion["badge"] if isinstance(assertion.get("badge"), Mapping) else {})
    issuer = badge.get("issuer", "")
    return str(issuer.get("origin") or issuer.get("url") or "") if isinstance(issuer, Mapping) else str(issuer)


def moment_of(value: Any) -> datetime | None:
    """A moment as these versions write it: a number of seconds, a day, or a date and time with its zone."""
    if isinstance(value, int) and not isinstance(value, bool) and _FIRST_MOMENT <= value <= _LAST_MOMENT:
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str) and value.isdecimal() and len(value) <= len(str(_LAST_MOMENT)):
        return moment_of(int(value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.combine(date.fromisoformat(value), time.min, UTC)
        except ValueError:
            return None
    return times.read(value)


def _report(handed: Handed, steps: tuple[Step, ...], reason: str) -> Report:
    rest = [Step.not_checked(name, reason) for name in STEPS[len(steps) : -1]]
    return Report((*steps, *rest), handed.credential, handed.carrier)


def _format(assertion: Mapping[str, Any]) -> Step:
    edition = edition_of(assertion)
    found = list(_faults(assertion, edition))
    if found:
        return Step.failed("format", f"It is not a proper Open Badges {edition} assertion: {found[0]}. {_FRESH}")
    return Step.passed("format", f"It is a well-formed Open Badges {edition} assertion, a version from before 2.0.")


def _faults(assertion: Mapping[str, Any], edition: str) -> list[str]:
    faults = [f"{name} is no moment" for name in ("issuedOn", "issued_on", "expires") if _is_no_moment(assertion, name)]
    faults += [f"{name} has no place in it" for name in ("issuer", "credentialSubject", "proof") if name in assertion]
    if edition == "0.5":
        return faults + ([] if isinstance(assertion["recipient"], str) else ["recipient is not a text"])
    recipient, verify = assertion.get("recipient"), assertion.get("verify")
    if not (isinstance(recipient, Mapping) and isinstance(recipient.get("identity"), str)):
        faults.append("recipient does not say to whom it was given")
    if not isinstance(assertion.get("badge"), str | Mapping):
        faults.append("badge is neither an address nor a description")
    if not (isinstance(verify, Mapping) and isinstance(verify.get("url"), str)):
        faults.append("verify does not say where it can be verified")
    if "issuedOn" not in assertion:
        faults.append("issuedOn is missing")
    return faults


def _is_no_moment(assertion: Mapping[str, Any], name: str) -> bool:
    return assertion.get(name) not in (None, "") and moment_of(assertion[name]) is None


# --- proof ---------------------------------------------------------------------------------------------------


def _proof(handed: Handed, around: Circumstances) -> tuple[Step, bool]:
    try:
        if _is_signed(handed.credential):
            _check_signature(handed, around)
            return Step.passed("proof", "The seal fits: nothing was changed since it was signed."), False
        return _compared_with_hosted(handed, around), False
    except CheckFailed as problem:
        return Step.failed("proof", str(problem)), isinstance(problem, SealBroken)
    except CANNOT_BE_TOLD as problem:
        return Step.not_checked("proof", f"{problem} Until then, do not rely on it."), False


def _compared_with_hosted(handed: Handed, around: Circumstances) -> Step:
    address = _hosted_at(handed)
    if not address:
        raise NotCheckable("It does not say where it is published. Give its address in place of the file.")
    published = document_at(address, around)
    if published.get("revoked") is True:
        return Step.not_checked("proof", "The issuer's web site no longer publishes it, only that it was withdrawn.")
    if same_bytes(published) != same_bytes(handed.credential):
        raise CheckFailed(f"It does not say what is published at {address}: one of the two was changed.")
    return Step.passed("proof", f"{urlsplit(address).netloc} publishes exactly this.")


def _check_signature(handed: Handed, around: Circumstances) -> None:
    if handed.token is None:
        raise CheckFailed("It says that it was signed, but carries no signature. Ask the issuer for the signed badge.")
    address = handed.credential["verify"]["url"]
    if not loads_securely(address):
        raise NotCheckable(f"Its key is at {address}, which is not secure (https), so nothing there can be trusted.")
    loaded = around.documents.load(address)
    if isinstance(loaded, Mapping):
        raise DocumentUnavailable(address, "it is no public key.")
    tokens.check_signature(handed.token, public_key=public_key_from_pem(loaded.decode("ascii", "replace")))


# --- issuer and status ---------------------------------------------------------------------------------------


def _issuer(handed: Handed, around: Circumstances) -> tuple[Step, Mapping[str, Any] | None]:
    """The step `issuer`, and the issuer's own description where the step passed."""
    assertion = handed.credential
    try:
        badge = badge_of(assertion, around)
        named = issuer_id(assertion, badge)
        if not named:
            raise CheckFailed("The badge that it awards names no issuer. Tell whoever gave it.")
        where = assertion["verify"]["url"] if _is_signed(assertion) else _hosted_at(handed)
        if not where or urlsplit(where).netloc.lower() != urlsplit(named).netloc.lower():
            raise NotCheckable(
                f"It is kept at {urlsplit(where).netloc or 'no known place'} and names an issuer at {named}. Badges of"
                " this version cannot say that the two belong together; ask the issuer whether it gave it."
            )
        issuer = badge["issuer"] if isinstance(badge["issuer"], Mapping) else document_at(badge["issuer"], around)
    except CheckFailed as problem:
        return Step.failed("issuer", str(problem)), None
    except CANNOT_BE_TOLD as problem:
        return Step.not_checked("issuer", f"{problem} Until then, do not rely on it."), None
    return Step.passed("issuer", f"It is kept on the web site of the issuer that it names, {named}."), issuer


def badge_of(assertion: Mapping[str, Any], around: Circumstances) -> Mapping[str, Any]:
    """The description of what was awarded, from inside or from its address. Raises `CheckFailed` without one."""
    badge = assertion["badge"]
    found = badge if isinstance(badge, Mapping) else document_at(badge, around)
    if not isinstance(found.get("issuer"), str | Mapping):
        raise CheckFailed("The badge that it awards names no issuer. Tell whoever gave it.")
    return found


def _status(handed: Handed, sealed: Step, issuer: Mapping[str, Any] | None, around: Circumstances) -> Step:
    try:
        if not _is_signed(handed.credential):
            return _status_where_hosted(handed, sealed, around)
        if issuer is None:
            return Step.not_checked("status", "Not asked, because it is not certain who issued it.")
        if (address := issuer.get("revocationList")) is None:
            return Step.passed("status", "The issuer keeps no list of withdrawn badges, so it stands.")
        reason = document_at(address, around).get(str(handed.credential.get("uid", "")))
    except CANNOT_BE_TOLD as problem:
        return Step.not_checked("status", f"{problem} So it is not known whether it was withdrawn. Try again later.")
    if reason is not None:
        return Step.failed("status", withdrawal_told({"revocationReason": reason}))
    return Step.passed("status", "The issuer's list of withdrawn badges does not name it.")


def _status_where_hosted(handed: Handed, sealed: Step, around: Circumstances) -> Step:
    address = _hosted_at(handed)
    published = document_at(address, around) if address else {}
    if published.get("revoked") is True:
        return Step.failed("status", withdrawal_told(published))
    if sealed.outcome is Outcome.PASSED:
        return Step.passed("status", "It is still published, and nothing there says that it was withdrawn.")
    return Step.not_checked("status", "Not known, because it could not be compared with what is published.")


def _validity(assertion: Mapping[str, Any], now: datetime) -> Step:
    said = {"begins": assertion.get("issuedOn", assertion.get("issued_on")), "ends": assertion.get("expires")}
    read = {name: times.written(moment) for name, value in said.items() if (moment := moment_of(value))}
    return dates.asked(read, now, begins=("begins",), ends=("ends",))


def _is_signed(assertion: Mapping[str, Any]) -> bool:
    verify = assertion.get("verify")
    return isinstance(verify, Mapping) and verify.get("type") == "signed"


def _hosted_at(handed: Handed) -> str:
    """Where a hosted assertion says that it is published; one of 0.5 is only known by where it was found."""
    verify = handed.credential.get("verify")
    return str(verify["url"]) if isinstance(verify, Mapping) else handed.address
