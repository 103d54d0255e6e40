"""WebM (Matroska, RFC 9559): titles, programs, tags, attachments and chapters become blank `Void` elements.

Nothing moves, so the places that cues name stay true. Browsers record with sizes left open; both are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO

from longleaf.assessment.evidence.cleaning.bytewise import blank, copy_whole, exactly
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit

HEAD, SEGMENT, CLUSTER, INFO, TRACKS, TRACK = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE
SEEK, CUES, VOID, CHECKSUM = 0x114D9B74, 0x1C53BB6B, 0xEC, 0xBF
MUXING_APP, WRITING_APP = 0x4D80, 0x5741
TOP = frozenset({SEEK, INFO, TRACKS, CUES, CLUSTER})
TIMESTAMP_SCALE, DURATION = 0x2AD7B1, 0x4489
# TrackNumber, -UID, -Type, flags, durations, language, codec, picture, sound, encodings and delays: no names.
TRACK_KEPT = frozenset(
    {
        *(0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x55AB, 0x55AC, 0x55AD, 0x55AE, 0x55AF, 0x6DE7, 0x6DF8),
        *(0x23E383, 0x234E7A, 0x23314F, 0x55EE, 0x41E4, 0x22B59C, 0x22B59D, 0x86, 0x63A2, 0xAA, 0x56AA, 0x56BB),
        *(0xE0, 0xE1, 0xE2, 0x6D80),
    }
)
# Timestamp, SimpleBlock, BlockGroup, Position, PrevSize.
CLUSTER_KEPT = frozenset({0xE7, 0xA3, 0xA0, 0xA7, 0xAB})
KEPT: dict[int, frozenset[int]] = {
    SEGMENT: TOP,
    CLUSTER: CLUSTER_KEPT,
    INFO: frozenset({TIMESTAMP_SCALE, DURATION, MUXING_APP, WRITING_APP}),
    TRACKS: frozenset({TRACK}),
    TRACK: TRACK_KEPT,
}
MOST_ELEMENTS = 5_000_000


@dataclass(frozen=True)
class Element:
    """An element: its ID, and where its head, body and end are; `end` is None where its size was left open."""

    ident: int
    start: int
    body: int
    end: int | None


@dataclass
class Cleaning:
    """A file while it is being cleaned."""

    file: IO[bytes]
    size: int
    has_tracks: bool = False
    elements: int = 0
    taken: set[TakenOut] = field(default_factory=set)


def clean(source: IO[bytes], into: IO[bytes]) -> set[TakenOut]:
    """Copy the file and blank in the copy what is not played. Raises `Unfit`."""
    work = Cleaning(into, copy_whole(source, into))
    head = _element(work, 0, work.size)
    if head.ident != HEAD or head.end is None:
        raise Unfit(Reason.DAMAGED)
    segment = _element(work, head.end, work.size)
    if segment.ident != SEGMENT:
        raise Unfit(Reason.DAMAGED)
    end = _inside(work, segment, work.size)
    if blank(work.file, end, work.size):
        work.taken.add(TakenOut.PROPERTIES)
    if not work.has_tracks:
        raise Unfit(Reason.DAMAGED)
    return work.taken


def _inside(work: Cleaning, parent: Element, limit: int) -> int:
    """Go through what an element holds, and return where it ends."""
    place, end = parent.body, parent.end if parent.end is not None else limit
    while place < end:
        element = _element(work, place, end)
        if parent.end is None and parent.ident == CLUSTER and element.ident in TOP:
            # A cluster whose size was left open ends where the next thing of its own rank begins.
            return place
        place = _one(work, parent, element, end)
    return place


def _one(work: Cleaning, parent: Element, element: Element, limit: int) -> int:
    if element.ident in KEPT[parent.ident]:
        work.has_tracks = work.has_tracks or element.ident == TRACK
        if element.ident in KEPT:
            return _inside(work, element, limit)
        if element.end is None:
            raise Unfit(Reason.DAMAGED)
        if element.ident in {MUXING_APP, WRITING_APP}:
            # These two must be there, and may be empty words.
            _taken(work, blank(work.file, element.body, element.end))
        return element.end
    if element.end is None:
        raise Unfit(Reason.DAMAGED)
    _void(work, element, element.end)
    return element.end


def _void(work: Cleaning, element: Element, end: int) -> None:
    """The same room as an element that says nothing. A checksum goes too: what it sums up has changed."""
    length = end - element.start
    held = blank(work.file, element.body, end)
    work.file.seek(element.start)
    # One byte says a size up to 126, eight say any.
    if length < 10:
        work.file.write(bytes([VOID, 0x80 | (length - 2)]))
        blank(work.file, element.start + 2, end)
    else:
        work.file.write(bytes([VOID]) + ((1 << 56) | (length - 9)).to_bytes(8, "big"))
        blank(work.file, element.start + 9, end)
    _taken(work, held and element.ident not in {VOID, CHECKSUM})


def _taken(work: Cleaning, held: bool) -> None:
    if held:
        work.taken.add(TakenOut.PROPERTIES)


def _element(work: Cleaning, place: int, limit: int) -> Element:
    work.elements += 1
    if work.elements > MOST_ELEMENTS:
        raise Unfit(Reason.TOO_MUCH)
    work.file.seek(place)
    ident, _ = _number(work.file, longest=4)
    size, length = _number(work.file, longest=8)
    body = work.file.tell()
    size &= (1 << 7 * length) - 1
    is_open = size == (1 << 7 * length) - 1
    if is_open and ident not in {SEGMENT, CLUSTER}:
        raise Unfit(Reason.DAMAGED)
    if body > limit or (not is_open and body + size > limit and ident != SEGMENT):
        raise Unfit(Reason.DAMAGED)
    return Element(ident, place, body, None if is_open else min(body + size, limit))


def _number(file: IO[bytes], *, longest: int) -> tuple[int, int]:
    """A number whose first byte tells its length by its leading zeros; the bit that ends them is kept."""
    first = exactly(file, 1)[0]
    length = 9 - first.bit_length()
    if length > longest:
        raise Unfit(Reason.DAMAGED)
    return int.from_bytes(bytes([first]) + exactly(file, length - 1), "big"), length
