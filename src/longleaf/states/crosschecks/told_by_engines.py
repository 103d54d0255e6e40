"""Mistakes that an engine found in a document, led back to the file in which the document stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from longleaf.engines import documents
from longleaf.states.errors import Mistake
from longleaf.states.files import PackFile, Spot, from_path


def placed(
    file: PackFile, mistakes: Iterable[documents.Mistake], spot_of: Callable[[Spot], Spot] = lambda spot: spot
) -> list[Mistake]:
    """The same mistakes with file and line; `spot_of` leads from a place in the document to one in the file."""
    return [file.mistake(spot_of(from_path(it.path)), it.reason) for it in mistakes]
