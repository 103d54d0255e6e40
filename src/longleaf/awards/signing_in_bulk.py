"""Signing many awards of one issuer and one version: the one place where a faster way of signing goes in.

Pure with regard to the database once the achievement is read: awards that are not stored yet come in with their places
in the status list, and each comes out with its credential, or with the reason why it cannot have one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longleaf.awards import achievements, credentials
from longleaf.awards.models import Award
from longleaf.awards.status_lists import Place
from longleaf.engines.openbadges.errors import CannotBuild
from longleaf.engines.openbadges.keys import Signer
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
    achievement = achievements.achievement_of(awards[0].version)
    signed = []
    for award, place in zip(awards, places, strict=True):
        try:
            document = credentials.unsigned_credential(award, place=place, achievement=achievement)
            signed.append(Signed(award, place, add_proof(document, signer=signer, created=created)))
        except CannotBuild as problem:
            signed.append(Signed(award, place, None, str(problem)))
    return signed
