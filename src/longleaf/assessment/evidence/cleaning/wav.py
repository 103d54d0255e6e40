"""WAV (RIFF): the format and the sound are copied; titles, studios, positions and whatever else is not."""

from __future__ import annotations

import struct
from typing import IO

from longleaf.assessment.evidence.cleaning.bytewise import copy, exactly, size_of
from longleaf.assessment.evidence.cleaning.outcome import Reason, TakenOut, Unfit

KEPT = frozenset({b"fmt ", b"fact", b"data"})
SHORTEST_FORMAT = 16
LONGEST_HEADER = 4096


def clean(source: IO[bytes], into: IO[bytes]) -> set[TakenOut]:
    """Copy what is played. Raises `Unfit`."""
    size = size_of(source)
    source.seek(0)
    head = exactly(source, 12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        raise Unfit(Reason.DAMAGED)
    into.seek(0)
    into.write(head)
    found: set[bytes] = set()
    left_out = False
    while source.tell() + 8 <= size and b"data" not in found:
        name, length = struct.unpack("<4sI", exactly(source, 8))
        # A recorder that was cut off left a length that says nothing.
        length = min(length, size - source.tell())
        if name in KEPT:
            found.add(name)
            _copy_chunk(source, into, name, length)
        else:
            left_out = True
            source.seek(length, 1)
        source.seek(length % 2, 1)
    if not {b"fmt ", b"data"} <= found:
        raise Unfit(Reason.DAMAGED)
    written = into.tell()
    into.seek(4)
    into.write(struct.pack("<I", written - 8))
    return {TakenOut.PROPERTIES} if left_out or source.tell() < size else set()


def _copy_chunk(source: IO[bytes], into: IO[bytes], name: bytes, length: int) -> None:
    if name != b"data" and not SHORTEST_FORMAT * (name == b"fmt ") <= length <= LONGEST_HEADER:
        raise Unfit(Reason.DAMAGED)
    into.write(struct.pack("<4sI", name, length))
    copy(source, into, length)
    into.write(bytes(length % 2))
