"""Building a Comprehensive Learner Record: credentials of one learner, wrapped as they were signed.

Each credential keeps its own issuer, proof and status inside the record, and the record's issuer signs that they belong
together. Values go in, a JSON document without its proof comes out, which passes the official schema. Follows
Comprehensive Learner Record 2.0 on the Verifiable Credentials Data Model 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from . import building, contents, limits, parts, shapes, times
from .contexts import CLR, CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES
from .errors import CannotBuild
from .status import StatusEntry

_SCHEMA_URL = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json"


class Relation(StrEnum):
    """How one achievement stands to another: the association types of the standard."""

    EXACT_MATCH_OF = "exactMatchOf"
    IS_CHILD_OF = "isChildOf"
    IS_PARENT_OF = "isParentOf"
    IS_PART_OF = "isPartOf"
    IS_PEER_OF = "isPeerOf"
    IS_RELATED_TO = "isRelatedTo"
    PRECEDES = "precedes"
    REPLACED_BY = "replacedBy"


@dataclass(frozen=True, kw_only=True)
class Association:
    """That one achievement in the record stands to another, by their ids: a badge to the stack that it is part of."""

    source: str
    relation: Relation
    target: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything that goes into one learner's record. `credentials` are signed documents, and stay as they are.

    `partial` says that the issuer knows of more than it wrapped.
    """

    id: str
    name: str
    issuer: building.Issuer
    subject: building.Subject
    credentials: tuple[Mapping[str, Any], ...]
    valid_from: datetime
    valid_until: datetime | None = None
    awarded: datetime | None = None
    description: str = ""
    associations: tuple[Association, ...] = ()
    partial: bool = False
    status: StatusEntry | None = None
    names_schema: bool = False
    endorsements: tuple[Mapping[str, Any], ...] = ()


def clr_credential(record: Record) -> dict[str, Any]:
    """The ClrCredential to sign. Raises `CannotBuild` with what is missing or not allowed."""
    _check(record)
    document = parts.present(
        {
            "@context": [CREDENTIALS_V2, CLR, OPEN_BADGES, EXTENSIONS],
            "id": parts.needed(record.id, "the record's id"),
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": parts.needed(record.name, "the record's name"),
            "description": record.description,
            "partial": True if record.partial else None,
            "issuer": building.profile(record.issuer),
            "endorsement": [dict(each) for each in record.endorsements],
            "validFrom": times.written(record.valid_from),
            "validUntil": times.written(record.valid_until) if record.valid_until else None,
            "awardedDate": times.written(record.awarded) if record.awarded else None,
            "credentialSubject": _subject(record),
            "credentialStatus": record.status.as_json() if record.status else None,
            "credentialSchema": [{"id": _SCHEMA_URL, "type": building.SCHEMA_TYPE}] if record.names_schema else None,
        }
    )
    if refused := limits.refusal(document):
        raise CannotBuild(f"The record {record.id} cannot be built: {refused}.")
    return document


def _subject(record: Record) -> dict[str, Any]:
    return parts.present(
        {
            "id": record.subject.id or parts.derived(record.id, "subject"),
            "type": ["ClrSubject"],
            "identifier": [building.identity(found) for found in record.subject.identities],
            "verifiableCredential": [dict(credential) for credential in record.credentials],
            "association": [
                {
                    "type": "Association",
                    "associationType": found.relation.value,
                    "sourceId": found.source,
                    "targetId": found.target,
                }
                for found in record.associations
            ],
        }
    )


def _check(record: Record) -> None:
    if not record.subject.id and not record.subject.identities:
        raise CannotBuild("The learner needs an id or an identity, or nobody can claim the record.")
    if record.valid_until and record.valid_until <= record.valid_from:
        raise CannotBuild(f"The record {record.id} would expire before it begins.")
    if not 0 < len(record.credentials) <= contents.MOST_MEMBERS:
        raise CannotBuild(f"A record wraps between one and {contents.MOST_MEMBERS} credentials.")
    for credential in record.credentials:
        if not credential.get("proof"):
            raise CannotBuild(f"The credential {credential.get('id')} is not signed: a record wraps signed ones only.")
        if shapes.is_record(credential):
            raise CannotBuild(f"The credential {credential.get('id')} is a record itself: wrap what is in it instead.")
    for endorsement in record.endorsements:
        if not endorsement.get("proof"):
            raise CannotBuild(f"The endorsement {endorsement.get('id')} is not signed: a record wraps no other.")
    _check_associations(record)


def _check_associations(record: Record) -> None:
    known = {_achievement_id(credential) for credential in record.credentials}
    for found in record.associations:
        if not {found.source, found.target} & known:
            raise CannotBuild(f"Neither {found.source} nor {found.target} is an achievement in the record.")


def _achievement_id(credential: Mapping[str, Any]) -> str:
    subject = credential.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
    return str(achievement.get("id", "")) if isinstance(achievement, Mapping) else ""
