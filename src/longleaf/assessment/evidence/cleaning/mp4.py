"""MP4, M4A and QuickTime (ISO 14496-12): only boxes that playing needs are kept; all others become blank `free` boxes.

Nothing moves, so the tables of places stay true. Tracks of other things than picture, sound and captions, such as the
positions that cameras write beside the picture, go with all their samples.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from longleaf.assessment.evidence.cleaning import samples
from longleaf.assessment.evidence.cleaning.bytewise import blank, copy_whole, exactly, holds
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit

TABLES = (
    *("stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stps", "sdtp", "sbgp", "sgpd"),
    *("subs", "saiz", "saio"),
)
# What may lie in what. Whatever is not named here is not needed to play.
KEPT: dict[str, frozenset[str]] = {
    "": frozenset({"ftyp", "styp", "moov", "mdat", "moof", "mfra", "sidx", "ssix", "pdin", "wide"}),
    "moov": frozenset({"mvhd", "trak", "mvex", "iods"}),
    "mvex": frozenset({"mehd", "trex", "leva"}),
    "trak": frozenset({"tkhd", "edts", "mdia", "tref", "tapt"}),
    "mdia": frozenset({"mdhd", "hdlr", "minf", "elng"}),
    "minf": frozenset({"vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd", "hdlr", "dinf", "stbl"}),
    "dinf": frozenset({"dref"}),
    "stbl": frozenset(TABLES),
    "moof": frozenset({"mfhd", "traf"}),
    "traf": frozenset({"tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio", "senc"}),
}
PLAYED = frozenset({b"vide", b"soun", b"subt", b"sbtl", b"text", b"clcp"})
WHERE = (b"\xa9xyz", b"location", b"loci", b"GPS", b"xmp:", b"exif:")
BLANK_ALREADY = frozenset({"free", "skip", "wide"})
MOST_BOXES = 200_000
# Where, in the description of a picture track, the name of the camera's coder stands.
CODER_NAME = (50, 82)


@dataclass(frozen=True)
class Box:
    """A box: its type, and where its head, its body and its end are."""

    kind: str
    start: int
    body: int
    end: int


@dataclass
class Cleaning:
    """A file while it is being cleaned."""

    file: IO[bytes]
    taken: set[TakenOut] = field(default_factory=set)
    boxes: int = 0
    tracks: int = 0
    left_out: int = 0
    is_fragmented: bool = False


def clean(source: IO[bytes], into: IO[bytes]) -> set[TakenOut]:
    """Copy the file and blank in the copy what is not played. Raises `Unfit`."""
    size = copy_whole(source, into)
    work = Cleaning(into)
    _inside(work, "", 0, size)
    if not work.tracks:
        raise Unfit(Reason.DAMAGED)
    if work.is_fragmented and work.left_out:
        # Their samples lie among the others, piece by piece.
        raise Unfit(Reason.CODING)
    return work.taken


def _boxes(work: Cleaning, start: int, end: int, *, is_top: bool) -> Iterator[Box]:
    while start + 8 <= end:
        work.boxes += 1
        if work.boxes > MOST_BOXES:
            raise Unfit(Reason.TOO_MUCH)
        work.file.seek(start)
        size, kind = struct.unpack(">I4s", exactly(work.file, 8))
        head = 8
        if size == 1:
            head, size = 16, struct.unpack(">Q", exactly(work.file, 8))[0]
        elif size == 0 and is_top:
            size = end - start
        if size < head or start + size > end:
            raise Unfit(Reason.DAMAGED)
        yield Box(kind.decode("latin-1"), start, start + head, start + size)
        start += size
    blank(work.file, start, end)


def _inside(work: Cleaning, parent: str, start: int, end: int) -> None:
    for box in _boxes(work, start, end, is_top=parent == ""):
        if box.kind not in KEPT[parent]:
            _void(work, box)
        elif box.kind == "trak":
            _track(work, box)
        elif box.kind in KEPT:
            work.is_fragmented = work.is_fragmented or box.kind == "moof"
            _inside(work, box.kind, box.body, box.end)
        else:
            _leaf(work, box)


def _void(work: Cleaning, box: Box, taken: TakenOut = TakenOut.PROPERTIES) -> None:
    is_place = holds(work.file, box.body, box.end, WHERE)
    work.file.seek(box.start + 4)
    work.file.write(b"free")
    if blank(work.file, box.body, box.end) and box.kind not in BLANK_ALREADY:
        work.taken |= {taken, TakenOut.PLACE} if is_place else {taken}


def _track(work: Cleaning, box: Box) -> None:
    if _handler(work, box) in PLAYED:
        work.tracks += 1
        _inside(work, "trak", box.body, box.end)
        return
    work.left_out += 1
    table = {each.kind: each for each in _path(work, box, ("mdia", "minf", "stbl"))}
    for start, end in samples.places(work.file, {kind: (each.body, each.end) for kind, each in table.items()}):
        blank(work.file, start, end)
    _void(work, box, TakenOut.DATA_TRACKS)


def _handler(work: Cleaning, track: Box) -> bytes:
    for box in _path(work, track, ("mdia",)):
        if box.kind == "hdlr" and box.end - box.body >= 12:
            work.file.seek(box.body + 8)
            return exactly(work.file, 4)
    raise Unfit(Reason.DAMAGED)


def _path(work: Cleaning, box: Box, kinds: tuple[str, ...]) -> list[Box]:
    """The boxes in the first box of each kind, each inside the one before; none where there is no such way."""
    inside = list(_boxes(work, box.body, box.end, is_top=False))
    if not kinds:
        return inside
    found = next((each for each in inside if each.kind == kinds[0]), None)
    return _path(work, found, kinds[1:]) if found else []


def _leaf(work: Cleaning, box: Box) -> None:
    if box.kind in {"mvhd", "tkhd", "mdhd"}:
        work.file.seek(box.body)
        length = 16 if exactly(work.file, 1) == b"\x01" else 8
        _forget(work, box, 4, 4 + length)
    elif box.kind == "hdlr":
        # Its name is the name of a program or a camera.
        _forget(work, box, 12, box.end - box.body)
    elif box.kind == "dref":
        _forget_paths(work, box)
    elif box.kind == "stsd":
        _forget_coder(work, box)
    elif box.kind == "wide":
        blank(work.file, box.body, box.end)


def _forget(work: Cleaning, box: Box, first: int, last: int) -> None:
    if blank(work.file, min(box.body + first, box.end), min(box.body + last, box.end)):
        work.taken.add(TakenOut.PROPERTIES)


def _forget_paths(work: Cleaning, box: Box) -> None:
    """Samples lie in this file; where else they once lay is nobody's business."""
    for entry in _boxes(work, min(box.body + 8, box.end), box.end, is_top=False):
        work.file.seek(entry.body)
        if entry.end - entry.body >= 4:
            work.file.write(b"\0\0\0\x01")
        if blank(work.file, min(entry.body + 4, entry.end), entry.end):
            work.taken.add(TakenOut.PATHS)


def _forget_coder(work: Cleaning, box: Box) -> None:
    for entry in _boxes(work, min(box.body + 8, box.end), box.end, is_top=False):
        first, last = (entry.start + place for place in CODER_NAME)
        if last + 4 <= entry.end and _is_picture(work.file, entry):
            blank(work.file, first, last)


def _is_picture(file: IO[bytes], entry: Box) -> bool:
    """Whether the description is of a picture track: the resolution in it is the same 72 for all of them."""
    file.seek(entry.start + 36)
    return exactly(file, 8) == bytes.fromhex("00480000") * 2
