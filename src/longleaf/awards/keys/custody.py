"""Where issuers' private keys are, and what signs with them.

A custody makes keys and signs; whoever issues never sees a private key. The one that comes along keeps them sealed in
the database. Another (a hardware module, a cloud service) is a class of these two methods, named in the setting
`KEY_CUSTODY`; keys that were made before stay where they are until they are rotated (docs/decisions/0040).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from longleaf.awards.keys import sealing
from longleaf.engines.openbadges.keys import LocalSigner, Signer

SEALED = "longleaf.awards.keys.custody.Sealed"
SEED_BYTES = 32


class CannotSign(Exception):
    """The custody cannot make a key or sign with one now. Its text is a sentence for those who keep the keys."""


@dataclass(frozen=True)
class HeldKey:
    """A key as the installation knows it: its public half (a Multikey), and what the custody finds the private one by.

    The handle is stored in the database. It must be worthless to whoever reads it there.
    """

    public: str
    handle: bytes


class Custody(Protocol):
    """Makes Ed25519 keys and signs with them. Both methods, and the signer when it signs, may raise `CannotSign`."""

    def make(self) -> HeldKey: ...

    def signer(self, held: HeldKey, *, verification_method: str) -> Signer: ...


class Sealed:
    """Keys in the database, each encrypted under the secret of the environment; the handle is the sealed key itself."""

    def make(self) -> HeldKey:
        seed = secrets.token_bytes(SEED_BYTES)
        public = LocalSigner.from_seed(seed).multikey
        return HeldKey(public, sealing.seal(seed, public=public, secret=settings.KEY_ENCRYPTION_SECRET))

    def signer(self, held: HeldKey, *, verification_method: str) -> Signer:
        return LocalSigner.from_seed(_opened(held), verification_method=verification_method)


def at(path: str) -> Custody:
    """The custody of this dotted path. Raises `CannotSign` for one that cannot be loaded or the settings do not name.

    The path of a key comes from the database, and what stands there must not choose which code runs.
    """
    if path not in {SEALED, settings.KEY_CUSTODY}:
        raise CannotSign(f"It is kept by {path}, which LONGLEAF_KEY_CUSTODY does not name.")
    try:
        found: Custody = import_string(path)()
    except ImportError as problem:
        raise CannotSign(f"LONGLEAF_KEY_CUSTODY names {path}, which cannot be loaded: {problem}.") from None
    return found


def _opened(held: HeldKey) -> bytes:
    """The seed, by the secret of today; or by the one before, while keys are being sealed anew."""
    try:
        return sealing.open_with_either(
            held.handle,
            public=held.public,
            tried=(settings.KEY_ENCRYPTION_SECRET, settings.KEY_ENCRYPTION_SECRET_BEFORE),
        )
    except sealing.CannotOpen as problem:
        raise CannotSign(f"{problem} Set LONGLEAF_KEY_ENCRYPTION_SECRET to the secret it was made with.") from None
