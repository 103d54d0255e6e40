"""Comparing two policy documents rule by rule: what was added, taken away and changed, and from what to what.

It compares what documents say, so that an editor may ask it of a draft that cannot be used yet. The order of rules and
of words in a list means nothing, and `3` is the same as `3.0`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from longleaf.engines.policy.rules import plain

# What tells one entry of a list from the others, the surest first.
NAMES = ("id", "code", "category", "roles", "title", "kind")
WHOLE = "document"
NOTHING = ""

Steps = tuple["Step", ...]


class Fate(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Step:
    """One step on the way to what a rule says: a key of the document, or the name of an entry of a list."""

    word: str
    is_name: bool = False


@dataclass(frozen=True)
class Change:
    """One thing that a rule says: where in the rule, and what it said before and says now; empty where nothing."""

    steps: tuple[Step, ...]
    before: str
    after: str

    @property
    def path(self) -> str:
        return " / ".join(step.word for step in self.steps)


@dataclass(frozen=True)
class Difference:
    """One rule that differs: the part of the document it stands in, its id or code, its title, and every change.

    `said` is the whole rule as the later document says it, or the earlier one where it is gone.
    """

    fate: Fate
    part: str
    name: str
    title: str
    changes: tuple[Change, ...] = ()
    said: Mapping[str, object] = field(default_factory=dict)


def compare(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Difference, ...]:
    """Every rule in which two documents differ, in the order of the later one; empty where they say the same.

    What stands at the top of a document, such as its title, is one rule under the part `document`.
    """
    old, new = _rules_of(before), _rules_of(after)
    named = [*new, *(key for key in old if key not in new)]
    return tuple(found for key in named if (found := _difference(key, old.get(key), new.get(key))))


def _difference(key: tuple[str, str], old: object, new: object) -> Difference | None:
    part, name = key
    fate = Fate.ADDED if old is None else Fate.REMOVED if new is None else Fate.CHANGED
    changes = tuple(_changes(_said(old), _said(new)))
    if fate is Fate.CHANGED and not changes:
        return None
    told = old if new is None else new
    return Difference(fate, part, name, _title(told), changes, told if isinstance(told, Mapping) else {})


def _changes(old: Mapping[Steps, str], new: Mapping[Steps, str]) -> Iterator[Change]:
    for steps in [*new, *(steps for steps in old if steps not in new)]:
        before, after = old.get(steps, NOTHING), new.get(steps, NOTHING)
        if before != after:
            yield Change(steps, before, after)


def _rules_of(document: Mapping[str, object]) -> dict[tuple[str, str], object]:
    """Every rule by its part and name. Lists of mappings are parts with many rules, a mapping is a part with one."""
    top: dict[str, object] = {}
    found: dict[tuple[str, str], object] = {(WHOLE, ""): top}
    for key, value in document.items():
        if _is_list_of_mappings(value):
            found.update({(key, name): entry for name, entry in _named(value)})
        elif isinstance(value, Mapping):
            found[key, ""] = value
        else:
            top[key] = value
    return found


def _said(value: object, steps: Steps = ()) -> dict[Steps, str]:
    """Everything that a rule says, as text by the way to it within the rule."""
    if isinstance(value, Mapping):
        return {
            where: text
            for key, inner in value.items()
            for where, text in _said(inner, (*steps, Step(str(key)))).items()
        }
    if _is_list_of_mappings(value):
        return {
            where: text
            for name, entry in _named(value)
            for where, text in _said(entry, (*steps, Step(name, is_name=True))).items()
        }
    return {steps: _text(value)} if value is not None else {}


def _named(entries: object) -> Iterator[tuple[str, object]]:
    """The entries of a list by name; a name that comes again gets a number."""
    seen: dict[str, int] = {}
    for entry in entries if isinstance(entries, Sequence) else ():
        name = _name(entry)
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), entry


def _name(entry: object) -> str:
    said = [entry.get(key) for key in NAMES] if isinstance(entry, Mapping) else []
    return next((_text(value) for value in said if value not in (None, "", [])), "entry")


def _title(entry: object) -> str:
    return _text(entry.get("title") or "") if isinstance(entry, Mapping) else ""


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return plain(Decimal(str(value)))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(sorted(_text(each) for each in value))
    # How a sentence is broken into lines says nothing.
    return " ".join(str(value).split())


def _is_list_of_mappings(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(each, Mapping) for each in value)
