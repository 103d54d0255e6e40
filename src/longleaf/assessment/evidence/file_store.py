"""Where the bytes of evidence lie: pieces while a file arrives, one object once it is here.

Everything goes through Django's storage, so that a folder and an S3-compatible store differ in settings only. Such
stores cannot append; therefore each piece is an object of its own, named by its place in the file. Names are
references, never what a person called the file. A store that can do better than read a whole file, or delete one at a
time, says so by the methods of `bucket.Bucket`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import IO, BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from longleaf.kit.references import new_reference

READ_AT_ONCE = 64 * 1024


def keep_piece(ref: str, offset: int, piece: bytes) -> None:
    """Keep the bytes that begin at `offset`. What a worker that died left at the same place gives way."""
    name = f"{_pieces_of(ref)}/{offset:015d}"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(piece))


def join_pieces(ref: str, into: IO[bytes]) -> None:
    """Write all pieces of a file, in order, into another one."""
    for name in _piece_names(ref):
        with default_storage.open(name) as piece:
            shutil.copyfileobj(piece, into)


def forget_pieces(ref: str) -> None:
    folder = _pieces_of(ref)
    if hasattr(default_storage, "delete_below"):
        default_storage.delete_below(folder)
        return
    for name in _piece_names(ref):
        default_storage.delete(name)
    # On a disk the folder stays behind; elsewhere there is none.
    default_storage.delete(folder)


def keep(ref: str, content: IO[bytes]) -> str:
    """Keep a whole file and return its name. Each call makes a new name, so that two workers never share one."""
    content.seek(0)
    return default_storage.save(f"files/{new_reference(ref)}", File(content))


def read_part(name: str, first: int, length: int) -> Iterator[bytes]:
    """`length` bytes of a file from `first` on, a bounded piece at a time."""
    if hasattr(default_storage, "read_part"):
        yield from default_storage.read_part(name, first, length)
        return
    with open_file(name) as file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(READ_AT_ONCE, length))):
            length -= len(piece)
            yield piece


def open_file(name: str) -> BinaryIO:
    return default_storage.open(name)  # type: ignore[return-value]


def size_of(name: str) -> int:
    return default_storage.size(name)


def forget(name: str) -> None:
    if name:
        default_storage.delete(name)


def _pieces_of(ref: str) -> str:
    return f"arriving/{ref}"


def _piece_names(ref: str) -> Iterator[str]:
    folder = _pieces_of(ref)
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in sorted(names))
