"""Drawings inside documents, EMF (MS-EMF), EMF+ (MS-EMFPLUS) and WMF (MS-WMF): written anew without what draws nothing.

They are lists of records. Descriptions, comments, what is meant for a printer, paths of colour profiles and whatever
stands behind the end go; what draws stays as it was.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from longleaf.assessment.evidence.cleaning import pictures

EMF_MARK, EMF_MARK_AT = b" EMF", 40
EMF_HEADS = (108, 100, 88)
EMF_HEAD, EMF_END, EMF_COMMENT = 1, 14, 70
# Colour spaces and profiles name files; escapes speak to a printer.
EMF_DRAWS_NOTHING = frozenset({99, 100, 101, 105, 106, 110, 112, 113, 121, 122})
PLUS, PLUS_COMMENT, PLUS_OBJECT = b"EMF+", 0x4003, 0x4008
PLUS_IMAGE, PLUS_GOES_ON = 5, 0x8000
PLUS_BITMAP, PLUS_COMPRESSED = 1, 1
PLUS_HEAD, PLUS_PICTURE_AT = 12, 28
WMF_PLACED, WMF_PLACED_SIZE = b"\xd7\xcd\xc6\x9a", 22
WMF_MARKS = (b"\x01\0\x09\0\0\x03", b"\x02\0\x09\0\0\x03", b"\x01\0\x09\0\0\x01", b"\x02\0\x09\0\0\x01")
WMF_HEAD, WMF_END, WMF_ESCAPE = 18, 0, 0x0626


class _Unseen(Exception):
    """A drawing that is damaged, or holds something that cannot be looked into."""


def is_drawing(content: bytes) -> bool:
    is_emf = content[EMF_MARK_AT : EMF_MARK_AT + 4] == EMF_MARK and content[:4] == struct.pack("<I", EMF_HEAD)
    return is_emf or content.startswith((WMF_PLACED, *WMF_MARKS))


def without_remarks(drawing: bytes) -> bytes:
    """The drawing without them; nothing where it is damaged or holds something that cannot be looked into."""
    try:
        return _emf(drawing) if drawing[:4] == struct.pack("<I", EMF_HEAD) else _wmf(drawing)
    except (_Unseen, struct.error):
        return b""


def _emf(drawing: bytes) -> bytes:
    (_, head), *records = _emf_records(drawing)
    kept = [plain for kind, record in records if (plain := _emf_record(kind, record))]
    head = _emf_head(head)
    size = len(head) + sum(map(len, kept))
    counted = head[:48] + struct.pack("<II", size, 1 + len(kept)) + head[56:]
    return b"".join([counted, *kept])


def _emf_records(drawing: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while True:
        kind, size = struct.unpack_from("<II", drawing, place)
        if size < 8 or size % 4 or place + size > len(drawing) or (kind == EMF_HEAD) != (place == 0):
            raise _Unseen
        yield kind, drawing[place : place + size]
        if kind == EMF_END:
            return
        place += size


def _emf_head(head: bytes) -> bytes:
    """Of the length that it says itself, without the description that stands behind it."""
    described_at = struct.unpack_from("<I", head, 64)[0]
    long = min(len(head), described_at) if described_at else len(head)
    size = next((each for each in EMF_HEADS if each <= long), 0)
    if not size:
        raise _Unseen
    plain = struct.pack("<II", EMF_HEAD, size) + head[8:60] + bytes(8) + head[68:size]
    # Neither is there a form of points behind it, which only drawings of OpenGL have.
    return plain if size < 100 else plain[:88] + bytes(8) + plain[96:]


def _emf_record(kind: int, record: bytes) -> bytes:
    if kind in EMF_DRAWS_NOTHING:
        return b""
    if kind == EMF_COMMENT:
        return _emf_comment(record)
    if kind == EMF_END and struct.unpack_from("<I", record, 8)[0] == 0:
        return struct.pack("<IIIII", EMF_END, 20, 0, 16, 20)
    return record


def _emf_comment(record: bytes) -> bytes:
    """Of comments only those stay that draw: EMF+."""
    length = struct.unpack_from("<I", record, 8)[0]
    if record[12:16] != PLUS:
        return b""
    kept = b"".join(_plus_records(record[16 : 12 + length]))
    data = PLUS + kept
    padded = data + bytes(-len(data) % 4)
    return struct.pack("<III", EMF_COMMENT, 12 + len(padded), len(data)) + padded if kept else b""


def _plus_records(content: bytes) -> Iterator[bytes]:
    place = 0
    while place + PLUS_HEAD <= len(content):
        kind, flags, size, length = struct.unpack_from("<HHII", content, place)
        if size < PLUS_HEAD + length or size % 4 or place + size > len(content):
            raise _Unseen
        record = content[place : place + size]
        if kind == PLUS_OBJECT and (flags >> 8) & 0x7F == PLUS_IMAGE:
            record = _plus_image(record, flags)
        if kind != PLUS_COMMENT:
            yield record
        place += size


def _plus_image(record: bytes, flags: int) -> bytes:
    """An image inside a drawing: points as they are, or a picture of another form, cleaned and filled up."""
    if flags & PLUS_GOES_ON:
        raise _Unseen
    kind = struct.unpack_from("<I", record, PLUS_HEAD + 4)[0]
    if kind != PLUS_BITMAP:
        raise _Unseen
    at = PLUS_HEAD + PLUS_PICTURE_AT
    if struct.unpack_from("<I", record, at - 4)[0] != PLUS_COMPRESSED:
        return record
    picture = pictures.without_remarks(record[at:]) if pictures.is_known(record[at:]) else b""
    if not picture or len(picture) > len(record) - at:
        raise _Unseen
    return record[:at] + picture.ljust(len(record) - at, b"\0")


def _wmf(drawing: bytes) -> bytes:
    start = WMF_PLACED_SIZE if drawing.startswith(WMF_PLACED) else 0
    placed, head = drawing[:start], drawing[start : start + WMF_HEAD]
    kept = [record for kind, record in _wmf_records(drawing, start + WMF_HEAD) if kind != WMF_ESCAPE]
    words = (WMF_HEAD + sum(map(len, kept))) // 2
    longest = max(map(len, kept)) // 2
    counted = head[:6] + struct.pack("<I", words) + head[10:12] + struct.pack("<I", longest) + head[16:]
    return b"".join([placed, counted, *kept])


def _wmf_records(drawing: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while True:
        words, kind = struct.unpack_from("<IH", drawing, place)
        size = words * 2
        if size < 6 or place + size > len(drawing):
            raise _Unseen
        if kind == WMF_END:
            yield kind, struct.pack("<IH", 3, WMF_END)
            return
        yield kind, drawing[place : place + size]
        place += size
