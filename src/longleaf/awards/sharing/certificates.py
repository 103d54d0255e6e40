"""A badge on paper: a certificate as PDF/UA-1, with real text, and a QR code that leads to the badge's page."""

from __future__ import annotations

from base64 import b64encode

from django.core.cache import cache
from django.template.loader import render_to_string

from longleaf.awards.badge_page import BadgePage
from longleaf.awards.errors import NotIssuedYet, NotOnPaper
from longleaf.awards.models import Award
from longleaf.awards.sharing import pictures
from longleaf.awards.status import AwardStatus
from longleaf.catalog import paper
from longleaf.catalog.badge import badge_of
from longleaf.directory import queries as directory

A_DAY = 24 * 60 * 60


def certificate(page: BadgePage) -> bytes:
    """The certificate of a badge that is good.

    Drawn once a day for each copy, which takes a moment. Raises `NotIssuedYet`, `NotOnPaper` for a badge that was
    revoked, and `PaperNotPossible` on a machine that cannot draw.
    """
    award = page.award
    _require_good(award)
    name = f"awards:certificate:{award.uuid}:{pictures.edition_of(award)}"
    drawn: bytes | None = cache.get(name)
    if drawn is None:
        drawn = paper.pdf_of(render_to_string("awards/certificate_on_paper.html", _context(page)))
        cache.set(name, drawn, A_DAY)
    return drawn


def _require_good(award: Award) -> None:
    if award.status == AwardStatus.QUEUED:
        raise NotIssuedYet
    if award.status == AwardStatus.REVOKED:
        raise NotOnPaper


def _context(page: BadgePage) -> dict[str, object]:
    return {
        "page": page,
        "award": page.award,
        "version": page.award.version,
        "state": directory.current_state(),
        "artwork": _inside(badge_of(page.award.version).encode()),
        "qr": _inside(pictures.qr_svg(page.award)),
    }


def _inside(svg: bytes) -> str:
    """A drawing as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
