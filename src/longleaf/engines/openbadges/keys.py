"""Keys of issuers: how they are written, named and used to sign.

Ed25519 keys are written as Multikey (`z6Mk…`, base58btc with the multicodec prefix ed 01) and named as
`did:key`, as `did:web` or as an `https:` address with the key as its fragment. Private keys stay behind `Signer`,
so that a key in memory, an HSM or a cloud service look the same to the engine.

Follows W3C Controlled Identifiers 1.0 (Multikey), the did:key method and the did:web method.
"""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from . import base58
from .errors import CannotBuild, CheckFailed, NotCheckable

_ED25519_PREFIX = b"\xed\x01"
# The longest base58 text that is ever decoded: decoding takes time quadratic in the length.
_LONGEST_BASE58 = 1_000


class Signer(Protocol):
    """Whatever can sign in an issuer's name. `verification_method` is the URL that others find the key by."""

    @property
    def verification_method(self) -> str: ...

    def sign(self, data: bytes) -> bytes: ...


@dataclass(frozen=True)
class PublicKey:
    """A public key as a JSON Web Key (RFC 7517, RFC 8037): what proofs and JWT are checked with."""

    jwk: Mapping[str, Any]
    ed25519: bytes | None = None

    def check_ed25519(self, signature: bytes, data: bytes) -> None:
        """Raise `CheckFailed` unless `signature` is this key's signature of `data`."""
        if self.ed25519 is None:
            raise CheckFailed("The key named by the proof is not an Ed25519 key, so the proof cannot be right.")
        try:
            _loaded(self.ed25519).verify(signature, data)
        except (InvalidSignature, ValueError):
            raise CheckFailed(
                "The seal does not fit: the credential was changed after it was signed, or was not signed with"
                " the key it names. Ask the issuer for a fresh copy."
            ) from None


@dataclass(frozen=True)
class LocalSigner:
    """A signer that holds its Ed25519 key in memory. The name of the key may be given when it is known."""

    _key: Ed25519PrivateKey
    verification_method: str

    @classmethod
    def from_seed(cls, seed: bytes, *, verification_method: str = "") -> LocalSigner:
        """From the 32 secret bytes; without a name the key is named as `did:key`. Raises `CannotBuild`."""
        if len(seed) != 32:
            raise CannotBuild(f"An Ed25519 seed has 32 bytes, this one has {len(seed)}.")
        key = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(key, verification_method or did_key_method(key.public_key().public_bytes_raw()))

    @property
    def public_bytes(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    @property
    def multikey(self) -> str:
        return multikey(self.public_bytes)

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def multikey(public_bytes: bytes) -> str:
    """The Multikey text (`z6Mk…`) of 32 Ed25519 public bytes."""
    return multibase(_ED25519_PREFIX + public_bytes)


def did_key(public_bytes: bytes) -> str:
    """The did:key of 32 Ed25519 public bytes."""
    return f"did:key:{multikey(public_bytes)}"


def did_key_method(public_bytes: bytes) -> str:
    """The verification method of a did:key: the DID with its key as the fragment."""
    return f"{did_key(public_bytes)}#{multikey(public_bytes)}"


def public_key_from_multikey(text: str) -> PublicKey:
    """Read a Multikey. Raises `CheckFailed` if it is no key, `NotCheckable` if it is of another kind."""
    decoded = from_multibase(text)
    if not decoded.startswith(_ED25519_PREFIX):
        raise NotCheckable("The issuer's key is of a kind that is not checked here; only Ed25519 keys are.")
    if len(decoded) != 34:
        raise CheckFailed("The issuer's key does not have the length of an Ed25519 key.")
    return _ed25519_key(decoded[2:])


def public_key_from_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """Take a public JSON Web Key; anything secret in it is left out. Raises `CheckFailed`."""
    kept = {name: jwk[name] for name in ("kty", "crv", "x", "y", "n", "e") if isinstance(jwk.get(name), str)}
    if kept.get("kty") == "OKP" and kept.get("crv") == "Ed25519":
        return _ed25519_key(from_base64url(kept.get("x", "")))
    if kept.get("kty") not in ("EC", "RSA"):
        raise CheckFailed("The issuer's key is not a public key that credentials are signed with.")
    return PublicKey(kept)


def multibase(data: bytes) -> str:
    """base58btc with its multibase letter `z`."""
    return f"z{base58.encoded(data)}"


def from_multibase(text: str) -> bytes:
    """Decode base58btc multibase. Raises `CheckFailed` for anything else."""
    if not text.startswith("z") or len(text) > _LONGEST_BASE58:
        raise CheckFailed("A key or signature in it is not written in base58 multibase, so it cannot be right.")
    return base58.decoded(text[1:])


def base64url(data: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Decode unpadded base64url strictly. Raises `CheckFailed`."""
    try:
        decoded = b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise CheckFailed("A part of it is not base64url, so it cannot be right.") from None
    # Two texts for the same bytes would let a credential be altered without a trace.
    if base64url(decoded) != text:
        raise CheckFailed("A part of it is not written as base64url wants it.")
    return decoded


@lru_cache(maxsize=256)
def _loaded(public_bytes: bytes) -> Ed25519PublicKey:
    # Loading a key takes as long as checking a signature with it, and a cohort's badges are of one key.
    return Ed25519PublicKey.from_public_bytes(public_bytes)


def _ed25519_key(public_bytes: bytes) -> PublicKey:
    if len(public_bytes) != 32:
        raise CheckFailed("The issuer's key does not have the length of an Ed25519 key.")
    return PublicKey({"kty": "OKP", "crv": "Ed25519", "x": base64url(public_bytes)}, public_bytes)
