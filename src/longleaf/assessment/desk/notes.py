"""A reader's own notes, as their desk lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.assessment.desk.places import Place
from longleaf.assessment.models import ReadingNote

if TYPE_CHECKING:
    from longleaf.panels.models import Assignment


@dataclass(frozen=True)
class NoteRow:
    """A note with the neutral name of what it is about. `has_file`: there is something to open at its place."""

    note: ReadingNote
    title: str
    has_file: bool

    @property
    def place(self) -> Place:
        return Place(second=self.note.second, page=self.note.page)

    @property
    def quoted(self) -> str:
        """As it stands in a comment: `[3:12] Names one change.`"""
        return f"[{self.place}] {self.note.text}" if str(self.place) else self.note.text


def notes_on(reading: Assignment, *, titles: Mapping[str, str]) -> list[NoteRow]:
    """The notes of a reading in the order of the evidence, then of the recording; `titles` by exhibit code.

    An exhibit that stands in no list any more keeps its code as its name: a note is never lost.
    """
    order = {code: number for number, code in enumerate(titles)}
    found = ReadingNote.objects.filter(reading=reading)
    rows = [NoteRow(note, titles.get(note.exhibit, note.exhibit), note.exhibit in titles) for note in found]
    return sorted(rows, key=lambda row: (order.get(row.note.exhibit, len(order)), *_place(row.note), row.note.pk))


def _place(note: ReadingNote) -> tuple[int, int]:
    return note.second or 0, note.page or 0
