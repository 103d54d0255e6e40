"""Keeping private keys unreadable in the database.

Each key is encrypted with AES-256-GCM under a key of its own, derived (HKDF-SHA256) from the installation's secret
and a random salt. The public half goes in as associated data, so that a sealed key cannot be moved to another row.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = b"\x01"
SALT_BYTES = 16
NONCE_BYTES = 12
PURPOSE = b"longleaf: private key of an issuer"


class CannotOpen(ValueError):
    """The sealed bytes do not open: another secret, another key's row, or damage."""


def seal(private: bytes, *, public: str, secret: str) -> bytes:
    """Encrypt a private key. The result opens only with the same secret and the same public half."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    return FORMAT + salt + nonce + _cipher(secret, salt).encrypt(nonce, private, public.encode())


def open_sealed(sealed: bytes, *, public: str, secret: str) -> bytes:
    """The private key that `seal` encrypted. Raises `CannotOpen`."""
    if sealed[:1] != FORMAT:
        raise CannotOpen("The key was sealed by another version of Longleaf.")
    salt, nonce = sealed[1 : 1 + SALT_BYTES], sealed[1 + SALT_BYTES : 1 + SALT_BYTES + NONCE_BYTES]
    try:
        return _cipher(secret, salt).decrypt(nonce, sealed[1 + SALT_BYTES + NONCE_BYTES :], public.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen("The key does not open with this installation's key encryption secret.") from None


def open_with_either(sealed: bytes, *, public: str, tried: Iterable[str]) -> bytes:
    """The private key, by the first secret that opens it; empty ones are passed over. Raises `CannotOpen`."""
    problem = CannotOpen("There is no secret to open it with.")
    for secret in filter(None, tried):
        try:
            return open_sealed(sealed, public=public, secret=secret)
        except CannotOpen as found:
            problem = found
    raise problem


def _cipher(secret: str, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(secret.encode()))
