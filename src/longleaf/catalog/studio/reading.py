"""A draft as it is read: place after place, with what is written there and what was said of it. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from longleaf.catalog.studio.checking import Problem
from longleaf.catalog.studio.documents import codes_for, ladder_of
from longleaf.catalog.studio.options import OptionsOf, title_of
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.catalog.studio.shapes import Field, Group, Kind, Member, Path, PerRow, Rows, Section, written
from longleaf.catalog.studio.sheet import telling

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft, DraftComment

Found: TypeAlias = tuple[Path, tuple[str, ...], str, bool]


@dataclass(frozen=True)
class ReadPlace:
    """A place by its path, what it is called from the outside in, what is written there, and what was said of it."""

    path: str
    where: tuple[str, ...]
    text: str
    problems: Sequence[str]
    comments: Sequence[DraftComment]


@dataclass(frozen=True)
class ReadSection:
    """A part with its places; `comments` are on the whole of it, or on a place that is gone."""

    section: Section
    places: Sequence[ReadPlace]
    comments: Sequence[DraftComment] = field(default_factory=tuple)


def sections_of(
    draft: Draft, options: OptionsOf, problems: Iterable[Problem], comments: Iterable[DraftComment]
) -> list[ReadSection]:
    """Every part of a draft in its order. A place that may be empty and is stays out, unless something was said."""
    said, wrong = list(comments), list(problems)
    return [_section(section, draft, options, wrong, said) for section in SECTIONS]


def _section(
    section: Section, draft: Draft, options: OptionsOf, problems: Sequence[Problem], said: Sequence[DraftComment]
) -> ReadSection:
    here = [each for each in said if each.section == section.code]
    places = []
    for path, where, text, optional in _Reader(draft.typed, options).places(section.members, draft.typed, (), ()):
        own = [each for each in here if each.place == written(path)]
        wrong = list(dict.fromkeys(each.sentence for each in problems if each.path[: len(path)] == path))
        if text or own or wrong or not optional:
            places.append(ReadPlace(written(path), where, text, wrong, own))
    known = {place.path for place in places}
    return ReadSection(section, places, [each for each in here if each.place not in known])


@dataclass(frozen=True)
class _Reader:
    typed: Mapping[str, Any]
    options: OptionsOf

    def places(
        self, members: Sequence[Member], typed: Mapping[str, Any], path: Path, where: tuple[str, ...]
    ) -> Iterator[Found]:
        for member in members:
            value, here = typed.get(member.name), (*path, member.name)
            if isinstance(member, Field):
                yield here, (*where, member.label), self._words(member, value), member.optional
            elif isinstance(member, Group):
                told = (*where, member.label) if member.label else where
                yield from self.places(member.members, value or {}, here, told)
            elif isinstance(member, Rows):
                yield from self._rows(member, value or [], here, where)
            else:
                yield from self._each(member, value or {}, here, where)

    def _rows(
        self, rows: Rows, typed: Sequence[Mapping[str, Any]], path: Path, where: tuple[str, ...]
    ) -> Iterator[Found]:
        for row in typed:
            title = telling(row)
            told = f"{rows.one.capitalize()} {row['id']}{': ' + title if title and not rows.sentences else ''}"
            yield from self.places(rows.members, row, (*path, row["id"]), (*where, told))

    def _each(self, member: PerRow, typed: Mapping[str, str], path: Path, where: tuple[str, ...]) -> Iterator[Found]:
        for code in codes_for(member, typed, ladder_of(self.typed)):
            told = (*where, title_of(self.typed, member.of, code))
            yield (*path, code), told, self._words(member.each, typed.get(code)), member.optional

    def _words(self, member: Field, value: Any) -> str:
        if member.kind.is_tick:
            return "Yes" if value else ""
        if member.kind is Kind.PERCENT and value:
            return f"{value} %"
        titles = dict(self.options.named(member.options)) if member.options else {}
        chosen = value if isinstance(value, list) else [value] if value else []
        return ", ".join(titles.get(each, str(each)) for each in chosen) if titles else str(value or "")
