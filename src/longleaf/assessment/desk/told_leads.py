"""Notes to the lead assessor on a desk: what is kept, what was posted, and how a lead reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import QueryDict

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.desk.queries import Desk
from longleaf.assessment.titles import titles_of
from longleaf.kit.numbers import whole_number
from longleaf.kit.words import plain_line_ends
from longleaf.panels import instruments
from longleaf.panels import queries as panels
from longleaf.panels.blindness import BLIND_LEAD, Fact

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import NoteToLead, Panel

# The whole of a reading is no criterion; in the names of fields it stands under this.
WHOLE = ""


@dataclass
class PostedToLead:
    """A note to the lead as it came in, beside what is kept. What was typed stays on the page whatever happens."""

    criterion: str
    title: str
    kept: str
    text: str
    revision: int
    errors: list[str] = field(default_factory=list)
    changed_elsewhere: bool = False

    @property
    def name(self) -> str:
        """The name of its field on the form."""
        return f"to-lead-{self.criterion}" if self.criterion else "to-lead"

    @property
    def has_changed(self) -> bool:
        return self.text != self.kept


@dataclass(frozen=True)
class ToldPanel:
    """What readers of one panel tell the lead, without which of them: by what it is about, then by its words."""

    panel: Panel
    title: str
    notes: Sequence[tuple[str, str]]


def notes_of(desk: Desk, posted: QueryDict | None = None) -> list[PostedToLead]:
    """A note for the whole and for each criterion, with what was posted; with nothing posted, with what is kept."""
    kept = panels.notes_to_lead_on(desk.assignment)
    about = [(WHOLE, ""), *((row.code, row.criterion.title) for row in desk.rows)]
    return [_read(code, title, kept.get(code), posted) for code, title in about]


def written_on(desk: Desk) -> list[PostedToLead]:
    """The notes that a reader wrote, to be looked at."""
    return [each for each in notes_of(desk) if each.kept]


def told_to(person: Person) -> list[ToldPanel]:
    """What waits to be read by a lead assessor, in as many queries for many panels as for one."""
    if not BLIND_LEAD.shows(Fact.NOTES_TO_LEAD):
        return []
    found = list(panels.panels_with_notes(person, kind=PANEL_KIND).select_related("rubric"))
    titles = titles_of([instruments.evidence_of(each) for each in found])
    notes: dict[int, list[NoteToLead]] = {}
    for note in panels.notes_not_seen().filter(reading__panel__in=found).select_related("reading"):
        notes.setdefault(note.reading.panel_id, []).append(note)
    return [ToldPanel(each, titles[instruments.evidence_of(each)], _told(each, notes[each.pk])) for each in found]


def _told(panel: Panel, notes: Sequence[NoteToLead]) -> list[tuple[str, str]]:
    titles: Mapping[str, str] = {each.code: each.title for each in instruments.criteria_to_rate(panel)}
    order = {code: place for place, code in enumerate(("", *titles))}
    rows = sorted(notes, key=lambda note: (order.get(note.criterion, len(order)), note.text))
    return [(titles.get(note.criterion, "The whole"), note.text) for note in rows]


def _read(code: str, title: str, note: NoteToLead | None, posted: QueryDict | None) -> PostedToLead:
    kept, revision = (note.text, note.revision) if note else ("", 0)
    found = PostedToLead(code, title, kept, kept, revision)
    if posted is not None and found.name in posted:
        found.text = plain_line_ends(posted.get(found.name, ""))
        found.revision = whole_number(posted.get(f"revision-{found.name}")) or 0
    return found
