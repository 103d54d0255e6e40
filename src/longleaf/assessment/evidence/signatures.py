"""Telling a file by its first bytes, where libmagic is not installed. It knows what is welcome here and nothing else.

No Django, no database.
"""

from __future__ import annotations

UNKNOWN = "application/octet-stream"

# What stands at which place of a file's first bytes, and what the file then is (each format's own specification).
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (4, b"ftypqt  ", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"OggS", "application/ogg"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    # Office documents are zip files; `inspecting` looks into their list of parts.
    (0, b"PK\x03\x04", "application/zip"),
)
# An OpenDocument file says what it is in its first entry, which is stored unpacked.
MIMETYPE_ENTRY = b"mimetypeapplication/vnd.oasis.opendocument."


def seen_as(head: bytes) -> str:
    """The media type that the first bytes of a file speak of."""
    if head.startswith(b"PK\x03\x04") and MIMETYPE_ENTRY in head[:120]:
        name = head.partition(b"mimetype")[2].partition(b"PK")[0]
        return name.decode("ascii", errors="replace")
    found = (media for offset, mark, media in SIGNATURES if head[offset:].startswith(mark))
    return next(found, UNKNOWN)
