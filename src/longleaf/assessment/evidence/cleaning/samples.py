"""Where the samples of one track of an MP4 lie, by the tables of its `stbl` (ISO 14496-12, 8.7)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import IO

from longleaf.assessment.evidence.cleaning.bytewise import exactly
from longleaf.assessment.evidence.cleaning.outcome import Reason, Unfit

# At sixty a second, more than a whole day.
MOST_SAMPLES = 5_000_000


def places(file: IO[bytes], tables: Mapping[str, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """First byte and end of each chunk of samples. `tables` gives where the bodies of the tables are."""
    if "stsc" not in tables or "stsz" not in tables or not tables.keys() & {"stco", "co64"}:
        return
    chunks = _numbers(file, tables["stco"], "I") if "stco" in tables else _numbers(file, tables["co64"], "Q")
    fixed, sizes = _sizes(file, tables["stsz"])
    runs = _numbers(file, tables["stsc"], "III")
    sample = 0
    for index, (start,) in enumerate(chunks, 1):
        inside = _samples_in(runs, index)
        length = fixed * inside if fixed else sum(size for (size,) in sizes[sample : sample + inside])
        sample += inside
        yield start, _within(file, start + length)


def _numbers(file: IO[bytes], table: tuple[int, int], form: str, skip: int = 4) -> list[tuple[int, ...]]:
    start, end = table
    file.seek(start + skip)
    count = struct.unpack(">I", exactly(file, 4))[0]
    width = struct.calcsize(f">{form}")
    if count > MOST_SAMPLES or start + skip + 4 + count * width > end:
        raise Unfit(Reason.DAMAGED)
    return list(struct.iter_unpack(f">{form}", exactly(file, count * width)))


def _sizes(file: IO[bytes], table: tuple[int, int]) -> tuple[int, list[tuple[int, ...]]]:
    file.seek(table[0] + 4)
    fixed = struct.unpack(">I", exactly(file, 4))[0]
    return fixed, [] if fixed else _numbers(file, table, "I", skip=8)


def _samples_in(runs: list[tuple[int, ...]], chunk: int) -> int:
    """A run holds from its first chunk until the next one's."""
    while len(runs) > 1 and runs[1][0] <= chunk:
        runs.pop(0)
    return runs[0][1] if runs else 0


def _within(file: IO[bytes], end: int) -> int:
    size = file.seek(0, 2)
    if end > size:
        raise Unfit(Reason.DAMAGED)
    return end
