"""What can go wrong with a state pack.

Refusal
└── BadInput            422
    └── PackNotSound         the folder holds mistakes; `mistakes` lists every one of them
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longleaf.kit.errors import BadInput


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a pack: the file within it, the line where known, the place, and how to mend it.

    `path` leads to the spot inside the file, such as `requirements[1].words.max`, counted from 0 as the
    engines count; it is empty where the whole file is meant.
    """

    file: str
    line: int | None
    path: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.path}: {self.reason}" if self.path else f"{where}: {self.reason}"


class PackNotSound(BadInput):
    """A pack that cannot be read, because of at least one mistake."""

    code = "pack-not-sound"

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        listed = "\n".join(str(mistake) for mistake in self.mistakes)
        super().__init__(f"The state pack holds {_counted(len(self.mistakes))}.\n{listed}")


def _counted(number: int) -> str:
    return "1 mistake" if number == 1 else f"{number} mistakes"
