"""An archive on disk: files written, renewed and removed, and a manifest with the SHA-256 of each.

The manifest is one JSON object a line: a head, then every file. A file that is not listed anywhere, because its
address is all that protects it, is named there by the SHA-256 of its name; so the manifest may be published too.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from longleaf.awards.archive.errors import NotAnArchive
from longleaf.awards.archive.places import safe

MANIFEST = "manifest.jsonl"
FORMAT = "longleaf-archive/1"
# What an archive owns at its top. Whatever else lies there, such as a host's own settings, is left alone.
OWN_FOLDERS = (
    "achievements",
    "assets",
    "badges",
    "contexts",
    "endorsements",
    "issuers",
    "standards",
    "status",
    "verify",
)
OWN_FILES = (
    ".nojekyll",
    ".well-known/did.json",
    ".well-known/jwks.json",
    "README.txt",
    "index.html",
    "index.json",
)


@dataclass
class ArchiveFolder:
    """A folder while an archive is written into it. Memory grows by some 100 bytes a file, not with their sizes."""

    root: Path
    manifest: TextIO
    written: int = 0
    changed: int = 0
    _names: set[bytes] = field(default_factory=set)

    def write(self, name: str, body: bytes, *, hidden: bool = False) -> None:
        """Write a file, if it is not there just so already. `hidden` keeps its name out of the manifest."""
        path = self.root / safe(name)
        digest = hashlib.sha256(body).hexdigest()
        if not _holds(path, body):
            _replace(path, body, root=self.root)
            self.changed += 1
        entry = {"hidden": digest_of_name(name).hex()} if hidden else {"file": name}
        self.manifest.write(_line({**entry, "sha256": digest}))
        self._names.add(digest_of_name(name))
        self.written += 1

    def finish(self, told: Mapping[str, Any]) -> tuple[int, str]:
        """Remove what is no longer part of it and put the new manifest into force.

        Gives how many files were removed, and the manifest's own SHA-256.
        """
        removed = sum(self._is_removed(name) for name in own_files(self.root))
        self.manifest.write(_line({"end": {**told, "files": self.written}}))
        self.manifest.close()
        Path(self.manifest.name).replace(self.root / MANIFEST)
        return removed, digest_of_file(self.root / MANIFEST).hex()

    def _is_removed(self, name: str) -> bool:
        if digest_of_name(name) in self._names:
            return False
        path = self.root / name
        path.unlink()
        for folder in path.parents:
            if folder == self.root or any(folder.iterdir()):
                break
            folder.rmdir()
        return True


@contextmanager
def opened(root: Path, *, home: str, private: bool = False) -> Iterator[ArchiveFolder]:
    """A new folder, or an archive of the same installation to renew it; `finish` it. Raises `NotAnArchive`."""
    head = {"format": FORMAT, "home": home, "private": private}
    _refuse_anything_else(root, head)
    root.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    if not (root / MANIFEST).exists():
        # Whoever is interrupted now leaves a folder that is known for an archive, and not for a whole one.
        (root / MANIFEST).write_text(_line({**head, "complete": False}), encoding="utf-8")
    with (root.resolve() / f"{MANIFEST}.new").open("w", encoding="utf-8") as manifest:
        manifest.write(_line({**head, "complete": True}))
        yield ArchiveFolder(root.resolve(), manifest)


def read_manifest(root: Path) -> Iterator[dict[str, Any]]:
    """The manifest's lines, head first, read as they are asked for. Raises `NotAnArchive`."""
    try:
        with (root / MANIFEST).open(encoding="utf-8") as lines:
            for line in lines:
                yield _read(line, root)
    except (OSError, UnicodeDecodeError):
        raise NotAnArchive(f"{root} is not an archive: it has no {MANIFEST} that can be read.") from None


def head_of(root: Path) -> dict[str, Any]:
    """The first line of the manifest, which tells whose archive this is. Raises `NotAnArchive`."""
    head = next(read_manifest(root), {})
    if head.get("format") != FORMAT or not isinstance(head.get("home"), str):
        raise NotAnArchive(f"{root} is not an archive of this kind: its {MANIFEST} does not say so.")
    return head


def own_files(root: Path) -> Iterator[str]:
    """The names of all files that lie where an archive's files lie."""
    for name in OWN_FILES:
        if (root / name).is_file():
            yield name
    for top in OWN_FOLDERS:
        for folder, _folders, files in os.walk(root / top):
            yield from ((Path(folder) / each).relative_to(root).as_posix() for each in sorted(files))


def digest_of_name(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def digest_of_file(path: Path) -> bytes:
    """SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _refuse_anything_else(root: Path, head: Mapping[str, Any]) -> None:
    if not root.exists() or not any(root.iterdir()):
        return
    if not (root / MANIFEST).exists():
        raise NotAnArchive(f"{root} is not empty and is no archive. Name a new folder, or that of an earlier archive.")
    found = head_of(root)
    if found["home"] != head["home"] or found.get("private", False) != head["private"]:
        raise NotAnArchive(f"{root} is an archive of something else: of {found['home']}. Name another folder.")


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False


def _replace(path: Path, body: bytes, *, root: Path) -> None:
    """Put a file in place in one move, so that a file server never serves half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.resolve().is_relative_to(root):
        raise NotAnArchive(f"{path.parent} leads out of the archive. Remove that link first.")
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(body)
    fresh.replace(path)


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry) + "\n"


def _read(line: str, root: Path) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotAnArchive(f"{root} is no sound archive: a line of its {MANIFEST} cannot be read.")
    return found
