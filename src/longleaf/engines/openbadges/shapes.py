"""The shape of a credential: which members it must have, of which kind, before anything else is asked.

The tables below say in a page what the Open Badges 3.0 data model requires: members that must be there, the type
that each object must name, and what may stand in each member. They are lenient where the published schema is
(one value where a list is meant) and silent about members they do not know, which signatures cover all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import times
from .contexts import CREDENTIALS_V1, CREDENTIALS_V2

_OPEN_BADGES_CONTEXTS = "https://purl.imsglobal.org/spec/ob/v3p0/context"
_RECORD_CONTEXTS = "https://purl.imsglobal.org/spec/clr/v2p0/context"
_ACHIEVEMENT_TYPES = ("AchievementCredential", "OpenBadgeCredential")
ENDORSEMENT_TYPE = "EndorsementCredential"
RECORD_TYPE = "ClrCredential"
STATUS_LIST_TYPE = "BitstringStatusListCredential"

Kind = Callable[[Any], str | None]


@dataclass(frozen=True)
class Shape:
    """An object: the type it must name ("" for none), the members it must have, and the kind of those it may."""

    type: str
    required: tuple[str, ...] = ()
    members: Mapping[str, Kind | str] = field(default_factory=dict)


def text(value: Any) -> str | None:
    return None if isinstance(value, str) else "is not a text"


def flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "is not true or false"


def number(value: Any) -> str | None:
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "is not a number"


def whole(value: Any) -> str | None:
    return None if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else "is not a whole number"


def anything(_value: Any) -> str | None:
    return None


def moment(value: Any) -> str | None:
    return None if times.read(value) else "is not a date and time with a time zone"


# A member's kind is a function, or the name of another shape; a trailing `?` lets a plain URL stand for it.
_SHAPES: dict[str, Shape] = {
    "achievement subject": Shape(
        "AchievementSubject",
        ("achievement",),
        {
            "id": text,
            "achievement": "achievement",
            "identifier": "identity",
            "result": "result",
            "source": "profile?",
            "image": "image?",
            "narrative": text,
            "creditsEarned": number,
            "activityStartDate": text,
            "activityEndDate": text,
        },
    ),
    "achievement": Shape(
        "Achievement",
        ("id", "name", "description", "criteria"),
        {
            "id": text,
            "name": text,
            "description": text,
            "achievementType": text,
            "criteria": "criteria",
            "alignment": "alignment",
            "creator": "profile?",
            "image": "image?",
            "otherIdentifier": "identifier",
            "related": "related",
            "resultDescription": "result description",
            "tag": text,
            "endorsement": "endorsement",
            "endorsementJwt": text,
        },
    ),
    "criteria": Shape("", (), {"id": text, "narrative": text}),
    "alignment": Shape("Alignment", ("targetName", "targetUrl"), {"targetName": text, "targetUrl": text}),
    "image": Shape("Image", ("id",), {"id": text, "caption": text}),
    "related": Shape("Related", ("id",), {"id": text}),
    "identity": Shape(
        "IdentityObject",
        ("hashed", "identityHash", "identityType"),
        {"hashed": flag, "identityHash": text, "identityType": text, "salt": text},
    ),
    "identifier": Shape(
        "IdentifierEntry", ("identifier", "identifierType"), {"identifier": text, "identifierType": text}
    ),
    "result": Shape(
        "Result",
        (),
        {"achievedLevel": text, "resultDescription": text, "status": text, "value": text, "alignment": "alignment"},
    ),
    "result description": Shape(
        "ResultDescription",
        ("id", "name", "resultType"),
        {
            "id": text,
            "name": text,
            "resultType": text,
            "allowedValue": text,
            "rubricCriterionLevel": "rubric level",
            "alignment": "alignment",
        },
    ),
    "rubric level": Shape("RubricCriterionLevel", ("id", "name"), {"id": text, "name": text, "level": text}),
    "profile": Shape(
        "Profile",
        ("id",),
        {
            "id": text,
            "name": text,
            "url": text,
            "email": text,
            "image": "image?",
            "otherIdentifier": "identifier",
            "parentOrg": "profile?",
            "address": "address",
            "endorsement": "endorsement",
            "endorsementJwt": text,
        },
    ),
    "address": Shape("Address", (), {"geo": "place"}),
    "place": Shape("GeoCoordinates", ("latitude", "longitude"), {"latitude": number, "longitude": number}),
    "evidence": Shape(
        "Evidence", (), {"id": text, "name": text, "narrative": text, "description": text, "genre": text}
    ),
    "status": Shape("", ("type",), {"id": text, "type": text}),
    "typed thing": Shape("", ("id", "type"), {"id": text}),
    "terms": Shape("", ("type",), {"id": text, "type": text}),
    "status list": Shape(
        "BitstringStatusList",
        ("statusPurpose", "encodedList"),
        {"statusPurpose": text, "encodedList": text, "ttl": whole},
    ),
    # What a record wraps is examined member by member, each in a shape of its own.
    "record subject": Shape(
        "ClrSubject",
        ("verifiableCredential",),
        {
            "id": text,
            "identifier": "identity",
            "achievement": "achievement",
            "association": "association",
            "verifiableCredential": anything,
        },
    ),
    "association": Shape(
        "Association",
        ("associationType", "sourceId", "targetId"),
        {"associationType": text, "sourceId": text, "targetId": text},
    ),
    "endorsement subject": Shape("EndorsementSubject", ("id",), {"id": text, "endorsementComment": text}),
    "endorsement": Shape(
        ENDORSEMENT_TYPE,
        ("@context", "id", "name", "issuer", "credentialSubject"),
        {"id": text, "name": text, "issuer": "profile?", "credentialSubject": "endorsement subject"},
    ),
    # As it was before Open Badges 3.0 moved to the second version of verifiable credentials.
    "early endorsement": Shape(
        ENDORSEMENT_TYPE,
        ("@context", "id", "issuer", "credentialSubject"),
        {"id": text, "name": text, "issuer": "profile?", "credentialSubject": "endorsement subject"},
    ),
}

# Open Badges 2.0, where a profile is called Issuer too and many things may be a plain URL.
_SHAPES |= {
    "assertion": Shape(
        "Assertion",
        ("id", "recipient", "badge", "verification", "issuedOn"),
        {
            "id": text,
            "recipient": "recipient",
            "badge": "badge class?",
            "verification": "verification",
            "issuedOn": moment,
            "expires": moment,
            "revoked": flag,
            "evidence": "older evidence?",
        },
    ),
    "recipient": Shape(
        "", ("type", "identity", "hashed"), {"type": text, "identity": text, "hashed": flag, "salt": text}
    ),
    "verification": Shape("", ("type",), {"type": text, "creator": text}),
    "older evidence": Shape("", (), {"id": text, "narrative": text}),
    "badge class": Shape(
        "BadgeClass",
        ("name", "description", "image", "criteria", "issuer"),
        {
            "id": text,
            "name": text,
            "description": text,
            "image": "older evidence?",
            "criteria": "criteria?",
            "issuer": "named?",
        },
    ),
    "named": Shape("", ("id",), {"id": text}),
    "older issuer": Shape(
        "", ("id", "type", "name", "url"), {"id": text, "type": text, "name": text, "url": text, "revocationList": text}
    ),
    "revocation list": Shape("RevocationList", ("id", "issuer"), {"id": text, "issuer": "named?"}),
}

_SINGLES = ("id", "badge", "recipient", "verification", "issuer", "issuedOn", "expires")
_ANY_CREDENTIAL: dict[str, Kind | str] = {
    "id": text,
    "name": text,
    "description": text,
    "issuer": "profile?",
    "validFrom": moment,
    "validUntil": moment,
    "issuanceDate": moment,
    "expirationDate": moment,
    "awardedDate": moment,
    "image": "image?",
    "credentialStatus": "status",
    "credentialSchema": "typed thing",
    "evidence": "evidence",
    "endorsement": "endorsement",
    "endorsementJwt": text,
    "refreshService": "typed thing",
    "termsOfUse": "terms",
    "partial": flag,
}


def faults(credential: Mapping[str, Any]) -> list[str]:
    """Everything wrong with the shape of a credential, as phrases that begin with the place. Empty if nothing."""
    return [*_faults_of_head(credential), *_faults_of_body(credential)]


def faults_of_part(value: Any, shape: str) -> list[str]:
    """Everything wrong with an object of a known shape, as phrases that begin with the place."""
    found = list(_faults_of_value(value, shape, "the whole"))
    # One thing is meant: where a list of them stands, nobody knows which counts.
    singles = [name for name in _SINGLES if isinstance(value, Mapping) and isinstance(value.get(name), list)]
    return [*found, *(f"{name} is a list, where one is meant" for name in singles)]


def types_of(holder: Mapping[str, Any]) -> list[str]:
    """The types that an object names."""
    return [name for name in _as_list(holder.get("type", [])) if isinstance(name, str)]


def is_record(credential: Mapping[str, Any]) -> bool:
    """Whether this is a Comprehensive Learner Record."""
    return RECORD_TYPE in types_of(credential)


def is_status_list(credential: Mapping[str, Any]) -> bool:
    """Whether this is a status list, which is a credential too, but of no Open Badges kind."""
    return STATUS_LIST_TYPE in types_of(credential)


def is_known_kind(credential: Mapping[str, Any]) -> bool:
    """Whether this says that it is one of the kinds of credential that have a shape here."""
    return bool(_subject_shape(credential))


def _subject_shape(credential: Mapping[str, Any]) -> str:
    types = types_of(credential)
    if any(name in types for name in _ACHIEVEMENT_TYPES):
        return "achievement subject"
    shapes = {ENDORSEMENT_TYPE: "endorsement subject", RECORD_TYPE: "record subject", STATUS_LIST_TYPE: "status list"}
    return next((shape for name, shape in shapes.items() if name in types), "")


def _names(contexts: list[Any], beginning: str) -> bool:
    return any(isinstance(context, str) and context.startswith(beginning) for context in contexts)


def _faults_of_head(credential: Mapping[str, Any]) -> Iterator[str]:
    contexts = _as_list(credential.get("@context", []))
    first = contexts[0] if contexts else None
    if first not in (CREDENTIALS_V1, CREDENTIALS_V2):
        yield "@context does not begin with that of verifiable credentials"
    if not (is_status_list(credential) or _names(contexts, _OPEN_BADGES_CONTEXTS)):
        yield "@context does not name Open Badges 3.0"
    if is_record(credential) and not _names(contexts, _RECORD_CONTEXTS):
        yield "@context does not name Comprehensive Learner Record 2.0"
    if "VerifiableCredential" not in types_of(credential):
        yield "type does not say VerifiableCredential"
    begins = "issuanceDate" if first == CREDENTIALS_V1 else "validFrom"
    for name in ("id", "issuer", "credentialSubject", begins):
        if _is_absent(credential.get(name)):
            yield f"{name} is missing"
    for name in ("issuer", "credentialSubject", "refreshService"):
        if isinstance(credential.get(name), list):
            yield f"{name} is a list, where one is meant"


def _faults_of_body(credential: Mapping[str, Any]) -> Iterator[str]:
    subject = _subject_shape(credential)
    if not subject:
        yield "type names no kind of Open Badge"
        return
    for name, kind in {**_ANY_CREDENTIAL, "credentialSubject": subject}.items():
        yield from _faults_of_member(credential, name, kind, name)


def _faults_of_member(holder: Mapping[str, Any], name: str, kind: Kind | str, place: str) -> Iterator[str]:
    value = holder.get(name)
    if _is_absent(value):
        return
    several = isinstance(value, list)
    for position, item in enumerate(_as_list(value)):
        yield from _faults_of_value(item, kind, f"{place}[{position}]" if several else place)


def _faults_of_value(value: Any, kind: Kind | str, place: str) -> Iterator[str]:
    if callable(kind):
        if fault := kind(value):
            yield f"{place} {fault}"
    elif kind.endswith("?") and isinstance(value, str):
        return
    elif isinstance(value, Mapping):
        yield from _faults_of_object(value, _SHAPES[_named_for(value, kind.removesuffix("?"))], place)
    else:
        yield f"{place} is not an object"


def _named_for(value: Mapping[str, Any], name: str) -> str:
    is_early = name == "endorsement" and _as_list(value.get("@context", []))[:1] == [CREDENTIALS_V1]
    return "early endorsement" if is_early else name


def _faults_of_object(value: Mapping[str, Any], shape: Shape, place: str) -> Iterator[str]:
    if shape.type and shape.type not in types_of(value):
        yield f"{place} does not say that its type is {shape.type}"
    for name in shape.required:
        if _is_absent(value.get(name)):
            yield f"{place}.{name} is missing"
    for name, kind in shape.members.items():
        yield from _faults_of_member(value, name, kind, f"{place}.{name}")


def _is_absent(value: Any) -> bool:
    # An empty text or list says no more than its absence; false and 0 do say something.
    return value is None or value in ("", [])


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
