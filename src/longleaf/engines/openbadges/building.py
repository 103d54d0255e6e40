"""Building an Open Badges 3.0 credential from what an issuer knows.

Values go in, a JSON document without its proof comes out. It passes the lenient and the strict text of the
official schema: lists wherever a list is meant, nothing empty, nothing null. Every part has an id (given, or derived
from the ids of the credential and the achievement), so the document means the same to every library.

Follows Open Badges 3.0 on the Verifiable Credentials Data Model 2.0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import limits, times
from .contexts import CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES
from .errors import CannotBuild
from .parts import Alignment, alignments, derived, needed, present
from .results import (
    Criterion,
    FurtherResult,
    Level,
    Result,
    ResultDescription,
    descriptions,
    further_result,
    result,
)
from .status import StatusEntry

# What an issuer says a credential with, those of the parts included.
__all__ = [
    "MICRO_CREDENTIAL",
    "SCHEMA_TYPE",
    "Achievement",
    "Alignment",
    "Credential",
    "Criterion",
    "Evidence",
    "FurtherResult",
    "Identity",
    "Image",
    "Issuer",
    "Level",
    "PlainIdentity",
    "Result",
    "ResultDescription",
    "Subject",
    "achievement",
    "achievement_credential",
    "identity",
    "profile",
]

MICRO_CREDENTIAL = "MicroCredential"
_SCHEMA_URL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
SCHEMA_TYPE = "1EdTechJsonSchemaValidator2019"


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture by its URL (or data URI), with words for those who cannot see it."""

    url: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who issues: `id` is the did:web, did:key or https: address whose keys sign."""

    id: str
    name: str
    url: str = ""
    email: str = ""
    description: str = ""
    image: Image | None = None


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """What was demonstrated: the version of a micro-credential that an earner was judged on."""

    id: str
    name: str
    description: str
    criteria: str
    criteria_url: str = ""
    type: str = MICRO_CREDENTIAL
    image: Image | None = None
    alignments: tuple[Alignment, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    result_descriptions: tuple[ResultDescription, ...] = ()
    tags: tuple[str, ...] = ()
    version: str = ""
    language: str = ""
    creator: Issuer | None = None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """How an earner can be recognised without being named: a salted hash of, mostly, an e-mail address."""

    hash: str
    salt: str
    type: str = "emailAddress"

    @classmethod
    def of_email(cls, email: str, *, salt: str) -> Identity:
        """`sha256$` and the digest of the address followed by the salt, both in UTF-8."""
        digest = hashlib.sha256((email + salt).encode("utf-8")).hexdigest()
        return cls(hash=f"sha256${digest}", salt=salt)


@dataclass(frozen=True, kw_only=True)
class PlainIdentity:
    """By what an earner is known to whoever reads the credential, such as a name: it is said, not hashed."""

    identity: str
    type: str = "name"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The earner: an id, identities, or both."""

    id: str = ""
    identities: tuple[Identity | PlainIdentity, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A piece of evidence that the earner released."""

    url: str = ""
    name: str = ""
    description: str = ""
    narrative: str = ""
    genre: str = ""
    audience: str = ""


@dataclass(frozen=True, kw_only=True)
class Credential:
    """Everything that goes into one earner's credential."""

    id: str
    name: str
    issuer: Issuer
    achievement: Achievement
    subject: Subject
    valid_from: datetime
    valid_until: datetime | None = None
    awarded: datetime | None = None
    description: str = ""
    narrative: str = ""
    image: Image | None = None
    results: tuple[Result, ...] = ()
    further_results: tuple[FurtherResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    status: StatusEntry | None = None
    names_schema: bool = False


def achievement_credential(credential: Credential) -> dict[str, Any]:
    """The AchievementCredential to sign. Raises `CannotBuild` with the place of what is missing or not allowed."""
    _check_dates(credential)
    document = present(
        {
            "@context": [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS][: 3 if credential.names_schema else 2],
            "id": needed(credential.id, "the credential's id"),
            "type": ["VerifiableCredential", "AchievementCredential"],
            "name": needed(credential.name, "the credential's name"),
            "description": credential.description,
            "image": _image(credential.image),
            "issuer": profile(credential.issuer),
            "validFrom": times.written(credential.valid_from),
            "validUntil": times.written(credential.valid_until) if credential.valid_until else None,
            "awardedDate": times.written(credential.awarded) if credential.awarded else None,
            "credentialSubject": _subject(credential),
            "evidence": [
                _evidence(found, derived(credential.id, f"evidence/{position}"))
                for position, found in enumerate(credential.evidence)
            ],
            "credentialStatus": credential.status.as_json() if credential.status else None,
            "credentialSchema": [{"id": _SCHEMA_URL, "type": SCHEMA_TYPE}] if credential.names_schema else None,
        }
    )
    if refused := limits.refusal(document):
        raise CannotBuild(f"The credential {credential.id} cannot be built: {refused}.")
    return document


def profile(issuer: Issuer) -> dict[str, Any]:
    """The issuer's Profile, as it stands in credentials and is published at the issuer's address."""
    return present(
        {
            "id": needed(issuer.id, "the issuer's id"),
            "type": ["Profile"],
            "name": needed(issuer.name, "the issuer's name"),
            "url": issuer.url,
            "email": issuer.email,
            "description": issuer.description,
            "image": _image(issuer.image),
        }
    )


def achievement(found: Achievement) -> dict[str, Any]:
    """The Achievement, as it stands in credentials and is published at its own address."""
    return present(
        {
            "id": needed(found.id, "the achievement's id"),
            "type": ["Achievement"],
            "achievementType": found.type,
            "name": needed(found.name, "the achievement's name"),
            "description": needed(found.description, "the achievement's description"),
            "criteria": _criteria(found),
            "creator": profile(found.creator) if found.creator else None,
            "image": _image(found.image),
            "alignment": alignments(found.alignments, found.id),
            "resultDescription": list(descriptions(found.rubric, found.result_descriptions, found.id)),
            "tag": list(found.tags),
            "version": found.version,
            "inLanguage": found.language,
        }
    )


def _subject(credential: Credential) -> dict[str, Any]:
    subject = credential.subject
    if not subject.id and not subject.identities:
        raise CannotBuild("The earner needs an id or an identity, or nobody can claim the credential.")
    return present(
        {
            "id": subject.id or derived(credential.id, "subject"),
            "type": ["AchievementSubject"],
            "identifier": [identity(found) for found in subject.identities],
            "achievement": _achievement_by(credential.issuer, credential.achievement),
            "narrative": credential.narrative,
            "result": list(_results(credential)),
        }
    )


def _results(credential: Credential) -> Iterator[dict[str, Any]]:
    found, ids = credential.achievement, {"achievement_id": credential.achievement.id, "credential_id": credential.id}
    yield from (result(each, found.rubric, **ids) for each in credential.results)
    yield from (further_result(each, found.result_descriptions, **ids) for each in credential.further_results)


def _achievement_by(issuer: Issuer, found: Achievement) -> dict[str, Any]:
    """The achievement, with its creator by name only when that is the issuer.

    What is said twice under one id may be taken away once without a trace, so it is said once.
    """
    document = achievement(found)
    if found.creator and found.creator.id == issuer.id:
        document["creator"] = {"id": issuer.id, "type": ["Profile"]}
    return document


def identity(found: Identity | PlainIdentity) -> dict[str, Any]:
    """The IdentityObject that a subject is known by (Open Badges 3.0, section "IdentityObject")."""
    # The schema allows an IdentityObject no id: it is the one part without a name.
    if isinstance(found, PlainIdentity):
        return {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": found.identity,
            "identityType": found.type,
        }
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": found.hash,
        "identityType": found.type,
        "salt": found.salt,
    }


def _criteria(found: Achievement) -> dict[str, Any]:
    narrative = needed(found.criteria, "the achievement's criteria")
    return {"id": found.criteria_url or derived(found.id, "criteria"), "narrative": narrative}


def _evidence(found: Evidence, derived_id: str) -> dict[str, Any]:
    return present(
        {
            "id": found.url or derived_id,
            "type": ["Evidence"],
            "name": found.name,
            "description": found.description,
            "narrative": found.narrative,
            "genre": found.genre,
            "audience": found.audience,
        }
    )


def _image(found: Image | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return present({"id": needed(found.url, "an image's URL"), "type": "Image", "caption": found.caption})


def _check_dates(credential: Credential) -> None:
    if credential.valid_until and credential.valid_until <= credential.valid_from:
        raise CannotBuild(f"The credential {credential.id} would expire before it begins.")
