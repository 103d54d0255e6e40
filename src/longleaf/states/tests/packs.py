"""The shipped packs, and broken copies of the small one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

STATES = Path(__file__).resolve().parents[4] / "states"
EXAMPLE = STATES / "example"
NORTH_CAROLINA = STATES / "nc"


@dataclass(frozen=True)
class Copy:
    """A copy of the small pack that a test may spoil."""

    directory: Path

    def replace(self, file: str, old: str, new: str) -> None:
        """Put one piece of a file in place of another, which must be there exactly once."""
        text = (self.directory / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {file}."
        self.write(file, text.replace(old, new))

    def write(self, file: str, text: str) -> None:
        (self.directory / file).parent.mkdir(exist_ok=True)
        (self.directory / file).write_text(text, encoding="utf-8")

    def line_of(self, file: str, piece: str) -> int:
        """The line on which a piece of a file stands, which must be there exactly once."""
        lines = (self.directory / file).read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, 1) if piece in line]
        assert len(found) == 1, f"“{piece}” stands on lines {found} of {file}."
        return found[0]


def copy_of_example(tmp_path: Path) -> Copy:
    shutil.copytree(EXAMPLE, tmp_path / "example")
    return Copy(tmp_path / "example")
