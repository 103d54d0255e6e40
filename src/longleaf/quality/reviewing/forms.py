"""What comes in from a reviewer's desk, read into clean values. No verb is called from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from longleaf.kit.numbers import whole_number
from longleaf.kit.words import plain_line_ends
from longleaf.quality.reviewing.queries import ComponentRow

FIELDS = ("level", "quote", "comment")


@dataclass
class PostedComponent:
    """A component as it came in, beside what is kept. What was typed stays on the page whatever happens."""

    row: ComponentRow
    values: dict[str, str]
    revisions: dict[str, int]
    errors: dict[str, str] = field(default_factory=dict)
    changed_elsewhere: bool = False

    @property
    def changed(self) -> list[tuple[str, str, int]]:
        """Fields that differ from what is kept: name, value, the revision they were typed on."""
        return [
            (name, value, self.revisions[name]) for name, value in self.values.items() if value != self.row.kept[name]
        ]


def read_reading(rows: Sequence[ComponentRow], posted: QueryDict | None = None) -> list[PostedComponent]:
    """Each component with what was posted for it; with nothing posted, with what is kept."""
    return [_posted(row, posted) if posted is not None else _kept(row) for row in rows]


def _kept(row: ComponentRow) -> PostedComponent:
    return PostedComponent(row, dict(row.kept), dict(row.revisions))


def _posted(row: ComponentRow, posted: QueryDict) -> PostedComponent:
    values = {name: plain_line_ends(posted.get(f"{name}-{row.code}", "")) for name in FIELDS}
    # A radio that is not chosen is not sent; that never takes a chosen level away.
    values["level"] = values["level"] or row.kept["level"]
    revisions = {name: whole_number(posted.get(f"{name}-revision-{row.code}")) or 0 for name in FIELDS}
    return PostedComponent(row, values, revisions)
