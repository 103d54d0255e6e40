"""The structure of a PNG: its chunks, one after the other, each checked, none decoded as pixels.

Follows the Portable Network Graphics specification of the W3C. Whatever is cut off, damaged, enormous or hidden behind
the end is refused with a reason, in time and memory bounded by the size of the file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import UnreadableMaterial
from .limits import MAX_JSON_BYTES, MAX_MATERIAL_BYTES

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXT_KINDS = (b"iTXt", b"tEXt", b"zTXt")
_MOST_PIXELS = 100_000_000
_MOST_CHUNKS = 20_000
_FRESH = "Ask the issuer or the earner for the badge file itself."


@dataclass(frozen=True)
class Chunk:
    """One piece of a PNG: its kind, its data, and all its bytes."""

    kind: bytes
    data: bytes
    whole: bytes

    @property
    def keyword(self) -> bytes:
        """What a text chunk says that it is; nothing for any other chunk."""
        return self.data.partition(b"\0")[0] if self.kind in _TEXT_KINDS else b""


def chunks(picture: bytes) -> Iterator[Chunk]:
    """Every chunk from IHDR to IEND. Raises `UnreadableMaterial`."""
    if len(picture) > MAX_MATERIAL_BYTES:
        raise UnreadableMaterial(f"The picture is larger than {MAX_MATERIAL_BYTES // 1024**2} MB. {_FRESH}")
    if not picture.startswith(SIGNATURE):
        raise UnreadableMaterial("The picture is not a PNG.")
    offset = len(SIGNATURE)
    for number in range(_MOST_CHUNKS):
        found = _chunk_at(picture, offset)
        if number == 0:
            _check_header(found)
        elif found.kind == b"IHDR":
            raise UnreadableMaterial(f"The picture has two headers. {_FRESH}")
        yield found
        offset += len(found.whole)
        if found.kind == b"IEND":
            if offset != len(picture):
                raise UnreadableMaterial(f"Something is hidden behind the end of the picture. {_FRESH}")
            return
    raise UnreadableMaterial(f"The picture is made of more than {_MOST_CHUNKS} pieces. {_FRESH}")


def itxt(keyword: bytes, text: bytes) -> bytes:
    """A whole iTXt chunk with a text in it."""
    # After the keyword: not compressed, method 0, no language, no translated keyword.
    data = keyword + b"\0\0\0\0\0" + text
    return struct.pack(">I4s", len(data), b"iTXt") + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))


def text_of(chunk: Chunk, *, plain: bool = False) -> str:
    """The text of an iTXt chunk. Raises `UnreadableMaterial` for one that is stored otherwise, too large or no text.

    `plain` takes a tEXt chunk too: the first badges of all were baked so.
    """
    rest = chunk.data[len(chunk.keyword) + 1 :]
    if plain and chunk.kind == b"tEXt" and len(rest) <= MAX_JSON_BYTES:
        # Latin-1 by the specification of PNG; badges write no more than ASCII there.
        return rest.decode("latin-1")
    if chunk.kind != b"iTXt" or len(rest) < 2 or rest[0] not in (0, 1) or rest.count(b"\0", 2) < 2:
        raise UnreadableMaterial(f"The credential in the picture is not stored as badges store it. {_FRESH}")
    text = rest[2:].split(b"\0", 2)[2]
    if rest[0] == 1:
        text = _inflated(text)
    if len(text) > MAX_JSON_BYTES:
        raise UnreadableMaterial(f"The credential in the picture is larger than credentials are. {_FRESH}")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableMaterial(f"The credential in the picture is not text. {_FRESH}") from None


def _chunk_at(picture: bytes, offset: int) -> Chunk:
    if offset + 12 > len(picture):
        raise UnreadableMaterial(f"The picture is cut off. {_FRESH}")
    length, kind = struct.unpack_from(">I4s", picture, offset)
    end = offset + 12 + length
    if end > len(picture):
        raise UnreadableMaterial(f"The picture is cut off. {_FRESH}")
    data = picture[offset + 8 : end - 4]
    if zlib.crc32(kind + data) != int.from_bytes(picture[end - 4 : end]):
        raise UnreadableMaterial(f"The picture is damaged. {_FRESH}")
    return Chunk(kind, data, picture[offset:end])


def _check_header(chunk: Chunk) -> None:
    if chunk.kind != b"IHDR" or len(chunk.data) != 13:
        raise UnreadableMaterial(f"The picture does not begin as a PNG does. {_FRESH}")
    width, height = struct.unpack_from(">II", chunk.data)
    if not 0 < width * height <= _MOST_PIXELS:
        raise UnreadableMaterial(f"The picture claims {width} by {height} pixels, which no badge has. {_FRESH}")


def _inflated(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, MAX_JSON_BYTES + 1)
    except zlib.error:
        raise UnreadableMaterial(f"The credential in the picture is damaged. {_FRESH}") from None
    if not unpacking.eof:
        raise UnreadableMaterial(f"The credential in the picture is cut off, or far too large. {_FRESH}")
    return text
