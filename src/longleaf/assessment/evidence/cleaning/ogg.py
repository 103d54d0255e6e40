"""Ogg with Vorbis or Opus: the packet of comments is emptied where it stands, and each page it lies on summed anew."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import IO

from longleaf.assessment.evidence.cleaning.bytewise import copy_whole, exactly
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit

HEAD = 27
BEGINS = 0x02
CONTINUES = 0x01
# By how a stream's first packet begins: how its second one, the comments, begins, and how many bytes end it.
CODINGS = {b"\x01vorbis": (b"\x03vorbis", 1), b"OpusHead": (b"OpusTags", 0)}
# A cover picture may lie among the comments.
LONGEST_COMMENTS = 16 * 1024 * 1024


@dataclass
class Stream:
    """What is known of one stream while its pages pass."""

    prefix: bytes
    ending: int
    # Where the bytes of the comments lie, part by part, and whether they have all been seen.
    places: list[tuple[int, int]] = field(default_factory=list)
    is_told: bool = False

    @property
    def length(self) -> int:
        return sum(end - start for start, end in self.places)


@dataclass(frozen=True)
class Page:
    """One page: where it begins and ends, whose it is, and the lengths of its parts."""

    start: int
    flags: int
    serial: int
    lacing: bytes

    @property
    def body(self) -> int:
        return self.start + HEAD + len(self.lacing)

    @property
    def end(self) -> int:
        return self.body + sum(self.lacing)


def clean(source: IO[bytes], into: IO[bytes]) -> set[TakenOut]:
    """Copy the file with its comments emptied. Raises `Unfit` for damage and for other codings."""
    size = copy_whole(source, into)
    streams: dict[int, Stream] = {}
    pages: list[Page] = []
    taken, place = False, 0
    while place < size:
        page = _page_at(into, place, size)
        if page.flags & BEGINS:
            streams[page.serial] = _begun(into, page)
        elif page.serial not in streams:
            raise Unfit(Reason.DAMAGED)
        elif not streams[page.serial].is_told:
            pages.append(page)
            if _follow(streams[page.serial], page):
                taken = _empty(into, streams[page.serial]) or taken
                _sum_anew(into, [each for each in pages if each.serial == page.serial])
        place = page.end
    if not streams or not all(each.is_told for each in streams.values()):
        raise Unfit(Reason.DAMAGED)
    return {TakenOut.PROPERTIES} if taken else set()


def _page_at(file: IO[bytes], place: int, size: int) -> Page:
    file.seek(place)
    head = exactly(file, HEAD)
    if head[:5] != b"OggS\0":
        raise Unfit(Reason.DAMAGED)
    page = Page(place, head[5], struct.unpack("<I", head[14:18])[0], exactly(file, head[26]))
    if page.end > size:
        raise Unfit(Reason.DAMAGED)
    return page


def _begun(file: IO[bytes], page: Page) -> Stream:
    file.seek(page.body)
    first = file.read(8)
    for head, (prefix, ending) in CODINGS.items():
        if first.startswith(head):
            return Stream(prefix, ending)
    raise Unfit(Reason.CODING)


def _follow(stream: Stream, page: Page) -> bool:
    """Add what of the second packet lies on this page, and tell whether that was the last of it."""
    if bool(page.flags & CONTINUES) != bool(stream.places):
        raise Unfit(Reason.DAMAGED)
    end = page.body
    for length in page.lacing:
        end += length
        if length < 255:
            stream.is_told = True
            break
    stream.places.append((page.body, end))
    if stream.length > LONGEST_COMMENTS:
        raise Unfit(Reason.TOO_MUCH)
    return stream.is_told


def _empty(file: IO[bytes], stream: Stream) -> bool:
    """Write comments of the same length that say nothing, and tell whether they said anything."""
    before = b""
    for start, end in stream.places:
        file.seek(start)
        before += exactly(file, end - start)
    prefix, spare = stream.prefix, len(before) - len(stream.prefix) - 8 - stream.ending
    if not before.startswith(prefix) or spare < 0:
        raise Unfit(Reason.DAMAGED)
    # All room is given to the name of the program, which is blank; then no comments, and Vorbis' closing bit.
    after = prefix + struct.pack("<I", spare) + b" " * spare + bytes(4) + b"\x01" * stream.ending
    written = 0
    for start, end in stream.places:
        file.seek(start)
        file.write(after[written : written + end - start])
        written += end - start
    return before != after


def _sum_anew(file: IO[bytes], pages: list[Page]) -> None:
    for page in pages:
        file.seek(page.start + 22)
        file.write(bytes(4))
        file.seek(page.start)
        checksum = _checksum(exactly(file, page.end - page.start))
        file.seek(page.start + 22)
        file.write(struct.pack("<I", checksum))


def _table() -> list[int]:
    table = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
        table.append(rest)
    return table


TABLE = _table()


def _checksum(page: bytes) -> int:
    """The sum of RFC 3533: polynomial 0x04c11db7, nothing reflected, begun with 0."""
    rest = 0
    for byte in page:
        rest = (rest << 8 & 0xFFFFFFFF) ^ TABLE[rest >> 24 ^ byte]
    return rest
