"""What two documents of a policy say differently, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longleaf.recognition.editor.wording import SECTIONS, label_of, listed

# Where these differ, the rule is worth the same; it is only told or sourced otherwise.
ONLY_TOLD = frozenset({"title", "note", "source_ids", "standing", "text", "settled", "because", "otherwise"})


@dataclass(frozen=True)
class Difference:
    """One value of a rule that differs; nothing stands on the side that has it not."""

    where: str
    before: str
    after: str
    only_told: bool = False


@dataclass(frozen=True)
class RuleChange:
    """A rule that was added, that is gone, or whose values differ."""

    id: str
    title: str
    kind: str
    differences: Sequence[Difference]
    standing: str = ""
    sources: Sequence[str] = ()
    note: str = ""

    @property
    def only_told(self) -> bool:
        """Whether nothing differs but how the rule is told and sourced."""
        return self.kind == "changed" and all(each.only_told for each in self.differences)


@dataclass(frozen=True)
class SectionChange:
    title: str
    rules: Sequence[RuleChange]


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionChange]:
    """What an earlier and a later document say differently, by section; empty where they say the same."""
    found = (SectionChange(title, list(_in_section(before, after, name))) for name, title in SECTIONS.items())
    return [each for each in found if each.rules]


def _in_section(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> Iterator[RuleChange]:
    old, new = _rules(before, name), _rules(after, name)
    for id in [*new, *(each for each in old if each not in new)]:
        earlier, later = old.get(id), new.get(id)
        differences = list(_differences(earlier or {}, later or {}))
        if differences:
            told = later if later is not None else earlier or {}
            yield RuleChange(
                id=id,
                title=str(told.get("title") or told.get("id") or label_of(name or "policy")),
                kind="new" if earlier is None else "gone" if later is None else "changed",
                differences=differences,
                standing=str(told.get("standing") or ""),
                sources=[str(each) for each in listed(told.get("source_ids"))],
                note=str(told.get("note") or ""),
            )


def _rules(document: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    """The rules of a section by what names them; a rule without a name is told by its place."""
    if name == "":
        own = {key: value for key, value in document.items() if key not in SECTIONS}
        return {"": own} if own else {}
    held = document.get(name)
    if isinstance(held, Mapping):
        return {name: held}
    rules = [each for each in held if isinstance(each, Mapping)] if isinstance(held, list) else []
    key = "title" if name == "examples" else "id"
    return {str(each.get(key) or each.get("code") or number): each for number, each in enumerate(rules)}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    old, new = dict(_leaves(before)), dict(_leaves(after))
    for where in [*new, *(each for each in old if each not in new)]:
        if old.get(where) != new.get(where):
            last = where[-1]
            told = " › ".join(str(step) for step in where)
            yield Difference(told, old.get(where, ""), new.get(where, ""), last in _TOLD_LABELS)


_TOLD_LABELS = frozenset(label_of(name) for name in ONLY_TOLD)


def _leaves(value: Any, where: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every single value of a rule with where it stands in words. A part is told by its category, not its number."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*where, label_of(name)))
    elif isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*where, _named(inner, number)))
    elif isinstance(value, list):
        yield where, ", ".join(map(str, value))
    elif value is not None:
        yield where, _plain(value)


def _named(value: Any, number: int) -> str:
    if isinstance(value, Mapping):
        for name in ("category", "roles", "code", "title", "id", "kind"):
            if told := value.get(name):
                return ", ".join(map(str, told)) if isinstance(told, list) else str(told)
    return str(number + 1)


def _plain(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
