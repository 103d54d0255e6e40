"""Taking in a file for any floor by the one door of this house: told by its content, cleaned, scanned, and kept.

The door belongs to the floor that knows files best; `settings.FILE_DOOR` names it, as asides are named
(`kit.asides`).
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import UnsupportedOperation
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class TakenIn:
    """A file that is kept: its plain name, what it is, and where its bytes lie in the default storage."""

    name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str


def take_in(file: IO[bytes], *, name: str, kinds: Collection[str]) -> TakenIn:
    """Keep a file if it is one of `kinds` (`pdf`, `office`, `image`). Raises `BadInput` with the field `file`."""
    with _of_the_system(file) as opened:
        taken: TakenIn = import_string(settings.FILE_DOOR)(opened, name=name, kinds=kinds)
    return taken


@contextmanager
def taken_in(file: IO[bytes], *, name: str, kinds: Collection[str]) -> Iterator[TakenIn]:
    """The file, taken in as `take_in` does; nothing is kept of it where what is done with it raises."""
    taken = take_in(file, name=name, kinds=kinds)
    try:
        yield taken
    except BaseException:
        default_storage.delete(taken.stored_as)
        raise


@contextmanager
def _of_the_system(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself, or a copy where it lies in memory, as a small upload does: it is cleaned by another process."""
    try:
        file.fileno()
    except (AttributeError, UnsupportedOperation):
        with TemporaryFile() as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            yield copy
    else:
        yield file
