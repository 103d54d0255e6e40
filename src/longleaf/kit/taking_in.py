"""Taking in a file for any floor by the one door of this house: told by its content, cleaned, scanned, and kept.

The door belongs to the floor that knows files best; `settings.FILE_DOOR` names it, as asides are named
(`kit.asides`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import IO

from django.conf import settings
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
    taken: TakenIn = import_string(settings.FILE_DOOR)(file, name=name, kinds=kinds)
    return taken
