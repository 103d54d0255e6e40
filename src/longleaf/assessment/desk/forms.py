"""What comes in from the desk's pages, read into clean values. No verb is called from here."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict

from longleaf.assessment.desk.queries import CriterionRow
from longleaf.catalog.design import Design
from longleaf.kit.numbers import whole_number
from longleaf.kit.words import plain_line_ends

RETURN, COMPLETE = "return", "complete"


class CheckForm(forms.Form):
    """The completeness check: what is missing, a word to the earner, and which of the two buttons was pressed."""

    missing = forms.MultipleChoiceField(required=False)
    note = forms.CharField(required=False, max_length=2000)
    verdict = forms.ChoiceField(choices=[(RETURN, RETURN), (COMPLETE, COMPLETE)])

    def __init__(self, *args: object, design: Design, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        codes = [each.code for asked in design.requirements for each in asked.completion]
        self.fields["missing"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The button and the boxes must say the same: a slip here would send somebody's work the wrong way."""
        given = super().clean() or {}
        if given.get("verdict") == RETURN and not given.get("missing"):
            self.add_error(
                "missing", "Tick what is missing before you return it, so that the earner knows what to bring."
            )
        if given.get("verdict") == COMPLETE and given.get("missing"):
            self.add_error("missing", "You ticked something as missing. Return it, or take the ticks away.")
        return given


@dataclass
class PostedCriterion:
    """A criterion as it came in, beside what is kept. What was typed stays on the page whatever happens."""

    row: CriterionRow
    level: str
    comment: str
    level_revision: int
    comment_revision: int
    errors: dict[str, str] = field(default_factory=dict)
    changed_elsewhere: bool = False

    @property
    def as_shown(self) -> tuple[Hashable, ...]:
        """All of it that the desk draws: the same here is the same on the page."""
        revisions = (self.level_revision, self.comment_revision)
        return self.row.code, self.level, self.comment, *revisions, *sorted(self.errors.items())

    @property
    def changed(self) -> list[tuple[str, str, int]]:
        """Fields that differ from what is kept: name, value, the revision they were typed on."""
        found = []
        if self.level != self.row.level:
            found.append(("level", self.level, self.level_revision))
        if self.comment != self.row.comment:
            found.append(("comment", self.comment, self.comment_revision))
        return found


@dataclass(frozen=True)
class PostedNote:
    """A note as it came in, kept on the page with what is wrong with it."""

    exhibit: str = ""
    place: str = ""
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_note(posted: QueryDict) -> PostedNote:
    """What was typed as a note; nothing is judged here."""
    text = plain_line_ends(posted.get("text", ""))
    return PostedNote(exhibit=posted.get("exhibit", ""), place=posted.get("place", ""), text=text)


def read_reading(rows: Sequence[CriterionRow], posted: QueryDict | None = None) -> list[PostedCriterion]:
    """Each criterion with what was posted for it; with nothing posted, with what is kept."""
    return [_posted(row, posted) if posted is not None else _kept(row) for row in rows]


def _kept(row: CriterionRow) -> PostedCriterion:
    return PostedCriterion(row, row.level, row.comment, row.level_revision, row.comment_revision)


def _posted(row: CriterionRow, posted: QueryDict) -> PostedCriterion:
    return PostedCriterion(
        row=row,
        # A radio that is not chosen is not sent; that never takes a chosen level away.
        level=posted.get(f"level-{row.code}") or row.level,
        comment=plain_line_ends(posted.get(f"comment-{row.code}") or ""),
        level_revision=whole_number(posted.get(f"level-revision-{row.code}")) or 0,
        comment_revision=whole_number(posted.get(f"comment-revision-{row.code}")) or 0,
    )
