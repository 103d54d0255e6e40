"""The pictures of a badge: as they travel, with the credential inside, and the QR code that leads to its page."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno
from django.core.cache import cache

from longleaf.awards import addresses
from longleaf.awards.errors import NotIssuedYet
from longleaf.awards.models import Award
from longleaf.awards.sharing import raster
from longleaf.catalog.badge import badge_of
from longleaf.engines.openbadges.baking import bake_png, bake_svg

if TYPE_CHECKING:
    from longleaf.catalog.models import Version

PIXELS = 512
A_DAY = 24 * 60 * 60


def written(document: dict[str, Any]) -> str:
    """A document as it is served: plain ASCII, because wallets trip over anything else, and always the same."""
    return json.dumps(document, sort_keys=True, indent=2)


def baked_png(award: Award) -> bytes:
    """The badge as PNG with its credential inside. Raises `NotIssuedYet`."""
    return bake_png(bare_png(award.version), _carried(award))


def baked_svg(award: Award) -> bytes:
    """The badge as SVG with its credential inside. Raises `NotIssuedYet`."""
    return bake_svg(badge_of(award.version).encode(), _carried(award))


def bare_png(version: Version) -> bytes:
    """The artwork of a version as PNG. Drawing takes a tenth of a second and a version never changes, so it is kept."""
    name = f"awards:artwork:{version.uuid}:{PIXELS}"
    drawn: bytes | None = cache.get(name)
    if drawn is None:
        drawn = raster.png_of(badge_of(version), size=PIXELS)
        cache.set(name, drawn, A_DAY)
    return drawn


def edition_of(award: Award) -> str:
    """What tells one copy of a badge from the next, its proof: what is made of it is kept under this."""
    proofs = (award.credential or {}).get("proof") or [{"proofValue": ""}]
    return f"{award.status}:{proofs[0]['proofValue'][-16:]}"


def qr_svg(award: Award) -> bytes:
    """A QR code of the address of the badge's page, dark on white, readable from a printed certificate."""
    out = BytesIO()
    segno.make(addresses.badge(award.uuid), error="m").save(
        out, kind="svg", scale=4, border=4, dark="#1b1f1d", light="#ffffff", title="This badge’s page", xmldecl=True
    )
    return out.getvalue()


def _carried(award: Award) -> str:
    if award.credential is None:
        raise NotIssuedYet
    return json.dumps(award.credential, sort_keys=True)
