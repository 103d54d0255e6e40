"""Signing many awards of one issuer and one version, with a mould that shares what is equal between them.

Pure with regard to the database once the achievement is read: awards that are not stored yet come in with their places
in the status list, and each comes out with its credential, or with the reason why it cannot have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from longleaf.awards.contents import credentials
from longleaf.awards.models import Award
from longleaf.awards.status_lists import Place
from longleaf.engines.openbadges import building
from longleaf.engines.openbadges.building import Achievement, Credential, Issuer
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.keys import Signer
from longleaf.engines.openbadges.moulds import DoesNotFit, Mould
from longleaf.engines.openbadges.proving import add_proof


@dataclass(frozen=True)
class Signed:
    """An award with its place, and its credential; or None and the sentence that says why it cannot be signed."""

    award: Award
    place: Place
    credential: dict[str, Any] | None
    reason: str = ""


def sign_all(awards: Sequence[Award], *, places: Sequence[Place], signer: Signer, created: datetime) -> list[Signed]:
    """Sign the awards of one version. One that cannot be signed does not hold up the rest."""
    if not awards:
        return []
    basis = credentials.Basis(awards[0].version)
    signed = []
    for award, place in zip(awards, places, strict=True):
        try:
            credential = credentials.credential_of(award, place=place, basis=basis)
            signed.append(Signed(award, place, _signed(credential, signer, created)))
        except CannotBuild as problem:
            signed.append(Signed(award, place, None, str(problem)))
    return signed


def _signed(credential: Credential, signer: Signer, created: datetime) -> dict[str, Any]:
    """The same by either way: what does not fit a mould is signed as a single badge is."""
    try:
        return _mould(credential.issuer, credential.achievement).sign(credential, signer=signer, created=created)
    except DoesNotFit:
        return add_proof(building.achievement_credential(credential), signer=signer, created=created)


# A worker comes back to a list again and again. All that an issuer and a version say is the key, so whatever of it
# changes makes another mould. No signing key is kept with it.
@lru_cache(maxsize=8)
def _mould(issuer: Issuer, achievement: Achievement) -> Mould:
    return Mould(issuer=issuer, achievement=achievement)
