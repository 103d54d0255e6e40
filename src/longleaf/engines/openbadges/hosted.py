"""Building Open Badges 2.0: hosted assertions, for systems that take nothing newer.

A hosted assertion is no more than a page of the issuer's web site: no signature, so it is true for as long as it is
served there. What is built here from the same values as a credential is four documents, each to be published at its
own id: Assertion, BadgeClass, the issuer's Profile and its RevocationList. Follows Open Badges 2.0 (there are no
official schemas).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import limits, parts, times
from .building import Achievement, Credential, Evidence, Identity, Issuer
from .errors import CannotBuild
from .older import CONTEXT


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the documents of one hosted badge are published: each is the id of what stands there."""

    assertion: str
    badge_class: str
    issuer: str
    revocation_list: str = ""


def assertion(credential: Credential, *, addresses: Addresses) -> dict[str, Any]:
    """The Assertion that one earner has. The earner is a hashed identity, the first one of the credential.

    Raises `CannotBuild` with what is missing or not allowed.
    """
    hashed = [found for found in credential.subject.identities if isinstance(found, Identity)]
    if not hashed:
        raise CannotBuild("Open Badges 2.0 knows an earner by a hashed address only. Give the credential an identity.")
    return _checked(
        {
            "@context": CONTEXT,
            "id": _on_the_web(addresses.assertion),
            "type": "Assertion",
            "recipient": _recipient(hashed[0]),
            "badge": _on_the_web(addresses.badge_class),
            "verification": {"type": "HostedBadge"},
            "issuedOn": times.written(credential.awarded or credential.valid_from),
            "expires": times.written(credential.valid_until) if credential.valid_until else None,
            "image": credential.image.url if credential.image else None,
            "narrative": credential.narrative,
            "evidence": [_evidence(found) for found in credential.evidence],
        }
    )


def withdrawn_assertion(addresses: Addresses, *, reason: str = "") -> dict[str, Any]:
    """What is served in place of an Assertion that was withdrawn."""
    return _checked(
        {
            "@context": CONTEXT,
            "id": _on_the_web(addresses.assertion),
            "type": "Assertion",
            "revoked": True,
            "revocationReason": reason,
        }
    )


def badge_class(achievement: Achievement, *, addresses: Addresses) -> dict[str, Any]:
    """The BadgeClass that says what was achieved. Raises `CannotBuild`, also when it has no picture."""
    if achievement.image is None:
        raise CannotBuild("Open Badges 2.0 gives every badge a picture. Give the achievement an image.")
    return _checked(
        {
            "@context": CONTEXT,
            "id": _on_the_web(addresses.badge_class),
            "type": "BadgeClass",
            "name": parts.needed(achievement.name, "the achievement's name"),
            "description": parts.needed(achievement.description, "the achievement's description"),
            "image": achievement.image.url,
            "criteria": parts.present({"id": achievement.criteria_url, "narrative": achievement.criteria}),
            "issuer": _on_the_web(addresses.issuer),
            "alignment": [
                parts.present(
                    {
                        "targetName": found.target_name,
                        "targetUrl": found.target_url,
                        "targetDescription": found.description,
                        "targetFramework": found.framework,
                        "targetCode": found.code,
                    }
                )
                for found in achievement.alignments
            ],
            "tags": list(achievement.tags),
        }
    )


def issuer_profile(issuer: Issuer, *, addresses: Addresses) -> dict[str, Any]:
    """The issuer's Profile. It says where the issuer's assertions are hosted, and no others count."""
    return _checked(
        {
            "@context": CONTEXT,
            "id": _on_the_web(addresses.issuer),
            "type": "Profile",
            "name": parts.needed(issuer.name, "the issuer's name"),
            "url": parts.needed(issuer.url, "the issuer's web site"),
            "email": issuer.email,
            "description": issuer.description,
            "image": issuer.image.url if issuer.image else None,
            "verification": {"type": "VerificationObject", "startsWith": _folder_of(addresses.assertion)},
            "revocationList": addresses.revocation_list,
        }
    )


def revocation_list(withdrawn: Mapping[str, str], *, addresses: Addresses) -> dict[str, Any]:
    """The RevocationList: assertion id → the issuer's reason, which may be empty."""
    revoked = [parts.present({"id": id, "revocationReason": reason}) for id, reason in withdrawn.items()]
    document = _checked(
        {
            "@context": CONTEXT,
            "id": _on_the_web(addresses.revocation_list),
            "type": "RevocationList",
            "issuer": _on_the_web(addresses.issuer),
        }
    )
    return {**document, "revokedAssertions": revoked}


def _recipient(found: Identity) -> dict[str, Any]:
    if found.type != "emailAddress":
        raise CannotBuild(f"Open Badges 2.0 knows an earner by e-mail address, not by {found.type}.")
    return {"type": "email", "hashed": True, "identity": found.hash, "salt": found.salt}


def _evidence(found: Evidence) -> dict[str, Any]:
    members = {
        "id": found.url,
        "narrative": found.narrative,
        "name": found.name,
        "description": found.description,
        "genre": found.genre,
        "audience": found.audience,
    }
    return parts.present({"type": "Evidence", **members})


def _folder_of(address: str) -> str:
    return address[: address.rindex("/") + 1]


def _on_the_web(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        raise CannotBuild(
            f"A hosted badge is published on the web, so {address!r} cannot be the address of a part of it."
        )
    return address


def _checked(members: Mapping[str, Any]) -> dict[str, Any]:
    document = parts.present(members)
    if refused := limits.refusal(document):
        raise CannotBuild(f"{document['id']} cannot be built: {refused}.")
    return document
