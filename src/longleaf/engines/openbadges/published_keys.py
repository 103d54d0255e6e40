"""The keys that an issuer's own document writes out, in whichever form it does.

A controller document lists them as verification methods and says under `assertionMethod` which may sign credentials. A
profile may carry a `jwks` instead, or name one: everything in a key set that is not set aside for encryption may sign.
Follows W3C Controlled Identifiers 1.0, RFC 7517 and RFC 7638.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import times
from .errors import CheckFailed, NotCheckable
from .keys import PublicKey, public_key_from_jwk, public_key_from_multikey

_MOST_KEYS = 200


@dataclass(frozen=True)
class FoundKey:
    """A key where its name led to: who controls it, and what that controller says about it.

    `expires` was foreseen when the key was published; `revoked` came to light, and what the key signed is in doubt.
    """

    method: str
    controller: str
    public_key: PublicKey
    may_assert: bool = True
    expires: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True)
class Listed:
    """One key as a document lists it, not yet taken apart: others beside it may be of kinds that nobody here reads."""

    name: str
    controller: str
    entry: Mapping[str, Any]
    may_assert: bool

    def answers_to(self, name: str) -> bool:
        """Whether a token's `kid` means this key: by its name, the name's fragment, its own `kid` or thumbprint."""
        jwk = self.entry.get("publicKeyJwk")
        own = jwk.get("kid") if isinstance(jwk, Mapping) else None
        return name in (self.name, self.name.partition("#")[2], own) or (len(name) == 43 and name == self._thumbprint())

    def key(self) -> FoundKey:
        """The key taken apart. Raises `CheckFailed`, or `NotCheckable` for a form that is not read here."""
        if not self.is_its_own:
            raise CheckFailed(f"{self.controller} lists the key as belonging to somebody else. Tell the issuer.")
        expires, revoked = (
            _moment(self.entry[name]) if name in self.entry else None for name in ("expires", "revoked")
        )
        return FoundKey(self.name, self.controller, self.public_key, self.may_assert, expires, revoked)

    @property
    def is_its_own(self) -> bool:
        """Whether the document does not say that the key belongs to somebody else."""
        return bool(self.entry.get("controller", self.controller) == self.controller)

    @property
    def public_key(self) -> PublicKey:
        """The key alone. Raises `CheckFailed`, or `NotCheckable` for a form that is not read here."""
        return _public_key(self.entry)

    def _thumbprint(self) -> str:
        try:
            return self.public_key.thumbprint
        except (CheckFailed, NotCheckable):
            return ""


def listed_in(document: Mapping[str, Any], controller: str) -> list[Listed]:
    """Every key that a document writes out, first those that may assert. Raises `NotCheckable` if they are too many."""
    found = [*_methods(document, controller), *keys_of_set(document.get("jwks"), controller)]
    if len(found) > _MOST_KEYS:
        raise NotCheckable(f"{controller} lists more than {_MOST_KEYS} keys, too many to look through.")
    return sorted(found, key=lambda listed: not listed.may_assert)


def keys_of_set(jwks: Any, controller: str) -> Iterator[Listed]:
    """The keys of a JSON Web Key Set, each named by its `kid`."""
    keys = jwks.get("keys") if isinstance(jwks, Mapping) else None
    for jwk in keys if isinstance(keys, list) else ():
        if isinstance(jwk, Mapping) and _may_sign(jwk):
            kid = str(jwk.get("kid", ""))
            name = kid if kid.startswith(f"{controller}#") else f"{controller}#{kid}"
            yield Listed(name, controller, {"publicKeyJwk": jwk}, may_assert=True)


def _may_sign(jwk: Mapping[str, Any]) -> bool:
    """Whether a key of a set is neither set aside for something else (RFC 7517, `use`, `key_ops`) nor withdrawn."""
    operations = jwk.get("key_ops", ["verify"])
    is_for_signing = isinstance(operations, list) and ("verify" in operations or "sign" in operations)
    return jwk.get("use", "sig") == "sig" and is_for_signing and "revoked" not in jwk


def names_asserted(document: Mapping[str, Any], controller: str) -> set[str]:
    """The names of the keys that a document lets sign credentials, also of those written out elsewhere."""
    named = _as_list(document.get("assertionMethod", []))
    return {absolute(name, controller) for name in named if isinstance(name, str)}


def absolute(name: object, controller: str) -> str:
    """A key's name in full: `#key-1` is `<controller>#key-1`."""
    text = name if isinstance(name, str) else ""
    return f"{controller}{text}" if text.startswith("#") else text


def _methods(document: Mapping[str, Any], controller: str) -> Iterator[Listed]:
    asserted = names_asserted(document, controller)
    for entry in _as_list(document.get("assertionMethod", [])):
        if isinstance(entry, Mapping):
            yield Listed(absolute(entry.get("id"), controller), controller, entry, may_assert=True)
    for entry in _as_list(document.get("verificationMethod", [])):
        if isinstance(entry, Mapping):
            name = absolute(entry.get("id"), controller)
            yield Listed(name, controller, entry, may_assert=name in asserted)


def _public_key(entry: Mapping[str, Any]) -> PublicKey:
    multibase, jwk = entry.get("publicKeyMultibase"), entry.get("publicKeyJwk")
    if isinstance(multibase, str):
        return public_key_from_multikey(multibase)
    if isinstance(jwk, Mapping):
        return public_key_from_jwk(jwk)
    raise NotCheckable("The issuer publishes its key in a form that is not read here.")


def _moment(text: object) -> datetime:
    moment = times.read(text)
    if moment is None:
        raise CheckFailed("The issuer's document says that the key stopped being good, but not properly when.")
    return moment


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
