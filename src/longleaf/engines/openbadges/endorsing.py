"""Building an endorsement: somebody's signed statement about an issuer, an achievement or a credential of another.

Values go in, an EndorsementCredential without its proof comes out. It passes the lenient and the strict text of the
official schema: lists wherever a list is meant, nothing empty, nothing null.

Follows Open Badges 3.0, section "EndorsementCredential", on the Verifiable Credentials Data Model 2.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import limits, times
from .building import Issuer, profile
from .contexts import CREDENTIALS_V2, EXTENSIONS, OPEN_BADGES
from .errors import CannotBuild
from .status import StatusEntry

_SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}


@dataclass(frozen=True, kw_only=True)
class Endorsement:
    """Everything that goes into one endorsement. `subject` is the id of what is endorsed, `comment` may be Markdown."""

    id: str
    name: str
    issuer: Issuer
    subject: str
    valid_from: datetime
    valid_until: datetime | None = None
    comment: str = ""
    description: str = ""
    status: StatusEntry | None = None
    names_schema: bool = False


def endorsement_credential(endorsement: Endorsement) -> dict[str, Any]:
    """The EndorsementCredential to sign. Raises `CannotBuild` with what is missing or not allowed."""
    _check(endorsement)
    document = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS][: 3 if endorsement.names_schema else 2],
        "id": endorsement.id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": endorsement.name,
        "issuer": profile(endorsement.issuer),
        "validFrom": times.written(endorsement.valid_from),
        "credentialSubject": _subject(endorsement),
        **_optional(endorsement),
    }
    if refused := limits.refusal(document):
        raise CannotBuild(f"The endorsement {endorsement.id} cannot be built: {refused}.")
    return document


def _optional(endorsement: Endorsement) -> dict[str, Any]:
    members: dict[str, Any] = {}
    if endorsement.description:
        members["description"] = endorsement.description
    if endorsement.valid_until:
        members["validUntil"] = times.written(endorsement.valid_until)
    if endorsement.status:
        members["credentialStatus"] = endorsement.status.as_json()
    if endorsement.names_schema:
        members["credentialSchema"] = [_SCHEMA]
    return members


def _subject(endorsement: Endorsement) -> dict[str, Any]:
    subject: dict[str, Any] = {"id": endorsement.subject, "type": ["EndorsementSubject"]}
    return {**subject, "endorsementComment": endorsement.comment} if endorsement.comment else subject


def _check(endorsement: Endorsement) -> None:
    needed = {"an id": endorsement.id, "a name": endorsement.name, "a subject": endorsement.subject}
    for what, text in needed.items():
        if not text.strip():
            raise CannotBuild(f"An endorsement needs {what}.")
    if endorsement.valid_until and endorsement.valid_until <= endorsement.valid_from:
        raise CannotBuild(f"The endorsement {endorsement.id} would expire before it begins.")
