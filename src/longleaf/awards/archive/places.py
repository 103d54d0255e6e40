"""Where an address of the platform lies in its archive, so that links, ids and QR codes go on working.

An address that ends in a file's name, or in nothing else below it, is that file: `status/<uuid>`. An address under
which others lie must be a folder, so its page is the folder's `index.html` and its document `index.json` beside it.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

PAGE = "index.html"
DOCUMENT = "index.json"
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*|\.well-known|\.nojekyll", re.ASCII)


def place_of(address: str, inside: str = "") -> str:
    """The name within the archive of an address of this installation, or of a file `inside` its folder."""
    below = address.removeprefix(f"{settings.PUBLIC_URL}/")
    return f"{below.rstrip('/')}/{inside}" if inside else below


def safe(name: str) -> str:
    """The name itself, if it stays inside the archive on every file system. Raises `ValueError`."""
    if not all(_PART.fullmatch(part) for part in name.split("/")):
        raise ValueError(f"{name!r} is not a name for a file of an archive.")
    return name


def way_up(name: str) -> str:
    """How a page of this name reaches the archive's root, so that it works wherever the archive is put."""
    return "../" * name.count("/") or "./"


def inside(root: Path, name: str) -> Path | None:
    """The file of that name if it lies in `root`, links followed; None if it is elsewhere, or is none."""
    path = (root / name).resolve()
    return path if path.is_relative_to(root.resolve()) and path.is_file() else None
