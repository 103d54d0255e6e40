"""To whom a credential was given, whatever its version, and whether that is somebody with a certain address.

An identity is an address in the open or its salted hash, which can be compared and not read back. Follows the
IdentityObject of Open Badges 3.0 and 2.0 and the recipient of the versions before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import earliest, older

_MAIL = ("email", "emailAddress")
_DIGESTS = {"sha256": hashlib.sha256, "md5": hashlib.md5}


@dataclass(frozen=True)
class Recipient:
    """One identity: of which `kind`, and its text, or `hashed` with a `salt` that is appended before hashing."""

    kind: str
    identity: str
    hashed: bool = False
    salt: str = ""

    @property
    def is_address(self) -> bool:
        """Whether this is an e-mail address, in the open or hashed."""
        return self.kind in _MAIL

    def is_of(self, address: str) -> bool:
        """Whether this is an e-mail address, in whatever letters its issuer wrote it."""
        if not self.is_address:
            return False
        if not self.hashed:
            return self.identity.removeprefix("mailto:").strip().lower() == address.strip().lower()
        return any(_hashed(spelling, self.salt, self.identity) for spelling in {address, address.lower()})


def recipients_of(credential: Mapping[str, Any]) -> list[Recipient]:
    """Every identity that a credential gives of its earner, a learner record's included; none where it gives none."""
    if older.is_assertion(credential) or earliest.is_assertion(credential):
        return _of_older(credential)
    subject = credential.get("credentialSubject")
    if not isinstance(subject, Mapping):
        return []
    given = [_of_newer(each) for each in _as_list(subject.get("identifier", [])) if isinstance(each, Mapping)]
    named = subject.get("id")
    if isinstance(named, str) and named.startswith("mailto:"):
        given.append(Recipient("emailAddress", named))
    return [each for each in given if each.identity]


def _of_newer(given: Mapping[str, Any]) -> Recipient:
    kind, identity, salt = (given.get(name) for name in ("identityType", "identityHash", "salt"))
    return Recipient(_text(kind), _text(identity), given.get("hashed") is True, _text(salt))


def _of_older(assertion: Mapping[str, Any]) -> list[Recipient]:
    given = assertion.get("recipient")
    if isinstance(given, str):
        # 0.5 writes the hash itself, and its salt beside it.
        return [Recipient("email", given, "$" in given, _text(assertion.get("salt")))]
    if not isinstance(given, Mapping):
        return []
    identity = _text(given.get("identity"))
    found = Recipient(_text(given.get("type")), identity, given.get("hashed") is True, _text(given.get("salt")))
    return [found] if identity else []


def _hashed(address: str, salt: str, identity: str) -> bool:
    kind, _, digest = identity.partition("$")
    make = _DIGESTS.get(kind)
    return make is not None and make((address + salt).encode(), usedforsecurity=False).hexdigest() == digest.lower()


def is_anybody_of(recipients: Iterable[Recipient], addresses: Iterable[str]) -> str:
    """The first of the addresses that one of the identities is; "" for none."""
    found, known = list(recipients), list(addresses)
    return next((address for address in known if any(each.is_of(address) for each in found)), "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
