"""Places of an exhibit as people write them: 3:12 in a recording, a page of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from longleaf.assessment.errors import UnusableNote

# Longer recordings, and longer documents, are not taken in as evidence.
LONGEST_RECORDING = 24 * 60 * 60  # seconds
MOST_PAGES = 10_000
CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", re.ASCII)
PAGE = re.compile(r"(?:p\.?|page)?\s*(\d{1,5})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A second of a recording (from 0), a page of a document (from 1), or neither: the exhibit as a whole."""

    second: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        if self.second is not None:
            return clock(self.second)
        return f"p. {self.page}" if self.page is not None else ""

    @property
    def fragment(self) -> str:
        """The end of an address that opens a file at this place (Media Fragments URI 1.0; RFC 8118 for PDF)."""
        if self.second is not None:
            return f"#t={self.second}"
        return f"#page={self.page}" if self.page is not None else ""


def read_place(text: str) -> Place:
    """The place that was written: `3:12`, `1:03:12`, `p. 4`, `4`, or nothing. Raises `UnusableNote`."""
    written = text.strip()
    if not written:
        return Place()
    if found := CLOCK.fullmatch(written):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        second = hours * 3600 + minutes * 60 + seconds
        if second <= LONGEST_RECORDING:
            return Place(second=second)
    elif (found := PAGE.fullmatch(written)) and 1 <= int(found[1]) <= MOST_PAGES:
        return Place(page=int(found[1]))
    sentence = "Write the place as minutes and seconds, such as 3:12, or as a page, such as p. 4; or leave it empty."
    raise UnusableNote(sentence, fields={"place": sentence})


def clock(second: int) -> str:
    """Seconds as people read them off a player: 0:07, 3:12, 1:03:12."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
