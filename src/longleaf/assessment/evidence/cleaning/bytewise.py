"""Reading and rewriting files by their bytes, a bounded part at a time."""

from __future__ import annotations

from typing import IO

from longleaf.assessment.evidence.cleaning.outcome import Reason, Unfit

AT_ONCE = 1024 * 1024


def exactly(file: IO[bytes], size: int) -> bytes:
    """The next `size` bytes. Raises `Unfit` where the file ends before."""
    read = file.read(size)
    if len(read) < size:
        raise Unfit(Reason.DAMAGED)
    return read


def size_of(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def copy(source: IO[bytes], into: IO[bytes], size: int) -> None:
    """Copy the next `size` bytes. Raises `Unfit` where the source ends before."""
    while size > 0:
        part = source.read(min(AT_ONCE, size))
        if not part:
            raise Unfit(Reason.DAMAGED)
        into.write(part)
        size -= len(part)


def copy_whole(source: IO[bytes], into: IO[bytes]) -> int:
    """Copy from the beginning to the end, and return the size."""
    size = size_of(source)
    source.seek(0)
    into.seek(0)
    copy(source, into, size)
    return size


def blank(file: IO[bytes], start: int, end: int) -> bool:
    """Write zeros from `start` up to `end`, and tell whether anything else stood there."""
    held = False
    while start < end:
        size = min(AT_ONCE, end - start)
        file.seek(start)
        if any(file.read(size)):
            held = True
            file.seek(start)
            file.write(bytes(size))
        start += size
    return held


def holds(file: IO[bytes], start: int, end: int, marks: tuple[bytes, ...]) -> bool:
    """Whether one of `marks` stands in the first megabyte of a part of a file."""
    file.seek(start)
    part = file.read(min(AT_ONCE, end - start))
    return any(mark in part for mark in marks)
