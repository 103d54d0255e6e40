"""Looking into a PDF: its compressed parts laid open."""

from __future__ import annotations

import re
import zlib


def unpacked(pdf: bytes) -> bytes:
    """The whole of a PDF with its compressed parts laid open behind it."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)
