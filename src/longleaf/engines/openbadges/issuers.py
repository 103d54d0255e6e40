"""Whose key is it? Finding the key that a proof names, and asking whether it may speak for the issuer.

A key is never taken from what is being checked. It is found where its name says (inside a did:key, or in the
document of a did:web or an `https:` address), and the issuer's own document must list it for assertions.
Documents come through a loader, so nothing here touches a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from . import reading, times
from .controllers import did_web_addresses
from .errors import CheckFailed, DocumentUnavailable, NotCheckable, UnreadableMaterial
from .keys import PublicKey, public_key_from_jwk, public_key_from_multikey

_LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
_MOST_DOCUMENTS = 20
_OWN_FOLDER = re.compile(r"https?://[^/?#]+/[^?#]*[^/?#]")
_BELOW = re.compile(r"(/[\w~-][\w.~-]*)+(#.*)?", re.ASCII)


class Loader(Protocol):
    """Gets the document behind a URL: parsed JSON, or its bytes. Raises `DocumentUnavailable` if it cannot."""

    def load(self, url: str) -> Mapping[str, Any] | bytes: ...


@dataclass(frozen=True)
class FoundKey:
    """A key where its name led to: who controls it, and what that controller says about it."""

    method: str
    controller: str
    public_key: PublicKey
    may_assert: bool = True
    stopped: datetime | None = None


class Documents:
    """A loader that asks for each document once, and for no more than a few in one verification."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._loaded: dict[str, Mapping[str, Any] | bytes] = {}

    def load(self, url: str) -> Mapping[str, Any] | bytes:
        """What the loader gives. Raises `DocumentUnavailable`, or `NotCheckable` past the limit."""
        if url not in self._loaded:
            if len(self._loaded) >= _MOST_DOCUMENTS:
                raise NotCheckable("It points to more documents than a credential needs, so they are not followed.")
            self._loaded[url] = self._loader.load(url)
        return self._loaded[url]

    def read(self, url: str) -> Mapping[str, Any]:
        """The document as one JSON object. Raises `DocumentUnavailable` also when it is something else."""
        loaded = self.load(url)
        if isinstance(loaded, Mapping):
            return loaded
        try:
            return reading.read_object(loaded)
        except UnreadableMaterial as problem:
            raise DocumentUnavailable(url, str(problem)) from None


def find_key(method: str, *, documents: Documents) -> FoundKey:
    """The key that `method` names. Raises `CheckFailed`, `NotCheckable` or `DocumentUnavailable`."""
    if method.startswith("did:key:"):
        return _key_in_did(method)
    controller = method.partition("#")[0]
    document = _document_of(controller, documents)
    if "#" not in method and "kty" in document:
        return FoundKey(method, method, public_key_from_jwk(document))
    for listed, may_assert in _listed_methods(document):
        if _absolute(listed.get("id"), controller) == method:
            return _found(method, controller, listed, may_assert)
    raise CheckFailed(
        f"The key it names, {method}, is not among the keys that {controller} publishes. Do not rely on it; ask the"
        " issuer whether it signed this credential."
    )


def find_key_of_token(header: Mapping[str, Any], issuer: str, *, documents: Documents) -> FoundKey:
    """The key that a token's header names by `kid`, or writes out as `jwk`, if the issuer publishes it too.

    Raises as `find_key`. A key that is only written out in the header proves nothing: anybody can write one.
    """
    kid, jwk = header.get("kid"), header.get("jwk")
    if isinstance(kid, str) and kid:
        return find_key(f"{issuer}{kid}" if kid.startswith("#") else kid, documents=documents)
    if not isinstance(jwk, Mapping):
        raise CheckFailed("The token does not name the key it was signed with. Ask the issuer for a fresh copy.")
    if issuer.startswith("did:key:"):
        return _key_in_did(issuer)
    wanted = public_key_from_jwk(jwk)
    for listed, may_assert in _listed_methods(_document_of(issuer, documents)):
        found = _found(str(listed.get("id")), issuer, listed, may_assert)
        if found.public_key.jwk == wanted.jwk:
            return found
    raise CheckFailed(
        f"The token brings its own key, and {issuer} does not publish that key. Anybody could have made it; ask the"
        " issuer whether it signed this credential."
    )


def proven_issuer(found: FoundKey, issuer: str, *, now: datetime, documents: Documents) -> str:
    """The identity that a good signature by `found` proves for a credential that says it is by `issuer`.

    Raises `CheckFailed` when the key may not speak for the issuer, `NotCheckable` or `DocumentUnavailable`
    when that cannot be told.
    """
    if found.stopped and found.stopped <= now:
        raise CheckFailed(
            f"The issuer withdrew the key it was signed with on {times.for_people(found.stopped)}."
            " Ask the issuer for a fresh copy."
        )
    if issuer == found.controller:
        return _if_asserting(found, issuer)
    if issuer.startswith("urn:") and found.controller.startswith("did:key:"):
        # Nobody can own such a name, so all that is proven is the key, and the key is the identity.
        return found.controller
    if _lies_in_own_folder(found.method, issuer):
        return _if_asserting(found, issuer)
    if issuer.startswith(("did:web:", "https:", "http:")) and _lists(issuer, found.method, documents):
        return issuer
    raise CheckFailed(
        f"It says it is from {issuer}, but the key it was signed with belongs to {found.controller}."
        " Do not rely on it; ask the issuer whether it issued this credential."
    )


def _lies_in_own_folder(method: str, issuer: str) -> bool:
    """Whether a key lies below the issuer's address. A whole host is nobody's folder: others have pages there too.

    Nothing that a server may take for another place is followed: no `..`, no escape, no query.
    """
    below = method.removeprefix(issuer)
    return below != method and bool(_OWN_FOLDER.fullmatch(issuer) and _BELOW.fullmatch(below))


def _if_asserting(found: FoundKey, issuer: str) -> str:
    if not found.may_assert:
        raise CheckFailed(
            f"{issuer} publishes the key it was signed with, but not for signing credentials."
            " Ask the issuer for a fresh copy."
        )
    return issuer


def _lists(issuer: str, method: str, documents: Documents) -> bool:
    asserting = _as_list(_document_of(issuer, documents).get("assertionMethod", []))
    names = [entry.get("id") if isinstance(entry, Mapping) else entry for entry in asserting]
    return method in [_absolute(name, issuer) for name in names]


def _key_in_did(method: str) -> FoundKey:
    did, _, fragment = method.partition("#")
    text = did.removeprefix("did:key:")
    if fragment not in ("", text):
        raise CheckFailed("The name of its key contradicts itself. Ask the issuer for a fresh copy.")
    return FoundKey(method, did, public_key_from_multikey(text))


def _document_of(controller: str, documents: Documents) -> Mapping[str, Any]:
    document = _first_available(_addresses(controller), documents)
    if "kty" not in document and document.get("id") != controller:
        raise CheckFailed(
            f"The document at {controller} is about {document.get('id')!r}, so it vouches for nothing here."
            " Tell the issuer."
        )
    return document


def _addresses(controller: str) -> list[str]:
    if controller.startswith("did:web:"):
        return did_web_addresses(controller)
    parts = _split(controller)
    if parts and (parts[0] == "https" or (parts[0] == "http" and parts[1] in _LOOPBACK_HOSTS)):
        return [controller]
    if controller.startswith("http:"):
        raise CheckFailed(f"The issuer's address {controller} is not secure (https), so its key cannot be trusted.")
    raise CheckFailed(
        f"Its key is named {controller!r}, which leads to no key that can be looked up."
        " Ask the issuer for a fresh copy."
    )


def _split(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname) if parts.hostname else None


def _first_available(addresses: list[str], documents: Documents) -> Mapping[str, Any]:
    *others, last = addresses
    for address in others:
        try:
            return documents.read(address)
        except DocumentUnavailable:
            continue
    return documents.read(last)


def _listed_methods(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every key that a controller document writes out, and whether it may assert."""
    asserting = _as_list(document.get("assertionMethod", []))
    controller = str(document.get("id"))
    names = {_absolute(name, controller) for name in asserting if isinstance(name, str)}
    for entry in asserting:
        if isinstance(entry, Mapping):
            yield entry, True
    for entry in _as_list(document.get("verificationMethod", [])):
        if isinstance(entry, Mapping):
            yield entry, _absolute(entry.get("id"), controller) in names


def _found(method: str, controller: str, listed: Mapping[str, Any], may_assert: bool) -> FoundKey:
    if listed.get("controller", controller) != controller:
        raise CheckFailed(f"{controller} lists the key as belonging to somebody else. Tell the issuer.")
    stops = [_moment(listed[name]) for name in ("revoked", "expires") if name in listed]
    return FoundKey(method, controller, _public_key(listed), may_assert, min(stops, default=None))


def _public_key(listed: Mapping[str, Any]) -> PublicKey:
    multibase, jwk = listed.get("publicKeyMultibase"), listed.get("publicKeyJwk")
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


def _absolute(name: object, controller: str) -> str:
    text = name if isinstance(name, str) else ""
    return f"{controller}{text}" if text.startswith("#") else text


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
