"""Credentials inside a credential: the members of a learner record, and the endorsements of anything.

Each is a credential of its own, with its own issuer, proof, status and dates, and is asked all the same questions.
A record stands only if all its members do (the step `members`). An endorsement is somebody else's word: when it has
lapsed or cannot be checked, that is said and counts for nothing (the step `endorsements`), and the credential stands
without it; but whoever wraps an altered one is not to be believed. Follows Comprehensive Learner Record 2.0 and Open
Badges 3.0, section "Verification and Validation".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from . import reading, shapes
from .errors import UnreadableMaterial
from .reading import Handed
from .report import ENDORSEMENTS, MEMBERS, Outcome, Report, Step, Verdict

# Asked with a credential from inside; answers with the report on it.
Examine = Callable[[Handed], Report]

MOST_MEMBERS = 200
_MOST_ENDORSEMENTS = 20
_MOST_ENDORSEMENTS_OF_A_RECORD = MOST_MEMBERS
_ENVELOPE = "data:application/vc+jwt,"


def members_of(credential: Mapping[str, Any]) -> list[Any]:
    """What a learner record wraps, as it stands there."""
    subject = credential.get("credentialSubject")
    return _as_list(subject.get("verifiableCredential", [])) if isinstance(subject, Mapping) else []


def members(credential: Mapping[str, Any], examine: Examine) -> Step:
    """The step `members` of a learner record: every one is examined; one that is not valid is not valid in it."""
    wrapped = members_of(credential)
    if not wrapped:
        return Step.failed(MEMBERS, "The record wraps no credential. Ask the issuer for a corrected copy.")
    if len(wrapped) > MOST_MEMBERS:
        return Step.not_checked(MEMBERS, f"The record wraps more than {MOST_MEMBERS} credentials, too many to check.")
    doubt = ""
    for member in wrapped:
        outcome, reason = _examined_member(member, examine)
        if outcome is Verdict.INVALID:
            return Step.failed(MEMBERS, reason)
        doubt = doubt or ("" if outcome is Verdict.VALID else reason)
    if doubt:
        return Step.not_checked(MEMBERS, doubt)
    return Step.passed(MEMBERS, f"{_counted(len(wrapped), 'credential')} in it: each was verified on its own.")


def endorsements(credential: Mapping[str, Any], examine: Examine) -> Step | None:
    """The step `endorsements`, or None where nothing endorses anything."""
    found = list(_endorsements_in(credential, _ids_of_the_whole(credential)))
    if not found:
        return None
    most = _MOST_ENDORSEMENTS_OF_A_RECORD if shapes.is_record(credential) else _MOST_ENDORSEMENTS
    if len(found) > most:
        return Step.not_checked(ENDORSEMENTS, f"It wraps more than {most} endorsements: none was asked.")
    steps = [_endorsement_step(each, about, examine) for each, about in found]
    for outcome in (Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.INFORMATIONAL):
        if worst := next((step for step in steps if step.outcome is outcome), None):
            return worst
    return Step.passed(ENDORSEMENTS, f"{_counted(len(found), 'endorsement')} in it: each was verified on its own.")


def nothing_deeper(handed: Handed) -> Report:
    """Stands in for an examination where credentials are wrapped too deep: the answer is that none was made."""
    reason = "It is wrapped too deep inside others to be followed."
    return Report((Step.not_checked("format", reason),), handed.credential, handed.carrier)


def _examined_member(member: Any, examine: Examine) -> tuple[Verdict, str]:
    try:
        handed = _unwrapped(member)
    except UnreadableMaterial as problem:
        return Verdict.INVALID, f"A credential in the record cannot be read. {problem}"
    called = _called(handed.credential)
    if not shapes.is_known_kind(handed.credential):
        return Verdict.UNKNOWN, f"{called} in the record is of a kind that is not checked here."
    report = examine(handed)
    return report.verdict, f"{called} in the record did not pass. {_decisive_reason(report)}"


def _endorsement_step(wrapped: Any, about: list[str], examine: Examine) -> Step:
    try:
        handed = _unwrapped(wrapped)
    except UnreadableMaterial as problem:
        return Step.informational(
            ENDORSEMENTS, f"An endorsement in it cannot be read and counts for nothing. {problem}"
        )
    report = examine(handed)
    called = _called(handed.credential)
    if report.altered:
        return Step.failed(ENDORSEMENTS, f"{called} in it was altered. {_decisive_reason(report)}")
    if report.verdict is Verdict.UNKNOWN:
        reason = f"{called} in it could not be checked and counts for nothing. {_decisive_reason(report)}"
        return Step.not_checked(ENDORSEMENTS, reason)
    if report.verdict is Verdict.INVALID:
        reason = f"{called} in it does not stand and counts for nothing. {_decisive_reason(report)}"
        return Step.informational(ENDORSEMENTS, reason)
    subject = handed.credential.get("credentialSubject")
    if not (isinstance(subject, Mapping) and subject.get("id") in about):
        return Step.informational(ENDORSEMENTS, f"{called} in it is about something else, so it counts for nothing.")
    return Step.passed(ENDORSEMENTS, "")


def _unwrapped(found: Any) -> Handed:
    """A wrapped credential as if it had been handed over. Raises `UnreadableMaterial`."""
    found = token_in(found)
    if found == "":
        raise UnreadableMaterial("Its envelope holds no token.")
    if not isinstance(found, Mapping | str):
        raise UnreadableMaterial("It is no credential.")
    return reading.read_material(found)


def token_in(wrapped: Any) -> Any:
    """The token that an envelope holds, "" where it holds none; what stands in no envelope as it is."""
    if isinstance(wrapped, Mapping) and shapes.types_of(wrapped) == ["EnvelopedVerifiableCredential"]:
        address = wrapped.get("id")
        held = isinstance(address, str) and address.startswith(_ENVELOPE)
        return str(address).removeprefix(_ENVELOPE) if held else ""
    return wrapped


def _endorsements_in(value: Any, about: list[str]) -> Iterator[tuple[Any, list[str]]]:
    """Every endorsement with the ids that it may speak of: those of what carries it.

    Endorsements inside other credentials are theirs, and left to them.
    """
    if isinstance(value, list):
        for item in value:
            yield from _endorsements_in(item, _ids(item))
    elif isinstance(value, Mapping):
        for name, member in value.items():
            if name in ("endorsement", "endorsementJwt"):
                yield from ((each, about) for each in _as_list(member))
            elif name != "verifiableCredential":
                yield from _endorsements_in(member, _ids(member))


def _ids_of_the_whole(credential: Mapping[str, Any]) -> list[str]:
    """What an endorsement of the whole credential may speak of: it, its issuer, its subject and what was achieved.

    That of a learner record may also speak of the credentials in it, of their issuers and of what they are for.
    """
    wrapped = [each for each in members_of(credential) if isinstance(each, Mapping)][:MOST_MEMBERS]
    return [id for each in (credential, *wrapped) for id in _ids_of_one(each)]


def _ids_of_one(credential: Mapping[str, Any]) -> list[str]:
    subject = credential.get("credentialSubject")
    achieved = _as_list(subject.get("achievement", [])) if isinstance(subject, Mapping) else []
    return [id for part in (credential, credential.get("issuer"), subject, *achieved) for id in _ids(part)]


def _ids(part: Any) -> list[str]:
    named = part.get("id") if isinstance(part, Mapping) else part
    return [named] if isinstance(named, str) else []


def _decisive_reason(report: Report) -> str:
    deciding = [step for step in report.steps if step.outcome is Outcome.FAILED and step.step != "recognition"]
    doubtful = [step for step in report.steps if step.outcome is Outcome.NOT_CHECKED and step.step != "recognition"]
    return next((step.reason for step in (*deciding, *doubtful)), "")


def _called(credential: Mapping[str, Any]) -> str:
    kind = "The endorsement" if shapes.ENDORSEMENT_TYPE in shapes.types_of(credential) else "The credential"
    name = credential.get("name") or credential.get("id")
    return f"{kind} “{name[:80]}”" if isinstance(name, str) else kind


def _counted(number: int, noun: str) -> str:
    return f"There is one {noun}" if number == 1 else f"There are {number} {noun}s"


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
