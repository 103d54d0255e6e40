"""Keys of issuers: how they are written, named and used to sign.

Ed25519 keys are written as Multikey (`z6Mk…`, base58btc with the multicodec prefix ed 01) and named as
`did:key`, as `did:web` or as an `https:` address with the key as its fragment; P-256 and RSA keys, which only tokens
are signed with, as JSON Web Keys. Private keys stay behind `Signer`, so that a key in memory, an HSM or a cloud
service look the same to the engine.

Follows W3C Controlled Identifiers 1.0 (Multikey), the did:key method, the did:web method, RFC 7517 and RFC 7518.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from . import base58
from .errors import CannotBuild, CheckFailed, NotCheckable, SealBroken

_ED25519_PREFIX = b"\xed\x01"
_P256_PREFIX = b"\x80\x24"
# The longest base58 text that is ever decoded: decoding takes time quadratic in the length.
_LONGEST_BASE58 = 1_000
_LONGEST_PEM = 16_384
LEAST_RSA_BITS = 2048
# An RSA modulus of 16,384 bits, which is as large as the arithmetic underneath goes.
_LONGEST_MEMBER = 2_732
_MEMBERS_OF_JWK = {"EC": {"crv", "x", "y"}, "RSA": {"n", "e"}}
_KEY_CLASSES: dict[type, Any] = {RSAPublicKey: RSAKey, EllipticCurvePublicKey: ECKey, Ed25519PublicKey: OKPKey}


class Signer(Protocol):
    """Whatever can sign in an issuer's name. `verification_method` is the URL that others find the key by."""

    @property
    def verification_method(self) -> str: ...

    def sign(self, data: bytes) -> bytes: ...


class TokenSigner(Signer, Protocol):
    """A signer that tokens can be signed with: it says by which `algorithm` (EdDSA, ES256, RS256) and which key.

    `sign` gives the signature as RFC 7518 writes it, which for ES256 is both numbers in 32 bytes each.
    """

    @property
    def algorithm(self) -> str: ...

    @property
    def public_jwk(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class PublicKey:
    """A public key as a JSON Web Key (RFC 7517, RFC 8037): what proofs and JWT are checked with."""

    jwk: Mapping[str, Any]
    ed25519: bytes | None = None

    @property
    def thumbprint(self) -> str:
        """The digest that names the key wherever nobody gave it a name (RFC 7638)."""
        members = {"OKP": ("crv", "kty", "x"), "EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}
        kept = {name: self.jwk[name] for name in members[self.jwk["kty"]] if name in self.jwk}
        return base64url(hashlib.sha256(json.dumps(kept, separators=(",", ":"), sort_keys=True).encode()).digest())

    def check_ed25519(self, signature: bytes, data: bytes) -> None:
        """Raise `CheckFailed` unless `signature` is this key's signature of `data`."""
        if self.ed25519 is None:
            raise CheckFailed("The key named by the proof is not an Ed25519 key, so the proof cannot be right.")
        try:
            _loaded(self.ed25519).verify(signature, data)
        except (InvalidSignature, ValueError):
            raise SealBroken from None


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

    @property
    def algorithm(self) -> str:
        return "EdDSA"

    @property
    def public_jwk(self) -> Mapping[str, Any]:
        return _ed25519_key(self.public_bytes).jwk

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


@dataclass(frozen=True)
class LocalTokenSigner:
    """A signer for tokens that holds a P-256 (ES256) or RSA (RS256) key in memory."""

    _key: EllipticCurvePrivateKey | RSAPrivateKey
    verification_method: str

    @classmethod
    def from_pem(cls, pem: bytes, *, verification_method: str) -> LocalTokenSigner:
        """From an unencrypted private key in PEM. Raises `CannotBuild` for one that tokens are not signed with."""
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise CannotBuild("This is not a private key in PEM.") from None
        is_p256 = isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1)
        if not (is_p256 or (isinstance(key, RSAPrivateKey) and key.key_size >= LEAST_RSA_BITS)):
            raise CannotBuild(f"Tokens are signed with a P-256 key, or an RSA key of {LEAST_RSA_BITS} bits or more.")
        return cls(key, verification_method)  # type: ignore[arg-type]  # One of the two, as was just asked.

    @property
    def algorithm(self) -> str:
        return "RS256" if isinstance(self._key, RSAPrivateKey) else "ES256"

    @property
    def public_jwk(self) -> Mapping[str, Any]:
        kind: Any = RSAKey if isinstance(self._key, RSAPrivateKey) else ECKey
        return public_key_from_jwk(kind.import_key(self._key.public_key()).as_dict(private=False)).jwk

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        r, s = decode_dss_signature(self._key.sign(data, ECDSA(SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)


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
    if decoded.startswith(_P256_PREFIX):
        return _p256_key(decoded[2:])
    if not decoded.startswith(_ED25519_PREFIX):
        raise NotCheckable("The issuer's key is of a kind that is not checked here; only Ed25519 and P-256 keys are.")
    if len(decoded) != 34:
        raise CheckFailed("The issuer's key does not have the length of an Ed25519 key.")
    return _ed25519_key(decoded[2:])


def public_key_from_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """Take a public JSON Web Key; anything secret in it is left out. Raises `CheckFailed`."""
    kept = {name: jwk[name] for name in ("kty", "crv", "x", "y", "n", "e") if isinstance(jwk.get(name), str)}
    if kept.get("kty") == "OKP" and kept.get("crv") == "Ed25519":
        return _ed25519_key(from_base64url(kept.get("x", "")))
    if any(len(member) > _LONGEST_MEMBER for member in kept.values()):
        raise CheckFailed("The issuer's key is larger than any key that credentials are signed with.")
    if not _MEMBERS_OF_JWK.get(kept.get("kty", ""), {"none"}) <= set(kept):
        raise CheckFailed("The issuer's key is not a public key that credentials are signed with.")
    return PublicKey(kept)


def public_key_from_pem(text: object) -> PublicKey:
    """Take a public key in PEM, as Open Badges 2.0 publishes it. Raises `CheckFailed`."""
    try:
        found = load_pem_public_key(str(text)[:_LONGEST_PEM].encode("ascii"))
        kind = next(kind for type, kind in _KEY_CLASSES.items() if isinstance(found, type))
        return public_key_from_jwk(kind.import_key(found).as_dict(private=False))
    except (ValueError, StopIteration, UnsupportedAlgorithm, JoseError):
        raise CheckFailed("The issuer's key is not a public key that credentials are signed with.") from None


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


def _p256_key(point: bytes) -> PublicKey:
    try:
        found = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        raise CheckFailed("The issuer's key is not a point of its curve.") from None
    return PublicKey(ECKey.import_key(found).as_dict(private=False))
