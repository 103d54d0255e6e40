"""One part of a draft as its page shows it: every field with its value, its choices and what is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from longleaf.catalog.errors import StaleField
from longleaf.catalog.studio import drafting, typing_in
from longleaf.catalog.studio.checking import Problem
from longleaf.catalog.studio.documents import codes_for, field_for, fields_of, ladder_of
from longleaf.catalog.studio.options import Options, OptionsOf, title_of, with_strangers
from longleaf.catalog.studio.shapes import (
    Field,
    Group,
    Kind,
    Member,
    Path,
    PerRow,
    Rows,
    Section,
    named,
    read_path,
    written,
)
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.kit.words import plain_line_ends

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft
    from longleaf.directory.models import Person

REVISION = "revision:"
# By these a row is told from the others in its heading, the first that is written.
TELLING = ("title", "text", "item")
LONGEST_TELLING = 80


@dataclass(frozen=True)
class ShownField:
    field: Field
    path: str
    label: str
    value: Any
    options: Options
    error: str
    revision: int
    autosave_url: str
    theirs: str | None
    kind: str = "field"


@dataclass(frozen=True)
class ShownRow:
    code: str
    path: str
    title: str
    problems: Sequence[str]
    inside: Sequence[Shown]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ShownRows:
    rows: Rows
    path: str
    problems: Sequence[str]
    inside: Sequence[ShownRow]
    kind: str = "rows"


@dataclass(frozen=True)
class ShownGroup:
    label: str
    path: str
    problems: Sequence[str]
    inside: Sequence[Shown]
    hint: str = ""
    kind: str = "group"


Shown: TypeAlias = ShownField | ShownRows | ShownGroup


@dataclass
class Sheet:
    """A part of a draft on its page. `typed` are values that could not be kept, `theirs` what is kept instead.

    `gone` are texts whose rows somebody else has taken away meanwhile.
    """

    draft: Draft
    section: Section
    options: OptionsOf
    page: str
    problems: Sequence[Problem] = ()
    typed: dict[Path, Any] = field(default_factory=dict)
    theirs: dict[Path, str] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    @property
    def needs_another_look(self) -> bool:
        return bool(self.theirs or self.refused or self.gone)

    @property
    def errors(self) -> list[dict[str, str]]:
        """What could not be kept, for the summary above the form. What is not yet sound stands beside its field."""
        return [{"id": f"id_{written(path)}", "text": sentence} for path, sentence in self.refused.items()]

    def shown(self) -> list[Shown]:
        return list(self._members(self.section.members, (), self.draft.typed))

    def _members(self, members: Sequence[Member], start: Path, typed: Mapping[str, Any]) -> Iterator[Shown]:
        for member in members:
            path = (*start, member.name)
            value = typed.get(member.name)
            if isinstance(member, Field):
                if value or not member.to_mend:
                    yield self._field(member, path, value)
            elif isinstance(member, Group):
                inside = list(self._members(member.members, path, value or {}))
                said = self._said_of(path, named(member.members))
                if inside or said:
                    yield ShownGroup(member.label, written(path), said, inside, member.hint)
            elif isinstance(member, Rows):
                yield self._rows(member, path, value or [])
            else:
                yield self._each(member, path, value or {})

    def _each(self, member: PerRow, path: Path, typed: Mapping[str, Any]) -> ShownGroup:
        codes = codes_for(member, typed, ladder_of(self.draft.typed))
        inside = [
            self._field(
                replace(
                    field_for(member, code),
                    label=f"{title_of(self.draft.typed, member.of, code)}: {member.each.label}",
                ),
                (*path, code),
                typed.get(code),
            )
            for code in codes
        ]
        return ShownGroup(member.label, written(path), self._said_of(path, codes), inside, member.hint)

    def _rows(self, member: Rows, path: Path, rows: Sequence[Mapping[str, Any]]) -> ShownRows:
        inside = [
            ShownRow(
                code=row["id"],
                path=written((*path, row["id"])),
                title=telling(row),
                # A code is no field here: it is made for the row.
                problems=[*self._said((*path, row["id"])), *self._said((*path, row["id"], "code"))],
                inside=list(self._members(member.members, (*path, row["id"]), row)),
                is_first=number == 0,
                is_last=number == len(rows) - 1,
            )
            for number, row in enumerate(rows)
        ]
        return ShownRows(member, written(path), self._said(path), inside)

    def _field(self, member: Field, path: Path, value: Any) -> ShownField:
        address = written(path)
        shown = self.typed.get(path, value if value is not None else ([] if member.is_list else ""))
        return ShownField(
            field=member,
            path=address,
            label=member.label,
            value=shown,
            options=with_strangers(self.options.named(member.options), shown) if member.options else (),
            error=self.refused.get(path) or " ".join(self._said(path, below=True)),
            revision=revision_of(self.draft, path),
            autosave_url=_autosave_url(self.draft, address, self.page),
            theirs=self.theirs.get(path),
        )

    def _said_of(self, path: Path, inside: Container[str]) -> list[str]:
        """What is wrong at a group, and below it where nothing is drawn that could say so."""
        below = len(path)
        said = [
            each
            for each in self.problems
            if each.path[:below] == path and (len(each.path) == below or each.path[below] not in inside)
        ]
        return list(dict.fromkeys(each.sentence for each in said))

    def _said(self, path: Path, *, below: bool = False) -> list[str]:
        """What is wrong at a place. A field also says what is wrong within its value."""
        said = [each for each in self.problems if each.path == path or (below and each.path[: len(path)] == path)]
        return list(dict.fromkeys(each.sentence for each in said))


def revision_of(draft: Draft, path: Path) -> int:
    return int(draft.revisions.get(written(path), (0, ""))[0])


def save_all(sheet: Sheet, posted: QueryDict, *, acting_person: Person) -> None:
    """Keep every field of a posted part that can be kept, and note on the sheet what could not be, and why."""
    here = dict(fields_of(sheet.section.members, sheet.draft.typed, ladder_of(sheet.draft.typed)))
    for name in posted:
        if name.startswith(REVISION):
            path = read_path(name.removeprefix(REVISION))
            if path in here:
                _save(sheet, path, here[path], posted, acting_person)
            else:
                sheet.gone += [text for text in posted.getlist(written(path)) if text.strip()]


def _save(sheet: Sheet, path: Path, field: Field, posted: QueryDict, acting_person: Person) -> None:
    name = written(path)
    value: Any = posted.getlist(name) if field.kind is Kind.CHOICES else plain_line_ends(posted.get(name, ""))
    if value == typing_in.value_of(sheet.draft.typed, path):
        return
    try:
        drafting.save_field(
            draft=sheet.draft,
            path=path,
            value=value,
            revision=whole_number(posted.get(f"{REVISION}{name}")) or 0,
            acting_person=acting_person,
            page=sheet.page,
            is_last_word=True,
        )
    except StaleField as stale:
        sheet.typed[path], sheet.theirs[path] = value, stale.theirs
    except BadInput as bad:
        sheet.typed[path], sheet.refused[path] = value, " ".join(bad.fields.values()) or bad.sentence


def telling(row: Mapping[str, Any]) -> str:
    """What a row is known by, shortened; "" where none of that is written yet."""
    text = next((str(row[name]) for name in TELLING if row.get(name)), "")
    return text if len(text) <= LONGEST_TELLING else f"{text[:LONGEST_TELLING].rstrip()} …"


def _autosave_url(draft: Draft, path: str, page: str) -> str:
    address = reverse("studio:save", kwargs={"ref": draft.ref})
    return f"{address}?{urlencode({'field': path, 'page': page})}"
