"""Drawings and pictures as Office puts them into documents, with a mark wherever something can be written."""

from __future__ import annotations

import gzip
import io
import struct

from PIL import Image

from longleaf.assessment.tests.evidence.files_cast import MARK, M, dirty_jpeg


def record(kind: int, content: bytes = b"") -> bytes:
    padded = content + bytes(-len(content) % 4)
    return struct.pack("<II", kind, 8 + len(padded)) + padded


def comment(data: bytes) -> bytes:
    return record(70, struct.pack("<I", len(data)) + data)


def plus(kind: int, content: bytes, flags: int = 0) -> bytes:
    padded = content + bytes(-len(content) % 4)
    return struct.pack("<HHII", kind, flags, 12 + len(padded), len(content)) + padded


def plus_picture(picture: bytes, *, goes_on: bool = False) -> bytes:
    bitmap = struct.pack("<IIIIIII", 0xDBC01002, 1, 8, 8, 0, 0, 1) + picture
    return plus(0x4008, bitmap, 0x0500 | (0x8000 if goes_on else 0))


RECTANGLE = record(43, struct.pack("<iiii", 1, 1, 9, 9))


def emf(mark: str = MARK, drawn: bytes = b"") -> bytes:
    """A rectangle; with a mark, with a description, comments, a profile, an escape and something behind its end."""
    described = f"Longleaf\0{mark}\0\0".encode("utf-16-le") if mark else b""
    told = comment(mark.encode()) + comment(b"GDIC" + struct.pack("<I", 2) + mark.encode("utf-16-le"))
    profile = record(113, struct.pack("<III", 0, len(mark), 0) + mark.encode())
    aside = told + profile + record(106, mark.encode()) if mark else b""
    drawn += comment(b"EMF+" + (plus(0x4003, mark.encode()) if mark else b"") + plus(0x4001, bytes(16)))
    body = aside + RECTANGLE + drawn + record(14, struct.pack("<III", 0, 16, 20))
    count = _count(aside + RECTANGLE + drawn) + 2
    size = 108 + len(described) + -len(described) % 4
    head = struct.pack("<IIiiiiiiii4sIIIHHIII", 1, size, 0, 0, 9, 9, 0, 0, 99, 99, b" EMF", 0x10000, size + len(body),
                       count, 1, 0, len(described) // 2, 108 if mark else 0, 0)  # fmt: skip
    head += struct.pack("<iiiiIIIii", 100, 100, 30, 30, 0, 0, 0, 30000, 30000)
    return head + described + bytes(-len(described) % 4) + body + mark.encode()


def _count(records: bytes) -> int:
    place = number = 0
    while place < len(records):
        place, number = place + struct.unpack_from("<I", records, place + 4)[0], number + 1
    return number


def wmf(mark: str = MARK, *, placed: bool = False) -> bytes:
    """A rectangle; with a mark, with an escape and something behind its end."""
    escape = struct.pack("<HH", 15, len(mark)) + mark.encode() + bytes(len(mark) % 2)
    records = [struct.pack("<IHhhhh", 7, 0x041B, 9, 9, 1, 1), struct.pack("<IH", 3, 0)]
    if mark:
        records.insert(0, struct.pack("<IH", 3 + len(escape) // 2, 0x0626) + escape)
    words = 9 + sum(map(len, records)) // 2
    head = struct.pack("<HHHIHIH", 1, 9, 0x0300, words, 0, max(map(len, records)) // 2, 0)
    frame = struct.pack("<IHhhhhHIH", 0x9AC6CDD7, 0, 0, 0, 9, 9, 1440, 0, 0)
    return (frame if placed else b"") + head + b"".join(records) + mark.encode()


def bmp(mark: str = MARK) -> bytes:
    """Its points begin behind a gap in which, and behind which, something is written."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), (90, 120, 60)).save(file, "BMP")
    plain = file.getvalue()
    gap = mark.encode()
    head = plain[:10] + struct.pack("<I", 54 + len(gap)) + plain[14:54]
    return head + gap + plain[54:] + gap


def packed(drawing: bytes) -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile(f"{MARK}.emf", "wb", fileobj=file) as into:
        into.write(drawing)
    return file.getvalue()


DIRTY = {
    "emf": emf(),
    "emf-with-a-photograph": emf(drawn=comment(b"EMF+" + plus_picture(dirty_jpeg()))),
    "wmf": wmf(),
    "wmf-placed": wmf(placed=True),
    "bmp": bmp(),
}
# Damaged, of a form that nobody here reads, or holding more than can be looked into.
UNSEEN = {
    "emf": emf()[:-60],
    "wmf": wmf()[:-30],
    "bmp": b"BM" + M,
    "jxr": b"II\xbc\x01" + M,
    "png": M,
    "tiff": b"II*\0" + M,
    "emf-that-goes-on": emf(drawn=comment(b"EMF+" + plus_picture(dirty_jpeg(), goes_on=True))),
    "emf-with-something": emf(drawn=comment(b"EMF+" + plus_picture(M))),
    "wmv": M,
    "doc": M,
}
