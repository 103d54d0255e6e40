"""A badge as a signed token (VC-JWT), for wallets and programs that read no embedded proofs.

The same credential, under the same id and with the same place in the status list, signed by the issuer's key as
RFC 7515 describes. It is signed when it is first asked for and kept for a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction

from longleaf.awards import keys, pictures
from longleaf.awards.errors import NotIssuedYet
from longleaf.awards.models import Award
from longleaf.engines.openbadges import tokens
from longleaf.engines.openbadges.keys import Signer, public_key_from_multikey

A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Ed25519ForTokens:
    """What signs for an issuer, as tokens ask for it. Its name ends with the key itself, from where it is read."""

    signer: Signer

    @property
    def verification_method(self) -> str:
        return self.signer.verification_method

    @property
    def algorithm(self) -> str:
        return "EdDSA"

    @property
    def public_jwk(self) -> Mapping[str, Any]:
        return public_key_from_multikey(self.verification_method.rpartition("#")[2]).jwk

    def sign(self, data: bytes) -> bytes:
        return self.signer.sign(data)


def token_of(award: Award) -> str:
    """The badge as a token. Raises `NotIssuedYet`, and `NoUsableKey` while the issuer cannot sign."""
    if award.credential is None:
        raise NotIssuedYet
    name = f"awards:token:{award.uuid}:{pictures.edition_of(award)}"
    kept: str | None = cache.get(name)
    if kept is None:
        kept = _signed(award, award.credential)
        cache.set(name, kept, A_DAY)
    return kept


@transaction.atomic
def _signed(award: Award, credential: dict[str, Any]) -> str:
    bare = {name: value for name, value in credential.items() if name != "proof"}
    return tokens.signed(bare, signer=Ed25519ForTokens(keys.signer_for(award.issuer)), with_key=True)
