"""Pictures inside documents: their remarks are cut out, and the picture itself is left as it is.

A picture that is brought by itself is drawn anew (`inspecting`); inside a document that would change its pages.
"""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image

JPEG, PNG, GIF, BMP = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM"
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# APP1 (Exif, XMP), APP3 to APP13 and APP15, and comments. APP0 and APP14 change how it looks; APP2 does where it is
# the table of colours, and lists further pictures behind this one where it is not.
JPEG_REMARKS = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
COLOURS, COLOURS_MARK = 0xE2, b"ICC_PROFILE\0"
START_OF_SCAN, END_OF_PICTURE = 0xDA, 0xD9
# Inside a scan, bytes that are no mark: a byte of the picture itself, and the numbers from which it can be taken up.
OF_THE_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})
PNG_REMARKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
WEBP_REMARKS = frozenset({b"EXIF", b"XMP "})
GIF_HEAD, GIF_EXTENSION, GIF_PICTURE = 13, 0x21, 0x2C
GIF_COMMENT, GIF_OF_A_PROGRAM, GIF_LOOPS = 0xFE, 0xFF, (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
# In the flags of an extended WebP: that it carries Exif or XMP.
WEBP_SAYS_SO = 0x0C


# Pillow stumbles over damaged pictures in ways of its own.
DAMAGE = (
    *(OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, struct.error),
    Image.DecompressionBombError,
)


def is_known(picture: bytes) -> bool:
    """Whether it is of a form that is looked into here."""
    return picture.startswith((JPEG, PNG, GIF, BMP, *TIFF)) or (picture[:4] == b"RIFF" and picture[8:12] == b"WEBP")


def without_remarks(picture: bytes) -> bytes:
    """The picture without them, and of another form as it was. Of a damaged one its remarks go as far as it can be
    read; nothing is left of one that must be drawn anew (TIFF, BMP) and cannot be."""
    if picture.startswith(JPEG):
        return _jpeg(picture)
    if picture.startswith(PNG):
        return _png(picture)
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return _webp(picture)
    if picture.startswith(GIF):
        return _gif(picture)
    if picture.startswith(TIFF):
        return _drawn_anew(picture, "TIFF", compression="tiff_adobe_deflate")
    return _drawn_anew(picture, "BMP") if picture.startswith(BMP) else picture


def _jpeg(picture: bytes) -> bytes:
    """Until the end of the first picture: behind it cameras write a preview, a map of light, or a film."""
    kept, place = [JPEG], 2
    while place + 4 <= len(picture) and picture[place] == 0xFF:
        mark = picture[place + 1]
        if mark == END_OF_PICTURE:
            return b"".join([*kept, picture[place : place + 2]])
        if mark == 0xFF:  # A mark may be filled up.
            place += 1
            continue
        end = place + 2 + struct.unpack(">H", picture[place + 2 : place + 4])[0]
        if mark == START_OF_SCAN:
            end = _end_of_scan(picture, end)
        if not _is_remark(mark, picture[place + 4 : end]):
            kept.append(picture[place:end])
        place = end
    # Here stands the last mark, or something that is none: a damaged picture stays as damaged as it was.
    return b"".join([*kept, picture[place:]])


def _is_remark(mark: int, content: bytes) -> bool:
    return mark in JPEG_REMARKS or (mark == COLOURS and not content.startswith(COLOURS_MARK))


def _end_of_scan(picture: bytes, place: int) -> int:
    """Where the next mark stands behind a scan that begins here; the end of the file where there is none."""
    while (place := picture.find(b"\xff", place)) >= 0:
        if place + 1 < len(picture) and picture[place + 1] not in OF_THE_SCAN:
            return place
        place += 2
    return len(picture)


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


def _webp(picture: bytes) -> bytes:
    kept, place = list[bytes](), 12
    while place + 8 <= len(picture):
        name, length = struct.unpack("<4sI", picture[place : place + 8])
        end = place + 8 + length + length % 2
        chunk = picture[place:end]
        if name == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_SAYS_SO]) + chunk[9:]
        if name not in WEBP_REMARKS:
            kept.append(chunk)
        place = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(picture: bytes) -> bytes:
    place = GIF_HEAD + _colours(picture, 10)
    kept = [picture[:place]]
    while place + 2 < len(picture) and picture[place] in {GIF_EXTENSION, GIF_PICTURE}:
        is_extension = picture[place] == GIF_EXTENSION
        first = place + 2 if is_extension else place + 11 + _colours(picture, place + 9)
        end = _end_of_blocks(picture, first)
        says, label = picture[first:end], picture[place + 1]
        is_remark = label == GIF_COMMENT or (label == GIF_OF_A_PROGRAM and not says.startswith(GIF_LOOPS))
        if not (is_extension and is_remark):
            kept.append(picture[place:end])
        place = end
    # The end is one byte; what stands behind it is no part of the picture.
    return b"".join([*kept, picture[place : place + 1]])


def _colours(picture: bytes, flags: int) -> int:
    """How long the table of colours is that these flags announce."""
    told = picture[flags] if flags < len(picture) else 0
    return 3 << ((told & 0x07) + 1) if told & 0x80 else 0


def _end_of_blocks(picture: bytes, place: int) -> int:
    while place < len(picture) and picture[place]:
        place += 1 + picture[place]
    return min(place + 1, len(picture))


def _drawn_anew(picture: bytes, form: str, **how: str) -> bytes:
    """Where remarks may lie anywhere, or a path to a profile does. One that is plain already stays as it is."""
    try:
        # Broken remarks are only warned of, and none of them stays.
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(picture), formats=[form]) as shown:
            plain, drawn = Image.new(shown.mode, shown.size), io.BytesIO()
            plain.paste(shown)
            if shown.palette:
                plain.putpalette(shown.palette)
            plain.save(drawn, form, dpi=shown.info.get("dpi", (72, 72)), **how)
    except DAMAGE:
        return b""
    return drawn.getvalue()
