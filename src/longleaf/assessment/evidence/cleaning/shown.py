"""A picture or drawing inside an office document, told by its first bytes and not by its name."""

from __future__ import annotations

import gzip
import zlib

from longleaf.assessment.evidence.cleaning import drawings, pictures
from longleaf.assessment.evidence.cleaning.outcome import Reason, Unfit

# EMZ and WMZ are packed drawings; the packing has room for a name of its own.
PACKED, PACKED_FORM = b"\x1f\x8b", 31
MOST_UNPACKED = 150 * 1024 * 1024


def plain_picture(picture: bytes) -> bytes:
    """It without what it carries unseen; nothing where it cannot be looked into. Raises `Unfit` for one too large."""
    if picture.startswith(PACKED):
        plain = _plain(_unpacked(picture))
        return gzip.compress(plain, mtime=0) if plain else b""
    return _plain(picture)


def _plain(picture: bytes) -> bytes:
    if drawings.is_drawing(picture):
        return drawings.without_remarks(picture)
    return pictures.without_remarks(picture) if pictures.is_known(picture) else b""


def _unpacked(picture: bytes) -> bytes:
    opening = zlib.decompressobj(PACKED_FORM)
    try:
        unpacked = opening.decompress(picture, MOST_UNPACKED)
    except zlib.error:
        return b""
    if opening.unconsumed_tail:
        raise Unfit(Reason.TOO_MUCH)
    return unpacked
