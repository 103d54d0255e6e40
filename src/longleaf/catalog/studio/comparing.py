"""What differs between two designs, told by part and place. No Django, no database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from longleaf.catalog.studio.documents import fields_of, take_apart
from longleaf.catalog.studio.ruling import CHOICES_OF_A_RULE
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.catalog.studio.shapes import KEPT, Field, Group, Kind, Member, Of, PerRow, Rows, Section

Where: TypeAlias = tuple[str, ...]
# Its own number differs always, and tells nothing.
TELLS_NOTHING = frozenset({"version"})
# By these a row without a code is the same row in both.
IDENTITY = ("title", "text", "item")
WORD = re.compile(r"\S+\s*|\s+")
# The last step of a path that stands for the order of a list. No row is called so: it has a space at its end.
ORDER = "order "
# Beyond this many words the commonest are passed over, or a long text would take seconds.
MANY_WORDS = 1_000


@dataclass(frozen=True)
class Change:
    """A place where two designs differ. `row` is `added` or `gone` where only one of the two has the row.

    `path` names the place for `taking`: members by name, rows by what makes them the same in both.
    """

    where: Where
    before: str
    after: str
    row: str = ""
    path: Where = ()

    @property
    def kind(self) -> str:
        """`added`, `gone` or `changed`."""
        return self.row or ("changed" if self.before and self.after else "added" if self.after else "gone")

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The text word by word, with what was taken away and added: `same`, `gone` or `new`, and the words."""
        old, new = WORD.findall(self.before), WORD.findall(self.after)
        found: list[tuple[str, str]] = []
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=len(new) > MANY_WORDS).get_opcodes():
            if tag == "equal":
                found.append(("same", "".join(old[i:j])))
                continue
            found += [("gone", "".join(old[i:j]))] if j > i else []
            found += [("new", "".join(new[k:m]))] if m > k else []
        return found


@dataclass(frozen=True)
class SectionChanges:
    title: str
    changes: Sequence[Change]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionChanges]:
    """What an earlier and a later document say differently, in the order of the parts; none where they are alike."""
    old, new = take_apart(before), take_apart(after)
    found = [SectionChanges(section.title, list(_in_section(section, old, new))) for section in SECTIONS]
    found.append(SectionChanges("Further rules", list(_kept(old, new, (), ()))))
    return [each for each in found if each.changes]


def _in_section(section: Section, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for member in section.members:
        yield from _in_member(member, old.get(member.name), new.get(member.name), (), (member.name,))


def _in_member(member: Member, old: Any, new: Any, where: Where, path: Where) -> Iterator[Change]:
    if isinstance(member, Field):
        before, after = in_words(member, old), in_words(member, new)
        if before != after:
            yield Change((*where, member.label), before, after, path=path)
    elif isinstance(member, Group):
        told = (*where, member.label) if member.label else where
        yield from _in_mapping(member.members, old or {}, new or {}, told, path)
    elif isinstance(member, Rows):
        yield from _in_rows(member, old or [], new or [], where, path)
    else:
        yield from _in_each(member, old or {}, new or {}, where, path)


def _in_each(
    member: PerRow, old: Mapping[str, Any], new: Mapping[str, Any], where: Where, path: Where
) -> Iterator[Change]:
    # What levels look like is told of a criterion, where it needs no further name.
    told = where if member.each.kind is Kind.TEXT else (*where, member.label)
    for code in dict.fromkeys([*old, *new]):
        before, after = in_words(member.each, old.get(code)), in_words(member.each, new.get(code))
        if before != after:
            yield Change((*told, code), before, after, path=(*path, code))


def _in_mapping(
    members: Sequence[Member], old: Mapping[str, Any], new: Mapping[str, Any], where: Where, path: Where
) -> Iterator[Change]:
    for member in members:
        yield from _in_member(member, old.get(member.name), new.get(member.name), where, (*path, member.name))
    yield from _kept(old, new, where, path)


def _in_rows(
    rows: Rows, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], where: Where, path: Where
) -> Iterator[Change]:
    before, after = by_identity(rows, old), by_identity(rows, new)
    for key in dict.fromkeys([*after, *before]):
        row = after.get(key) or before[key]
        told = (*where, f"{rows.one.capitalize()} {row['id']}" if rows.coded else rows.one.capitalize())
        if key in before and key in after:
            yield from _in_mapping(rows.members, before[key], after[key], told, (*path, key))
        else:
            fate = "added" if key in after else "gone"
            yield Change(
                told, row_in_words(rows, before.get(key)), row_in_words(rows, after.get(key)), fate, (*path, key)
            )
    kept_before, kept_after = [key for key in before if key in after], [key for key in after if key in before]
    if kept_before != kept_after:
        label = f"Order of {rows.label.lower()}"
        yield Change((*where, label), ", ".join(kept_before), ", ".join(kept_after), path=(*path, ORDER))


def by_identity(rows: Rows, typed: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Rows of a list by what makes each the same row in another design: its code, or else what it is called."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in typed:
        key = row["id"] if rows.coded else next((str(row[name]) for name in IDENTITY if row.get(name)), row["id"])
        found[f"{key} ({row['id']})" if key in found else key] = row
    return found


def row_in_words(rows: Rows, row: Mapping[str, Any] | None) -> str:
    """All that a row says, for one that only one of the two has."""
    if row is None:
        return ""
    # What stands for each level is told as far as it is written.
    said = (in_words(field, _value(row, path)) for path, field in fields_of(rows.members, row, dict.fromkeys(Of, ())))
    return "\n".join(text for text in said if text)


def _value(row: Any, path: Sequence[str]) -> Any:
    for step in path:
        row = next((each for each in row if each["id"] == step), {}) if isinstance(row, list) else (row or {}).get(step)
    return row


def in_words(field: Field, value: Any) -> str:
    """What was typed in a field, as it is told."""
    if field.kind.is_tick:
        return "Yes" if value else ""
    if field.kind is Kind.CHOICES:
        return ", ".join(value or ())
    if field.kind is Kind.PERCENT and value:
        return f"{value} %"
    return dict(CHOICES_OF_A_RULE.get(field.options, ())).get(value) or str(value or "")


def _kept(old: Mapping[str, Any], new: Mapping[str, Any], where: Where, path: Where) -> Iterator[Change]:
    """What no field shows, as JSON."""
    before, after = old.get(KEPT) or {}, new.get(KEPT) or {}
    for name in dict.fromkeys([*before, *after]):
        if name not in TELLS_NOTHING and before.get(name) != after.get(name):
            told = (*where, name.replace("_", " "))
            yield Change(told, _as_json(before, name), _as_json(after, name), path=(*path, KEPT, name))


def _as_json(kept: Mapping[str, Any], name: str) -> str:
    value = kept.get(name)
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
