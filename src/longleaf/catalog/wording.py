"""The catalog's values in plain words: titles of codes, what evidence may be, how it is judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as translate

from longleaf.catalog.design import Design, Requirement, TeamLimits
from longleaf.catalog.facets import EFFORT_TITLES
from longleaf.catalog.status import Facet
from longleaf.engines.rubrics import (
    AcrossRounds,
    AllOf,
    Decides,
    PanelRule,
    Points,
    Rubric,
    WeightedSum,
    WhenTheyDiffer,
)
from longleaf.kit import dates
from longleaf.kit.numbers import number

if TYPE_CHECKING:
    from longleaf.directory.models import State

# Where a state's vocabulary tells the titles of a facet's values.
VOCABULARY = {
    Facet.ROLE: "roles",
    Facet.GRADE_BAND: "grade_bands",
    Facet.TOPIC: "topics",
    Facet.CREDIT: "credits",
}
# These are read by their order in the vocabulary, such as grade bands; the others by the alphabet.
IN_THEIR_OWN_ORDER = frozenset({Facet.ROLE, Facet.GRADE_BAND, Facet.EFFORT})
WORDS_ON_A_LINE, WORDS_WITHOUT_LIMIT = 10, 150
FEWEST_LINES, MOST_LINES = 4, 26
COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
KINDS_OF_FILE = {
    "pdf": "PDF",
    "office": "office document",
    "image": "image",
    "audio": "audio",
    "video": "video",
}
SIGNS_OF_CURRENCY = {"USD": "$", "EUR": "€", "GBP": "£"}


class Titles:
    """How the codes of facets are called. One that the state's pack does not know is shown as it is, made readable."""

    def __init__(self, state: State | None) -> None:
        self._known = {facet: _pairs(state, name) for facet, name in VOCABULARY.items()}
        self._known[Facet.EFFORT] = dict(EFFORT_TITLES)

    def of(self, facet: Facet, value: str) -> str:
        if facet == Facet.LANGUAGE:
            return language(value)
        return self._known[facet].get(value) or value.replace("-", " ").replace("_", " ").capitalize()

    def of_all(self, facet: Facet, values: Iterable[str]) -> list[str]:
        in_order = sorted(values, key=lambda value: (self.place(facet, value), self.of(facet, value)))
        return [self.of(facet, value) for value in in_order]

    def place(self, facet: Facet, value: str) -> tuple[int, ...]:
        """Where a value stands among the others; the same for all where the alphabet is order enough."""
        if facet in IN_THEIR_OWN_ORDER:
            known = list(self._known[facet])
            return (known.index(value),) if value in known else (len(known),)
        return ()


def language(code: str) -> str:
    """`en` is English; a language that nobody here knows keeps its code, and one with a region tells that too."""
    base, _, further = code.partition("-")
    for known, told in ((code, ""), (base, further)):
        # Django answers for a language whose region it does not know with the language alone.
        info = LANG_INFO.get(known.lower()) or {}
        if "name" in info:
            return f"{translate(info['name'])}{f' ({told})' if told else ''}"
    return code


def languages(codes: Iterable[str]) -> str:
    return ", ".join(language(code) for code in codes)


def source(state: State | None, code: str) -> tuple[str, str]:
    """Title and address of a source of the state's pack; a code that the pack does not know stands for itself."""
    known = (state.sources if state else {}).get(code) or {"title": code}
    return known["title"], known.get("url") or ""


def fee(amount: int, currency: str = "USD") -> str:
    """A fee in whole units of the state's currency."""
    if not amount:
        return "Free"
    sign = SIGNS_OF_CURRENCY.get(currency)
    return f"{sign}{number(amount)}" if sign else f"{number(amount)} {currency}"


def hours(amount: Decimal | int | float) -> str:
    return number(Decimal(str(amount)), "hour")


def day(written: str) -> str:
    """A day as a document writes it (2028-06-30), as people do."""
    return dates.day(date.fromisoformat(written))


def attempts(most: int | None) -> str:
    """How often somebody may hand in."""
    return "As many as you need" if most is None else number(most)


def accepted(requirement: Requirement) -> list[str]:
    """What may be brought for a requirement, in as many short sentences as there are ways."""
    ways = {"text": _text_way, "file": _file_way, "link": _link_way}
    told = [ways[each](requirement) for each in requirement.accepts]
    return [*told, _team_way(requirement.team)] if requirement.team else told


def lines_for(requirement: Requirement) -> int:
    """How many ruled lines a packet leaves for writing by hand; more than a page of them helps nobody."""
    words = requirement.words.max if requirement.words else WORDS_WITHOUT_LIMIT
    return max(FEWEST_LINES, min(MOST_LINES, ceil(words / WORDS_ON_A_LINE)))


def panel_in_words(rule: PanelRule, rubric: Rubric) -> list[str]:
    """The rule by which readings become a decision, told to the person who is read."""
    return [
        _who_reads(rule),
        *_when_met(rule, rubric),
        _what_is_enough(rule, rubric),
        *_what_counts(rule, rubric),
        *_near_the_line(rule),
    ]


def rounds_in_words(design: Design) -> list[str]:
    """What holds of later rounds, where the version says something of it."""
    told = {
        "keep_met": "A later round may bring other work, such as another lesson; what was met stays met.",
        "start_over": "A later round may bring other work, such as another lesson; then everything is judged anew.",
    }
    sentences = [told[design.replace_work]] if design.replace_work else []
    if design.coach_after is not None:
        after = number(design.coach_after, "round")
        sentences.append(f"After {after} that did not yet show it all, you meet a coach before the next one.")
    if design.panel_rule.across_rounds is AcrossRounds.BEST_LEVEL:
        sentences.append("Over several rounds the best level of each criterion counts.")
    return sentences


def _pairs(state: State | None, name: str) -> dict[str, str]:
    """A part of the vocabulary by code, in its order: kept as pairs, because a JSON object forgets the order."""
    return dict((state.vocabulary if state else {}).get(name, ()))


def _team_way(limits: TeamLimits) -> str:
    return f"Alone or in a team of up to {number(limits.most)}: one artifact, and each is judged alone."


def _text_way(requirement: Requirement) -> str:
    if requirement.words is None:
        return "Writing, of any length."
    if requirement.words.min:
        return f"Writing, {number(requirement.words.min)} to {number(requirement.words.max)} words."
    return f"Writing, at most {number(requirement.words.max, 'word')}."


def _file_way(requirement: Requirement) -> str:
    if requirement.files is None:
        return "A file."
    kinds = [KINDS_OF_FILE.get(kind, kind) for kind in requirement.files.kinds]
    most = "One file" if requirement.files.most == 1 else f"Up to {number(requirement.files.most, 'file')}"
    each = "" if requirement.files.most == 1 else " each"
    return f"{most} ({_either(kinds)}), at most {number(requirement.files.megabytes)} MB{each}."


def _link_way(requirement: Requirement) -> str:
    return "A link to where it can be seen."


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _who_reads(rule: PanelRule) -> str:
    if rule.readers == 1:
        return "One assessor who does not know you reads it."
    who = f"{COUNTS[rule.readers] if rule.readers < len(COUNTS) else number(rule.readers)} assessors"
    return f"{who} who do not know you read it independently{_when_they_differ(rule)}"


def _what_counts(rule: PanelRule, rubric: Rubric) -> list[str]:
    """What a level is worth and what a criterion weighs, where a sum decides; equal weights need no word."""
    if not isinstance(rule.outcome, WeightedSum | Points):
        return []
    told = []
    if isinstance(rule.outcome, Points):
        points = rule.outcome.points
        worth = (f"“{level.title}” {number(points[level.code])}" for level in rubric.levels)
        told.append(f"Points for each criterion: {', '.join(worth)}.")
    if len({criterion.weight for criterion in rubric.criteria}) > 1:
        weights = (f"“{criterion.title}” {number(criterion.weight)}" for criterion in rubric.criteria)
        told.append(f"Criteria weigh differently: {', '.join(weights)}.")
    return told


def _near_the_line(rule: PanelRule) -> list[str]:
    if rule.extra_reader_within is None:
        return []
    within = number(rule.extra_reader_within * 100)
    return [f"Within {within} % of the line, one more assessor reads it and everybody's reading counts."]


def _when_they_differ(rule: PanelRule) -> str:
    if rule.when_they_differ is WhenTheyDiffer.NONE:
        return "; where they differ, the majority decides."
    if rule.when_they_differ is WhenTheyDiffer.LEAD:
        return "; where they differ, a lead assessor who does not know you either sees both readings and decides."
    if rule.decides is Decides.THIRD:
        return "; where they differ, a third decides."
    return "; where they differ, a third reads too and the majority decides."


def _when_met(rule: PanelRule, rubric: Rubric) -> list[str]:
    others = [rubric.criterion_by_code[code] for code in rule.minimum_levels]
    return [
        f"A criterion is met at {_line(rule, rubric)}.",
        *(f"“{criterion.title}” is met at {_line(rule, rubric, criterion.code)}." for criterion in others),
    ]


def _line(rule: PanelRule, rubric: Rubric, criterion: str = "") -> str:
    level = rubric.level_by_code[rule.line(rubric, criterion)]
    return f"“{level.title}”" if level == rubric.levels[-1] else f"“{level.title}” or above"


def _what_is_enough(rule: PanelRule, rubric: Rubric) -> str:
    all_required = isinstance(rule.outcome, AllOf) or all(criterion.required for criterion in rubric.criteria)
    every = "every criterion is met" if all_required else "every required criterion is met"
    if isinstance(rule.outcome, WeightedSum):
        share = number(rule.outcome.cut * 100)
        return f"The competency is demonstrated when {every} and the criteria met make up {share} % of the weight."
    if isinstance(rule.outcome, Points):
        share = number(rule.outcome.cut * 100)
        return f"The competency is demonstrated when {every} and {share} % of all points are reached."
    return f"The competency is demonstrated when {every}."
