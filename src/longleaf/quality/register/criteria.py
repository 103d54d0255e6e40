"""The state's rubric and criteria as everybody may read them: chapter by chapter, what is asked and when it is met."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from longleaf.engines.rubrics import Points, WeightedSum, rubric_from_document, rule_from_document
from longleaf.kit.numbers import number
from longleaf.quality import instruments, queries
from longleaf.quality.errors import NoSuchCriteria
from longleaf.quality.status import Judges

if TYPE_CHECKING:
    from longleaf.directory.models import State
    from longleaf.quality.models import Instrument

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where something was seen; `url` is empty where it has no address."""

    code: str
    title: str
    url: str


@dataclass(frozen=True)
class Asked:
    """One component of a rubric, or one criterion: what is asked, by what it is shown, and when it is met."""

    code: str
    title: str
    text: str
    shown_by: str
    required: bool
    met_at: str
    levels: Mapping[str, str]
    standing: str
    note: str
    sources: Sequence[Source]


@dataclass(frozen=True)
class Chapter:
    """A standard of a rubric, or an area of criteria. An area has a title alone, and no standing of its own."""

    code: str
    title: str
    text: str
    standing: str
    sources: Sequence[Source]
    asked: Sequence[Asked]


@dataclass(frozen=True)
class Criteria:
    """A text by which the state judges something, whole; `others` are the further texts of the same code, and `to_come`
    the keys of those that are not in force yet."""

    instrument: Instrument
    known_sources: Mapping[str, Mapping[str, Any]]
    others: Sequence[Instrument] = ()
    in_use: bool = True
    to_come: Collection[int] = ()

    @property
    def document(self) -> Document:
        document: Document = self.instrument.document
        return document

    @property
    def begins(self) -> date | None:
        """From which day on it is in force; None where it says none."""
        day = self.document.get("effective_from")
        return date.fromisoformat(day) if day else None

    @property
    def is_of_designs(self) -> bool:
        return self.instrument.judges == Judges.DESIGN

    @cached_property
    def rubric(self) -> Any:
        return rubric_from_document(instruments.rubric_of(self.document))

    @cached_property
    def rule(self) -> Any:
        return rule_from_document(instruments.rule_of(self.document), self.rubric)

    @cached_property
    def sources(self) -> Sequence[Source]:
        return self._sources(self.document)

    @cached_property
    def chapters(self) -> Sequence[Chapter]:
        return tuple(self._standards() if self.is_of_designs else self._areas())

    @cached_property
    def count(self) -> int:
        return sum(len(each.asked) for each in self.chapters)

    @property
    def how_decided(self) -> Sequence[str]:
        """The rule by which readings become a decision, in sentences."""
        readers, one = self.rule.readers, "component" if self.is_of_designs else "criterion"
        who = "One reviewer reads it" if readers == 1 else f"{number(readers)} reviewers read it, each on their own"
        by = {"third_reader": "where they differ, a third reads too", "lead": "where they differ, a lead decides"}
        differing = by.get(self.rule.when_they_differ.value) if readers > 1 else None
        return (f"{who}{f'; {differing}' if differing else ''}.", self._what_is_enough(one))

    def _what_is_enough(self, one: str) -> str:
        all_required = all(each.required for each in self.rubric.criteria)
        every = f"every {one} is met" if all_required else f"every required {one} is met"
        outcome = self.rule.outcome
        if isinstance(outcome, WeightedSum):
            return f"It is enough when {every} and those met make up {number(outcome.cut * 100)} % of the weight."
        if isinstance(outcome, Points):
            return f"It is enough when {every} and {number(outcome.cut * 100)} % of all points are reached."
        return f"It is enough when {every}."

    def _standards(self) -> Iterator[Chapter]:
        for each in self.document["standards"]:
            official = each.get("official_text")
            yield Chapter(
                code=each.get("code", str(each["number"])),
                title=f"{each['number']}. {each.get('official_title') or each['title']}",
                text=official or each.get("description", ""),
                standing="official" if official else each.get("standing", self.instrument.standing),
                sources=self._sources(each),
                asked=tuple(self._asked(it) for it in each["components"]),
            )

    def _areas(self) -> Iterator[Chapter]:
        for area in self.document["areas"]:
            asked = tuple(self._asked(it) for it in self.document["criteria"] if it["area"] == area["code"])
            if asked:
                yield Chapter(area["code"], area["title"], "", "", (), asked)

    @cached_property
    def _told(self) -> Mapping[str, instruments.Component]:
        return instruments.components_of(self.document)

    def _asked(self, given: Document) -> Asked:
        code = given["code"]
        line = self.rubric.level_by_code[self.rule.line(self.rubric, code)]
        return Asked(
            code=code,
            title=self._told[code].title,
            text=self._told[code].text,
            shown_by=given.get("evidence") or given["look_for"],
            required=given.get("required", True),
            met_at=f"“{line.title}”" if line == self.rubric.levels[-1] else f"“{line.title}” or above",
            levels={each["code"]: self._level(given, each) for each in self.document["levels"]},
            standing=self._told[code].standing,
            note=given.get("note") or "",
            sources=self._sources(given),
        )

    def _level(self, given: Document, level: Document) -> str:
        """What a level means for one component: its own words for it, or else what it means for all."""
        own = (given.get("levels") or {}).get(level["code"])
        return str(own or level.get("description", ""))

    def _sources(self, given: Document) -> Sequence[Source]:
        return tuple(self._source(code) for code in given.get("sources", ()))

    def _source(self, code: str) -> Source:
        known = self.known_sources.get(code) or {}
        return Source(code, known.get("title") or code, known.get("url") or "")


def all_criteria(state: State) -> list[Criteria]:
    """The text by which the state judges each thing now, in the order of `Judges`; two queries."""
    newest: dict[str, int] = {}
    for judges, pk in queries.texts_in_force([state.pk]).values_list("judges", "pk"):
        newest.setdefault(judges, pk)
    order = list(Judges)
    found = queries.instruments(state).filter(pk__in=newest.values())
    return [Criteria(each, state.sources) for each in sorted(found, key=lambda it: order.index(Judges(it.judges)))]


def criteria_at(state: State | None, code: str, digest: str = "") -> Criteria:
    """The text of that code in use, or the newest where none is in force yet, or the one with this digest; with the
    others. Raises `NoSuchCriteria`."""
    texts = list(queries.instruments(state).filter(code=code).defer("document")) if state else []
    begun = list(queries.texts_in_force([state.pk] if state else []).filter(code=code).values_list("pk", flat=True))
    in_use = next((each for each in texts if each.pk in begun), None)
    chosen = (
        next((each for each in texts if each.digest == digest), None) if digest else in_use or next(iter(texts), None)
    )
    if state is None or chosen is None:
        raise NoSuchCriteria
    others = [each for each in texts if each.pk != chosen.pk]
    to_come = frozenset(each.pk for each in texts) - frozenset(begun)
    return Criteria(chosen, state.sources, others, in_use=chosen == in_use, to_come=to_come)
