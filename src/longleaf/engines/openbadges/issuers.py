"""Whose key is it? Finding the key that a proof names, and asking whether it may speak for the issuer.

A key is never taken from what is being checked. It is found where its name says (inside a did:key, or in the
document of a did:web or an `https:` address), and the issuer's own document must list it for assertions: that it lies
somewhere on the issuer's web site is not enough, for others may have pages there too. Documents come through a
loader, so nothing here touches a network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from . import reading, times
from .controllers import did_web_addresses
from .errors import CheckFailed, DocumentUnavailable, NotCheckable, UnreadableMaterial
from .keys import PublicKey, public_key_from_jwk, public_key_from_multikey
from .published_keys import FoundKey, Listed, keys_of_set, listed_in, names_asserted

_LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
_MOST_DOCUMENTS = 20
_KEY_SET = "/.well-known/jwks.json"


class Loader(Protocol):
    """Gets the document behind a URL: parsed JSON, or its bytes. Raises `DocumentUnavailable` if it cannot."""

    def load(self, url: str) -> Mapping[str, Any] | bytes: ...


@dataclass(frozen=True)
class Proven:
    """The identity that a good signature proves.

    Where its key was withdrawn since, and the issuer's own journal says that it signed this very copy before: both
    moments.
    """

    identity: str
    withdrawn: datetime | None = None
    issued: datetime | None = None


class Documents:
    """A loader that asks for each document once, and for no more than `most` in one verification."""

    def __init__(self, loader: Loader, *, most: int = _MOST_DOCUMENTS) -> None:
        self._loader = loader
        self._most = most
        self._loaded: dict[str, Mapping[str, Any] | bytes | DocumentUnavailable] = {}

    def load(self, url: str) -> Mapping[str, Any] | bytes:
        """What the loader gives. Raises `DocumentUnavailable`, or `NotCheckable` past the limit."""
        if url not in self._loaded:
            if len(self._loaded) >= self._most:
                raise NotCheckable("It points to more documents than a credential needs, so they are not followed.")
            self._loaded[url] = self._asked(url)
        found = self._loaded[url]
        if isinstance(found, DocumentUnavailable):
            raise found
        return found

    def read(self, url: str) -> Mapping[str, Any]:
        """The document as one JSON object. Raises `DocumentUnavailable` also when it is something else."""
        loaded = self.load(url)
        if isinstance(loaded, Mapping):
            return loaded
        try:
            return reading.read_object(loaded)
        except UnreadableMaterial as problem:
            raise DocumentUnavailable(url, str(problem)) from None

    def _asked(self, url: str) -> Mapping[str, Any] | bytes | DocumentUnavailable:
        try:
            return self._loader.load(url)
        except DocumentUnavailable as problem:
            return problem


def find_key(method: str, *, documents: Documents) -> FoundKey:
    """The key that `method` names. Raises `CheckFailed`, `NotCheckable` or `DocumentUnavailable`."""
    if method.startswith("did:key:"):
        return _key_in_did(method)
    controller = method.partition("#")[0]
    document = _document_of(controller, documents)
    if "kty" in document and "#" not in method:
        return FoundKey(method, method, public_key_from_jwk(document))
    listed = keys_of_set(document, controller) if "keys" in document else _listed_by(controller, document, documents)
    for found in listed:
        if found.name == method:
            return found.key()
    raise CheckFailed(_not_published(method, controller))


def find_key_of_token(header: Mapping[str, Any], issuer: str, *, documents: Documents) -> FoundKey:
    """The key that a token's header names by `kid`, or writes out as `jwk`, if the issuer publishes it too.

    A `kid` may be an address, or no more than a word that means something among the issuer's own keys. Raises as
    `find_key`. A key that is only written out in the header proves nothing: anybody can write one.
    """
    kid, jwk = header.get("kid"), header.get("jwk")
    if isinstance(kid, str) and kid:
        if _is_address(kid):
            return find_key(kid, documents=documents)
        return _key_called(kid, issuer, documents)
    if issuer.startswith("did:key:"):
        return _key_in_did(issuer)
    if not isinstance(jwk, Mapping):
        raise CheckFailed("The token does not name the key it was signed with. Ask the issuer for a fresh copy.")
    if found := _same_key(public_key_from_jwk(jwk), _published_by(issuer, documents)):
        return found
    raise CheckFailed(
        f"The token brings its own key, and {issuer} does not publish that key. Anybody could have made it; ask the"
        " issuer whether it signed this credential."
    )


def proven_issuer(
    found: FoundKey,
    issuer: str,
    *,
    now: datetime,
    known_by: datetime,
    documents: Documents,
    issued: Callable[[], datetime | None],
) -> Proven:
    """The identity that a good signature by `found` proves for a credential that says it is by `issuer`.

    `known_by` is up to when the documents may know, and `issued` tells when the issuer's own journal says that it
    signed this very copy. A key that is revoked is believed for what was provably signed before and for nothing else,
    whatever date a proof bears (W3C Controlled Identifiers 1.0, `revoked`).

    Raises `CheckFailed` when the key may not speak for the issuer, `NotCheckable` or `DocumentUnavailable` when that
    cannot be told.
    """
    _refuse_expired(found, now)
    if issuer.startswith("urn:") and found.controller.startswith("did:key:"):
        # Nobody can own such a name, so all that is proven is the key, and the key is the identity.
        return Proven(found.controller)
    own = _as_listed_by(issuer, found, documents)
    if own is None:
        raise CheckFailed(
            f"It says it is from {issuer}, but the key it was signed with belongs to {found.controller}."
            " Do not rely on it; ask the issuer whether it issued this credential."
        )
    _refuse_expired(own, now)
    withdrawn = _earlier(found.revoked, own.revoked)
    if withdrawn and withdrawn <= known_by:
        return Proven(issuer, withdrawn, _issued_before(withdrawn, now, issued))
    if not own.may_assert:
        raise CheckFailed(
            f"{issuer} publishes the key it was signed with, but not for signing credentials."
            " Ask the issuer for a fresh copy."
        )
    return Proven(issuer)


def is_on_the_web(url: str) -> bool:
    """Whether this is the address of something on the web."""
    parts = _split(url)
    return bool(parts and parts[0] in ("https", "http"))


def loads_securely(url: str) -> bool:
    """Whether nobody on the way can change what stands there: https, or this very machine."""
    parts = _split(url)
    return bool(parts and (parts[0] == "https" or (parts[0] == "http" and parts[1] in _LOOPBACK_HOSTS)))


# --- what an issuer publishes --------------------------------------------------------------------------------


def _published_by(issuer: str, documents: Documents) -> list[Listed]:
    """The keys of an issuer: those that its document lists, or else those of its web site's key set."""
    try:
        document = _document_of(issuer, documents)
    except DocumentUnavailable as problem:
        # The first page of a host is for people, or none; the key set is then all that the host says of its keys.
        if _is_a_host(issuer) and (well_known := _well_known(issuer, documents)):
            return well_known
        raise problem from None
    return _listed_by(issuer, document, documents)


def _is_a_host(issuer: str) -> bool:
    return loads_securely(issuer) and not urlsplit(issuer).path.strip("/")


def _listed_by(issuer: str, document: Mapping[str, Any], documents: Documents) -> list[Listed]:
    listed = listed_in(document, issuer)
    elsewhere = document.get("jwks_uri", document.get("jwksUri"))
    if isinstance(elsewhere, str) and loads_securely(elsewhere):
        listed += keys_of_set(documents.read(elsewhere), issuer)
    names_keys = listed or "assertionMethod" in document or "verificationMethod" in document
    return listed if names_keys else _well_known(issuer, documents)


def _well_known(issuer: str, documents: Documents) -> list[Listed]:
    if not loads_securely(issuer):
        return []
    parts = urlsplit(issuer)
    try:
        return list(keys_of_set(documents.read(f"{parts.scheme}://{parts.netloc}{_KEY_SET}"), issuer))
    except DocumentUnavailable:
        return []


def _key_called(kid: str, issuer: str, documents: Documents) -> FoundKey:
    if issuer.startswith("did:key:"):
        return _key_in_did(f"{issuer}{kid}" if kid.startswith("#") else f"{issuer}#{kid}")
    called = kid.removeprefix("#")
    for listed in _published_by(issuer, documents):
        if listed.answers_to(called):
            return listed.key()
    raise CheckFailed(_not_published(kid, issuer))


def _as_listed_by(issuer: str, found: FoundKey, documents: Documents) -> FoundKey | None:
    """The key as the issuer itself lists it: by the name it has elsewhere, or as one of the issuer's own."""
    if not issuer.startswith(("did:web:", "https:", "http:")):
        return found if issuer == found.controller else None
    listed = _same_key(found.public_key, _published_by(issuer, documents))
    if issuer == found.controller or found.method in _names_asserted_by(issuer, documents):
        return replace(_put_together(found, listed), may_assert=found.may_assert or issuer != found.controller)
    return listed


def _names_asserted_by(issuer: str, documents: Documents) -> set[str]:
    try:
        return names_asserted(_document_of(issuer, documents), issuer)
    except DocumentUnavailable:
        return set()


def _same_key(wanted: PublicKey, published: list[Listed]) -> FoundKey | None:
    """The key wherever it is listed, put together: withdrawn under one name, it is withdrawn under all.

    Raises `CheckFailed` where the document says that it was withdrawn, and not properly when.
    """
    best: FoundKey | None = None
    for listed in published:
        try:
            is_same = listed.is_its_own and listed.public_key.jwk == wanted.jwk
        except (CheckFailed, NotCheckable):
            # A key of a kind that is not read here is not the one that was just used.
            continue
        if is_same:
            found = listed.key()
            best = _put_together(best or found, found)
    return best


def _put_together(found: FoundKey, other: FoundKey | None) -> FoundKey:
    if other is None:
        return found
    return replace(
        found, expires=_earlier(found.expires, other.expires), revoked=_earlier(found.revoked, other.revoked)
    )


def _earlier(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _refuse_expired(found: FoundKey, now: datetime) -> None:
    if found.expires and found.expires <= now:
        raise CheckFailed(_withdrawn_on(found.expires))


def _issued_before(withdrawn: datetime, now: datetime, issued: Callable[[], datetime | None]) -> datetime:
    """When the issuer signed this very copy, if its own journal shows that this was before it withdrew the key."""
    signed = issued()
    if signed and signed < withdrawn:
        return signed
    if withdrawn <= now:
        raise CheckFailed(_withdrawn_on(withdrawn))
    # Asked as of a moment at which the key stood. A thief dates back, and would be believed by whoever looks back.
    raise NotCheckable(
        f"The issuer withdrew the key it was signed with on {times.for_people(withdrawn)}, later than the moment that"
        " is asked about; but nothing shows that it was signed before the key was withdrawn."
        " Ask the issuer for a fresh copy."
    )


def _withdrawn_on(moment: datetime) -> str:
    return (
        f"The issuer withdrew the key it was signed with on {times.for_people(moment)}."
        " Ask the issuer for a fresh copy."
    )


def _not_published(name: str, controller: str) -> str:
    return (
        f"The key it names, {name}, is not among the keys that {controller} publishes. Do not rely on it; ask the"
        " issuer whether it signed this credential."
    )


# --- where a document is -------------------------------------------------------------------------------------


def _key_in_did(method: str) -> FoundKey:
    did, _, fragment = method.partition("#")
    text = did.removeprefix("did:key:")
    if fragment not in ("", text):
        raise CheckFailed("The name of its key contradicts itself. Ask the issuer for a fresh copy.")
    return FoundKey(method, did, public_key_from_multikey(text))


def _document_of(controller: str, documents: Documents) -> Mapping[str, Any]:
    document = _first_available(_addresses(controller), documents)
    if not {"kty", "keys"} & set(document) and document.get("id") != controller:
        raise CheckFailed(
            f"The document at {controller} is about {document.get('id')!r}, so it vouches for nothing here."
            " Tell the issuer."
        )
    return document


def _addresses(controller: str) -> list[str]:
    if controller.startswith("did:web:"):
        return did_web_addresses(controller)
    if loads_securely(controller):
        return [controller]
    if controller.startswith("http:"):
        raise CheckFailed(f"The issuer's address {controller} is not secure (https), so its key cannot be trusted.")
    raise CheckFailed(
        f"Its key is named {controller!r}, which leads to no key that can be looked up."
        " Ask the issuer for a fresh copy."
    )


def _is_address(name: str) -> bool:
    return name.startswith("did:") or "://" in name


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
