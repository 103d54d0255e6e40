"""The rules of a text one by one, with the values of each that a form can change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longleaf.recognition.editor import shapes
from longleaf.recognition.editor.reading import Problem, read
from longleaf.recognition.editor.spots import Spot, spots_in
from longleaf.recognition.editor.wording import SECTIONS, choice_of, label_of, listed

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# A rule keeps its name and its place; sources and codes are changed in the whole text, where one sees what they tie to.
NOT_HERE = frozenset({"id", "code", "kind", "source_ids", "schema_version"})
TOO_LONG = 400


@dataclass(frozen=True)
class Field:
    """One value of a rule in a form. `kind` is `day`, `number`, `choice` or `text`; `group` says what it belongs to."""

    path: str
    label: str
    group: str
    kind: str
    value: str
    line: int
    hint: str
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Table:
    """What some roles need in a version: each part with its category, what it takes, and its number as a field."""

    roles: str
    parts: Sequence[tuple[str, str, Field]]


@dataclass(frozen=True)
class Sheet:
    """A rule: its place, its name, the values that a form changes, and what is wrong with it."""

    path: str
    id: str
    title: str
    standing: str
    note: str
    sources: Sequence[str]
    line: int
    fields: Sequence[Field]
    tables: Sequence[Table]
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    sheets: Sequence[Sheet]

    @property
    def problems(self) -> int:
        return sum(len(each.problems) for each in self.sheets)


def sections_of(text: str) -> list[Section]:
    """Every rule of a text in its section. Empty where the text cannot be read at all."""
    found = read(text)
    if found.document is None:
        return []
    maker = _Maker(found.document, spots_in(text), found.problems)
    sections = (Section(name, title, list(maker.sheets(name))) for name, title in SECTIONS.items())
    return [each for each in sections if each.sheets]


def sheet_at(text: str, path: str) -> Sheet | None:
    """The rule at a path, or None where there is none."""
    return next((sheet for section in sections_of(text) for sheet in section.sheets if sheet.path == path), None)


class _Maker:
    def __init__(self, document: Mapping[str, Any], spots: Mapping[str, Spot], problems: Sequence[Problem]) -> None:
        self.document, self.spots, self.problems = document, spots, problems
        self.titles = {
            str(each.get("code") or each.get("id")): str(each.get("title") or "")
            for name in ("roles", "categories", "kinds", "eligibility", "licence_types")
            for each in _mappings(document.get(name))
        }

    def sheets(self, name: str) -> Iterator[Sheet]:
        if name == "":
            own = {key: value for key, value in self.document.items() if not isinstance(value, Mapping | list)}
            if own:
                yield self._sheet("", own)
            return
        held = self.document.get(name)
        if isinstance(held, Mapping):
            yield self._sheet(name, held)
        for number, rule in enumerate(held if isinstance(held, list) else ()):
            if isinstance(rule, Mapping):
                yield self._sheet(f"{name}[{number}]", rule)

    def _sheet(self, path: str, rule: Mapping[str, Any]) -> Sheet:
        own = {each: spot for each, spot in self.spots.items() if self._belongs(each, path)}
        in_table = re.compile(r"requirements\[\d+\]\.parts\[\d+\]\.")
        fields = [
            self._field(each, path, spot)
            for each, spot in own.items()
            if not in_table.search(each) and _steps(each)[-1:] != ("requirements",)
            if self._is_offered(each, spot)
        ]
        first = min((spot.line for spot in own.values()), default=1)
        return Sheet(
            path=path,
            id=str(rule.get("id") or rule.get("code") or ""),
            title=str(rule.get("title") or label_of(path or "policy")),
            standing=str(rule.get("standing") or ""),
            note=str(rule.get("note") or ""),
            sources=[str(each) for each in listed(rule.get("source_ids"))],
            line=first,
            fields=fields,
            tables=list(self._tables(path, rule)),
            problems=[each for each in self.problems if self._belongs(each.path, path)],
        )

    def _belongs(self, each: str, path: str) -> bool:
        if path == "":
            return "." not in each and "[" not in each and not isinstance(self.document.get(each), Mapping | list)
        return each == path or each.startswith((f"{path}.", f"{path}["))

    def _is_offered(self, path: str, spot: Spot) -> bool:
        steps = _steps(path)
        names = [step for step in steps if isinstance(step, str)]
        if not names or isinstance(steps[-1], int):  # a value without a name, or one of a list of words
            return False
        return not (spot.folded or len(spot.value) > TOO_LONG or names[-1] in NOT_HERE)

    def _field(self, path: str, rule: str, spot: Spot) -> Field:
        steps = _steps(path)
        name = str(steps[-1])
        choices = shapes.choices_at(steps) or (
            ("true", "false") if spot.bare and spot.value in {"true", "false"} else ()
        )
        kind = "choice" if choices else "text"
        if _DAY.fullmatch(spot.value):
            kind = "day"
        elif spot.bare and not choices and _NUMBER.fullmatch(spot.value):
            kind = "number"
        told = [(word, choice_of(word)) for word in choices]
        hint = shapes.help_at(steps)
        return Field(path, label_of(name), self._group(path, rule), kind, spot.value, spot.line, hint, told)

    def _group(self, path: str, rule: str) -> str:
        """What stands between a rule and one of its values, in words: `Worth`, `Licenses that expire`."""
        between = _steps(path)[len(_steps(rule)) : -1]
        return ", ".join(str(step + 1) if isinstance(step, int) else label_of(step) for step in between)

    def _tables(self, path: str, rule: Mapping[str, Any]) -> Iterator[Table]:
        for number, requirement in enumerate(listed(rule.get("requirements"))):
            if not isinstance(requirement, Mapping):
                continue
            roles = requirement.get("roles")
            named = ", ".join(self._titled(each) for each in roles) if isinstance(roles, list) else ""
            parts = []
            for place, part in enumerate(_mappings(requirement.get("parts"))):
                spot = f"{path}.requirements[{number}].parts[{place}].credits"
                if spot in self.spots:
                    field = self._field(spot, path, self.spots[spot])
                    parts.append((self._titled(part.get("category")), self._titled(part.get("takes")), field))
            yield Table(named, parts)

    def _titled(self, code: object) -> str:
        return self.titles.get(str(code)) or str(code or "")


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(number) if number else name for number, name in _STEP.findall(path))
