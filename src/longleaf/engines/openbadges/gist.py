"""What a credential says of an achievement, in one shape for every version: claims, to be shown beside a report.

Open Badges before 3.0 keep what was achieved and by whom in documents of their own. They are looked for among the
documents that a verification has read anyway; what is not there is left empty and never asked for again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import earliest, older, times

_MOST, _LONGEST = 20, 2000
_MOST_LETTERS_OF_A_NAME = 300
Found = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Target:
    """Something that an achievement is aligned to, as its issuer wrote it."""

    name: str
    code: str
    url: str


@dataclass(frozen=True)
class Gist:
    """Every text is the issuer's own claim, shortened where it is very long. Addresses are those of the web only."""

    standard: str
    credential_id: str
    achievement_id: str
    name: str
    description: str
    criteria: str
    criteria_url: str
    issuer_id: str
    issuer_name: str
    issued: datetime | None
    expires: datetime | None
    evidence: tuple[str, ...]
    alignments: tuple[Target, ...]


def gist_of(credential: Mapping[str, Any], found: Found) -> Gist:
    """What a credential says, with what was `found` at the addresses that it names."""
    if older.is_assertion(credential):
        return _of_older(credential, found, "Open Badges 2.0", credential.get("issuedOn"))
    if edition := earliest.edition_of(credential):
        issued = credential.get("issuedOn", credential.get("issued_on"))
        return _of_older(credential, found, f"Open Badges {edition}", issued)
    return _of_newer(credential)


def _of_newer(credential: Mapping[str, Any]) -> Gist:
    subject = _object(credential.get("credentialSubject"))
    achievement, issuer = _object(_first(subject.get("achievement"))), credential.get("issuer")
    criteria = _object(achievement.get("criteria"))
    begins = credential.get("awardedDate") or credential.get("validFrom") or credential.get("issuanceDate")
    return Gist(
        standard="Open Badges 3.0",
        credential_id=_text(credential.get("id")),
        achievement_id=_text(achievement.get("id")),
        name=_name(achievement.get("name") or credential.get("name")),
        description=_text(achievement.get("description")),
        criteria=_text(criteria.get("narrative")),
        criteria_url=_address(criteria.get("id")),
        issuer_id=_text(_object(issuer).get("id") if isinstance(issuer, Mapping) else issuer),
        issuer_name=_name(_object(issuer).get("name")),
        issued=times.read(begins),
        expires=times.read(credential.get("validUntil") or credential.get("expirationDate")),
        evidence=_addresses(credential.get("evidence")),
        alignments=_alignments(achievement.get("alignment")),
    )


def _of_older(assertion: Mapping[str, Any], found: Found, standard: str, issued: Any) -> Gist:
    named = assertion.get("badge")
    badge = _object(named if isinstance(named, Mapping) else found.get(_text(named)))
    issuer = badge.get("issuer")
    profile = _object(issuer if isinstance(issuer, Mapping) else found.get(_text(issuer)))
    if isinstance(issuer, Mapping) and "name" not in issuer:
        profile = _object(found.get(_text(issuer.get("id"))))
    criteria = badge.get("criteria")
    verify = _object(assertion.get("verify"))
    return Gist(
        standard=standard,
        credential_id=_text(assertion.get("id")) or _address(verify.get("url")) or _text(assertion.get("uid")),
        achievement_id=_text(named) if isinstance(named, str) else _text(badge.get("id")),
        name=_name(badge.get("name")),
        description=_text(badge.get("description")),
        criteria=_text(_object(criteria).get("narrative")),
        criteria_url=_address(_object(criteria).get("id") if isinstance(criteria, Mapping) else criteria),
        issuer_id=_text(profile.get("id")) or earliest.issuer_id(assertion, badge),
        issuer_name=_name(profile.get("name")),
        issued=earliest.moment_of(issued),
        expires=earliest.moment_of(assertion.get("expires")),
        evidence=_addresses(assertion.get("evidence")),
        alignments=_alignments(badge.get("alignment")),
    )


def _alignments(given: Any) -> tuple[Target, ...]:
    found = [_object(each) for each in _as_list(given)[:_MOST]]
    targets = [
        Target(
            _name(each.get("targetName") or each.get("name")),
            _name(each.get("targetCode")),
            _address(each.get("targetUrl") or each.get("url")),
        )
        for each in found
    ]
    return tuple(each for each in targets if each.name or each.code)


def _addresses(given: Any) -> tuple[str, ...]:
    found = [_address(each.get("id") if isinstance(each, Mapping) else each) for each in _as_list(given)[:_MOST]]
    return tuple(each for each in found if each)


def _address(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return text if text.startswith(("https://", "http://")) and len(text) <= _LONGEST else ""


def _name(value: Any) -> str:
    return _text(value)[:_MOST_LETTERS_OF_A_NAME]


def _text(value: Any) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first(value: Any) -> Any:
    return (value or [None])[0] if isinstance(value, list) else value


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
