"""Pictures inside documents: their remarks are cut out, and the picture itself is left as it is.

A picture that is brought by itself is drawn anew (`inspecting`); inside a document that would change its pages.
"""

from __future__ import annotations

import struct

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# APP1 (Exif, XMP), APP3 to APP13 and APP15, and comments. APP0, APP2 (colours) and APP14 change how it looks.
JPEG_REMARKS = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
START_OF_SCAN = 0xDA
PNG_REMARKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def without_remarks(picture: bytes) -> bytes:
    """The picture without them; anything that is no JPEG or PNG, or a damaged one, as it was."""
    if picture.startswith(JPEG):
        return _jpeg(picture)
    if picture.startswith(PNG):
        return _png(picture)
    return picture


def _jpeg(picture: bytes) -> bytes:
    kept, place = [JPEG], 2
    while place + 4 <= len(picture) and picture[place] == 0xFF:
        mark = picture[place + 1]
        if mark == START_OF_SCAN:
            break
        end = place + 2 + struct.unpack(">H", picture[place + 2 : place + 4])[0]
        if mark not in JPEG_REMARKS:
            kept.append(picture[place:end])
        place = end
    # After the end of the picture some cameras write another one, or a film.
    end = picture.rfind(b"\xff\xd9")
    return b"".join([*kept, picture[place : end + 2] if end >= place else picture[place:]])


def _png(picture: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while place + 12 <= len(picture):
        length, name = struct.unpack(">I4s", picture[place : place + 8])
        end = place + 12 + length
        if name not in PNG_REMARKS:
            kept.append(picture[place:end])
        place = end
        if name == b"IEND":
            break
    return b"".join(kept)
