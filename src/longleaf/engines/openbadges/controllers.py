"""Controller documents: which keys may speak for an issuer, and where that is written.

A `did.json`, or the document behind an `https:` issuer, lists the issuer's keys and says which of them may
assert (sign credentials). A key that is retired stays listed, so that what it signed stays verifiable.

Follows W3C Controlled Identifiers 1.0 and the did:web method.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from . import times
from .contexts import DID, MULTIKEY
from .errors import CannotBuild, CheckFailed
from .keys import base64url, multikey, public_key_from_jwk

_DID_WEB = re.compile(r"did:web:([A-Za-z0-9.-]+(?:%3[Aa][0-9]{1,5})?)((?::[A-Za-z0-9._~%-]+)*)")
_JWK = "https://w3id.org/security/jwk/v1"
_LOOPBACK_HOSTS = ("localhost", "127.0.0.1")


@dataclass(frozen=True, kw_only=True)
class ControllerKey:
    """One key of an issuer: the 32 bytes of an Ed25519 key, or a P-256 or RSA key as a public JSON Web Key.

    `may_assert` is false for a key that must not sign credentials. `revoked` is the moment from which
    nothing signed with it may be believed any more, whenever it was signed.
    """

    public_bytes: bytes = b""
    public_jwk: Mapping[str, Any] | None = None
    may_assert: bool = True
    revoked: datetime | None = None

    def method_id(self, controller: str) -> str:
        """The name of the key in its controller's document."""
        if self.public_jwk is None:
            return method_id(controller, self.public_bytes)
        return f"{controller}#{public_key_from_jwk(self.public_jwk).thumbprint}"


def controller_document(controller: str, keys: Iterable[ControllerKey]) -> dict[str, Any]:
    """The document that names the keys of `controller` (a did:web or an https: address).

    Raises `CannotBuild` when no key is given: verifiers take such a document for a broken one.
    """
    listed = list(keys)
    if not listed:
        raise CannotBuild(f"The issuer {controller} has no key to publish. Create a key first.")
    asserting = [key.method_id(controller) for key in listed if key.may_assert]
    has_jwk = any(key.public_jwk for key in listed)
    return {
        "@context": [DID, MULTIKEY, *([_JWK] if has_jwk else [])],
        "id": controller,
        "verificationMethod": [_method(controller, key) for key in listed],
        "assertionMethod": asserting,
    }


def key_set(controller: str, keys: Iterable[ControllerKey]) -> dict[str, Any]:
    """The JSON Web Key Set of an issuer's keys that may sign and stand: each has its name in full as its `kid`."""
    standing = [key for key in keys if key.may_assert and not key.revoked]
    return {"keys": [{**_jwk(key), "kid": key.method_id(controller), "use": "sig"} for key in standing]}


def method_id(controller: str, public_bytes: bytes) -> str:
    """The name of a key. It ends in the key itself because the 1EdTech validator reads it from there."""
    return f"{controller}#{multikey(public_bytes)}"


def did_web(url: str) -> str:
    """The did:web of an issuer's address: `https://a.example:8000/b/c` is `did:web:a.example%3A8000:b:c`."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise CannotBuild(f"{url!r} is not the address of a web site, so it has no did:web.")
    host = parts.hostname + (f"%3A{parts.port}" if parts.port else "")
    path = [quote(part, safe="") for part in parts.path.split("/") if part]
    return ":".join(["did:web", host, *path])


def did_web_addresses(did: str) -> list[str]:
    """Where the document of a did:web is, best first. Raises `CheckFailed` if it is no did:web.

    Only for this very machine plain http is named as well; whether it is used, the loader decides.
    """
    parsed = _DID_WEB.fullmatch(did)
    if not parsed:
        raise CheckFailed(f"The issuer's name {did} is not a proper did:web.")
    host = unquote(parsed.group(1))
    parts = [unquote(part) for part in parsed.group(2).split(":")[1:]]
    if any("/" in part or "?" in part or "#" in part or part in (".", "..") for part in parts):
        raise CheckFailed(f"The issuer's name {did} hides an address, so it is not followed.")
    path = "/".join(quote(part) for part in parts) + "/did.json" if parts else ".well-known/did.json"
    schemes = ["https", "http"] if host.partition(":")[0] in _LOOPBACK_HOSTS else ["https"]
    return [f"{scheme}://{host}/{path}" for scheme in schemes]


def _method(controller: str, key: ControllerKey) -> dict[str, Any]:
    method: dict[str, Any] = {"id": key.method_id(controller), "type": "Multikey", "controller": controller}
    if key.public_jwk is None:
        method["publicKeyMultibase"] = multikey(key.public_bytes)
    else:
        method |= {"type": "JsonWebKey", "publicKeyJwk": _jwk(key)}
    if key.revoked:
        method["revoked"] = times.written(key.revoked)
    return method


def _jwk(key: ControllerKey) -> dict[str, Any]:
    if key.public_jwk is None:
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(key.public_bytes)}
    # Taken apart and put together again, so that nothing secret is ever published by mistake.
    return dict(public_key_from_jwk(key.public_jwk).jwk)
