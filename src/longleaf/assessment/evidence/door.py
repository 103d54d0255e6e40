"""The door by which files of other floors come in (`kit.taking_in`): the same checks as for evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import IO

from longleaf.assessment.evidence import file_store
from longleaf.assessment.evidence.inspecting import inspect
from longleaf.assessment.evidence.scanned_now import require_clean
from longleaf.assessment.evidence.uploading import READ_AT_ONCE, plain_name
from longleaf.kit.references import new_reference
from longleaf.kit.taking_in import TakenIn


def take_in(file: IO[bytes], *, name: str, kinds: Collection[str]) -> TakenIn:
    """Scan a file, tell it by its content, write it anew and keep it. Raises `FileNotWelcome` and `FileInfected`.

    It comes in one piece and nobody waits for it in the background: while a scanner that must be heard is silent, it is
    not taken.
    """
    shown = plain_name(name)
    require_clean(file, shown)
    inspected = inspect(file, shown, kinds)
    with inspected.content as content:
        size, digest = _measured(content)
        stored_as = file_store.keep(new_reference("DOC"), content)
    return TakenIn(shown, inspected.media_type, size, digest, stored_as)


def _measured(content: IO[bytes]) -> tuple[int, str]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := content.read(READ_AT_ONCE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()
