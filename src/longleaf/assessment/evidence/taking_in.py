"""The verb by which other rooms take in a document that is no evidence: scanned, cleaned and stored alike."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile

from longleaf.assessment.evidence import file_store
from longleaf.assessment.evidence.inspecting import endings, expected, in_words, inspect, refused
from longleaf.assessment.evidence.scanned_now import require_clean
from longleaf.assessment.evidence.uploading import plain_name
from longleaf.assessment.status import FileKind
from longleaf.kit.numbers import file_size

READ_AT_ONCE = 1024 * 1024
# What people file: certificates, transcripts, programmes, photographs of paper.
PAPERS = frozenset({FileKind.PDF, FileKind.OFFICE, FileKind.IMAGE})


@dataclass(frozen=True)
class TakenIn:
    """A document that is stored: what it is, and its name in storage."""

    name: str
    media_type: str
    kind: FileKind
    size: int
    sha256: str
    stored_as: str


def take_in(*, ref: str, file: UploadedFile[Any], most_bytes: int, kinds: Collection[FileKind] = PAPERS) -> TakenIn:
    """Look at a document that a form brought, write it anew without what it carries unseen, and store it.

    `ref` names it in storage. Raises `FileNotWelcome` with what to do instead, and `FileInfected`. Whoever stores the
    answer forgets the file (`forget`) where that fails.
    """
    name = plain_name(file.name or "")
    expected(name, kinds)
    if not file.size or file.size > most_bytes:
        raise refused(f"“{name}” has {file_size(file.size or 0)}. A document has at most {file_size(most_bytes)}.")
    with TemporaryFile() as whole:
        for piece in file.chunks():
            whole.write(piece)
        require_clean(whole, name)
        inspected = inspect(whole, name, kinds)
    with inspected.content as content:
        digest, size = _sha256(content)
        stored_as = file_store.keep(ref, content)
    return TakenIn(name, inspected.media_type, FileKind(inspected.kind), size, digest, stored_as)


def forget(stored_as: str) -> None:
    """Delete a document for good."""
    file_store.forget(stored_as)


def welcome(kinds: Collection[FileKind] = PAPERS) -> tuple[str, str]:
    """What is welcome, in words and as endings for the browser's file picker."""
    return in_words(kinds), ",".join(endings(kinds))


def _sha256(content: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while piece := content.read(READ_AT_ONCE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
