"""Was it withdrawn or suspended? The step `status` of a verification.

Every entry of the credential is asked about, and each list must itself be signed by the issuer and in force. Follows
W3C Bitstring Status List 1.0, section "Validate Algorithm".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import authorship, dates, shapes, status
from .circumstances import CANNOT_BE_TOLD, Circumstances, FoundList
from .errors import CheckFailed, DocumentUnavailable, NotCheckable, OpenBadgesError, UnreadableMaterial
from .reading import Handed, read_material
from .report import Outcome, Step

_MOST_ENTRIES = 4


def asked(credential: Mapping[str, Any], issuer: str | None, around: Circumstances) -> Step:
    """The step `status`. `issuer` is the identity that was proven: only its own lists count."""
    entries = [entry for entry in _as_list(credential.get("credentialStatus")) if entry]
    if not all(isinstance(entry, Mapping) for entry in entries):
        return Step.failed("status", "Its status is not written as a status is. Ask the issuer for a corrected copy.")
    if not entries:
        return Step.passed("status", "The issuer keeps no list of withdrawn credentials for it, so it stands.")
    if len(entries) > _MOST_ENTRIES:
        return Step.failed("status", f"It names {len(entries)} status lists, more than any credential needs.")
    if issuer is None:
        return Step.not_checked("status", "Not asked, because it is not certain who issued it.")
    return _answer(entries, issuer, around)


def _answer(entries: list[Mapping[str, Any]], issuer: str, around: Circumstances) -> Step:
    """What all lists say together: one that speaks against it decides, whatever the others cannot tell."""
    doubts: list[Exception] = []
    for entry in entries:
        try:
            _check_entry(entry, issuer, around)
        except CheckFailed as problem:
            return Step.failed("status", str(problem))
        except CANNOT_BE_TOLD as problem:
            doubts.append(problem)
    if doubts:
        return Step.not_checked(
            "status", f"{doubts[0]} So it is not known whether it was withdrawn. Try again later, or ask the issuer."
        )
    return Step.passed("status", "The issuer's status list says that it was not withdrawn.")


def _check_entry(entry: Mapping[str, Any], issuer: str, around: Circumstances) -> None:
    if status.ENTRY_TYPE not in shapes.types_of(entry):
        kind = ", ".join(shapes.types_of(entry))
        raise NotCheckable(f"Its status is published as {kind}, which is not checked here.")
    purpose = entry.get("statusPurpose")
    if purpose not in status.PURPOSES:
        raise NotCheckable(f"Its status list has the purpose {purpose!r}, which is not understood here.")
    if entry.get("statusSize", 1) != 1:
        raise NotCheckable("Its status is written in more than one bit, which is not understood here.")
    url = entry.get("statusListCredential")
    found = _status_list(url, purpose, issuer, around)
    if status.bit(found.unpacked, status.index_of(entry)):
        said = "withdrew" if purpose == status.REVOCATION else "suspended"
        raise CheckFailed(f"The issuer {said} this credential. Ask the earner or the issuer why.")
    status.refuse_short(found.unpacked)
    if found.named != url:
        # Bitstring Status List 1.0: the id of a list is its address. One that was moved may speak against a credential,
        # never for it: another list of the same issuer is about other credentials.
        raise NotCheckable(f"The status list at {url} is that of {found.named[:200]}.")


def _status_list(url: Any, purpose: str, issuer: str, around: Circumstances) -> FoundList:
    """A status list that is itself signed by the issuer and in force."""
    if not isinstance(url, str):
        raise CheckFailed("It does not say where its status list is. Ask the issuer for a corrected copy.")
    if not url.startswith(("https://", "http://")):
        raise NotCheckable(f"Its status list is at {url}, which is not on the web.")
    place = (url, purpose, issuer)
    if place not in around.lists:
        around.lists[place] = _found_out(url, purpose, issuer, around)
    found = around.lists[place]
    if isinstance(found, OpenBadgesError):
        raise found
    return found


def _found_out(url: str, purpose: str, issuer: str, around: Circumstances) -> FoundList | OpenBadgesError:
    try:
        return _examined_list(url, purpose, issuer, around)
    except (CheckFailed, *CANNOT_BE_TOLD) as problem:
        return problem


def _examined_list(url: str, purpose: str, issuer: str, around: Circumstances) -> FoundList:
    handed = _handed_list(url, around)
    listed = handed.credential
    if not shapes.is_status_list(listed) or shapes.faults(listed):
        raise CheckFailed("What it names as its status list is none. Tell the issuer.")
    sealed = authorship.proof(handed, around)
    _raise_unless_passed(sealed.step, "The issuer's status list cannot be trusted.")
    by_issuer = authorship.issuer(handed, sealed, around)
    _raise_unless_passed(by_issuer.step, "It is not certain who published the status list.")
    if by_issuer.issuer != issuer:
        raise NotCheckable(f"The status list was published by {by_issuer.issuer}, not by the issuer.")
    if dates.asked(listed, around.now).outcome is not Outcome.PASSED:
        raise NotCheckable("The issuer's status list is out of date.")
    return FoundList(_bits(listed["credentialSubject"], purpose), str(listed.get("id", url)))


def _bits(subject: Mapping[str, Any], purpose: str) -> bytes:
    if purpose not in _as_list(subject["statusPurpose"]):
        raise CheckFailed(f"The issuer's status list is not about {purpose}. Tell the issuer.")
    if subject.get("statusSize", 1) != 1:
        raise NotCheckable("The issuer's status list holds more than one bit for each credential.")
    return status.decoded(subject["encodedList"])


def _handed_list(url: str, around: Circumstances) -> Handed:
    loaded = around.documents.load(url)
    try:
        return read_material(loaded)
    except UnreadableMaterial as problem:
        raise DocumentUnavailable(url, str(problem)) from None


def _raise_unless_passed(step: Step, meaning: str) -> None:
    if step.outcome is Outcome.FAILED:
        raise CheckFailed(f"{meaning} {step.reason}")
    if step.outcome is not Outcome.PASSED:
        raise NotCheckable(f"{meaning} {step.reason}")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
