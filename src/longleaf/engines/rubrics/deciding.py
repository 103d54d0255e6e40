"""From readings to an outcome: demonstrated, not yet, or another reading is needed.

Readers *differ* on a criterion when some find it met and others do not; two levels on the same side of the
line are agreement, and then the lower level stands, because both readers saw at least that.

Where a rule says so, a *lead* decides what readers differ on, having seen what each of them found. A lead is no reader:
what they find counts where it decides and nowhere else.

A *sum* (weighted sum or points) is another question than whether a criterion is met. Points, and every sum with an
extra reader near the line, take the mean of what all readers gave: so nobody's better level can ever lower it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from longleaf.engines.rubrics.outcomes import AllOf, AllRequired, Points, Sum, WeightedSum, share_of
from longleaf.engines.rubrics.panel_rule import AcrossRounds, Decides, PanelRule, WhenTheyDiffer
from longleaf.engines.rubrics.readings import (
    CriterionOutcome,
    DecidedBy,
    Difference,
    Outcome,
    Reading,
    ReadingError,
    Role,
    Verdict,
)
from longleaf.engines.rubrics.rubric import Criterion, Rubric


def decide(
    rubric: Rubric,
    rule: PanelRule,
    readings: Sequence[Reading],
    *,
    met_before: frozenset[str] = frozenset(),
    levels_before: Mapping[str, str] | None = None,
) -> Outcome:
    """Turn readings into an outcome by the rule; the order of the readings never matters.

    Criteria in `met_before` stay met and are not judged again. Every first reader rates all the others; a
    third rates at least those on which the first readers differ, and decides only those. A third who was asked because
    the sum is near the line rates all. A lead rates exactly those on which the readers differ and which are open still.
    `levels_before` is the best level that criteria had in earlier rounds: it gives
    the points of those in `met_before`, and where the rule says `best_level` it stands for those judged again too.
    Raises `ReadingError` for incomplete readings, unknown criteria or levels, and too many readers.
    """
    ordered = sorted(readings, key=lambda it: (list(Role).index(it.role), it.reader))
    panel = _Panel(rubric, rule, tuple(ordered), met_before, levels_before or {})
    _raise_problems(panel)
    criteria = tuple(panel.judge(criterion) for criterion in rubric.criteria)
    return panel.conclude(criteria)


def differences(
    rubric: Rubric, first: Reading, second: Reading, *, rule: PanelRule | None = None
) -> tuple[Difference, ...]:
    """Where two readings gave different levels, in the order of the rubric; unrated criteria are left out.

    The line is drawn by `rule` where one is given, else by each level's own `meets`.
    """
    line = rule or PanelRule()
    both = [code for code in rubric.criterion_by_code if code in first.ratings and code in second.ratings]
    return tuple(
        _difference(rubric, line, code, (first.ratings[code], second.ratings[code]))
        for code in both
        if first.ratings[code] != second.ratings[code]
    )


def _difference(rubric: Rubric, rule: PanelRule, code: str, levels: tuple[str, str]) -> Difference:
    one, other = (rubric.level_by_code[level].rank for level in levels)
    sides = {rule.is_met(rubric, level, code) for level in levels}
    return Difference(code=code, levels=levels, steps=abs(one - other), crosses_line=len(sides) == 2)


@dataclass(frozen=True)
class _Panel:
    """The readings of one subject, sorted: first readers by name, then the third, then the lead."""

    rubric: Rubric
    rule: PanelRule
    readings: tuple[Reading, ...]
    met_before: frozenset[str]
    levels_before: Mapping[str, str]

    @property
    def firsts(self) -> tuple[Reading, ...]:
        return tuple(it for it in self.readings if it.role is Role.READER)

    @property
    def third(self) -> Reading | None:
        return next((it for it in self.readings if it.role is Role.THIRD), None)

    @property
    def lead(self) -> Reading | None:
        return next((it for it in self.readings if it.role is Role.LEAD), None)

    @property
    def independent(self) -> tuple[Reading, ...]:
        """The readings of those who did not know what the others found."""
        return tuple(it for it in self.readings if it.role is not Role.LEAD)

    @property
    def open_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.rubric.criterion_by_code if code not in self.met_before)

    @property
    def first_readings_missing(self) -> int:
        return self.rule.readers - len(self.firsts)

    def judge(self, criterion: Criterion) -> CriterionOutcome:
        code = criterion.code
        if code in self.met_before:
            return CriterionOutcome(code, True, None, (), True, DecidedBy.BEFORE)
        firsts = tuple(it.ratings[code] for it in self.firsts)
        levels = tuple(it.ratings[code] for it in self.independent if code in it.ratings)
        if self.first_readings_missing:
            return CriterionOutcome(code, None, None, levels, False, None)
        agreed = not self.differ_on(code)
        level, decided_by = self._settled(code, firsts, agreed=agreed)
        if self._was_better(code, level):
            level, decided_by = self.levels_before[code], DecidedBy.BEFORE
        met = None if level is None else self.rule.is_met(self.rubric, level, code)
        return CriterionOutcome(code, met, level, levels, agreed, decided_by)

    def is_for_lead(self, code: str) -> bool:
        """Whether a lead is asked to decide a criterion: readers differ, and no earlier round settles it."""
        wanted = self.rule.has_place_for_a_lead and not self.first_readings_missing
        return wanted and self.differ_on(code) and not self._was_better(code, None)

    def differ_on(self, code: str) -> bool:
        return self._on_two_sides(code, (it.ratings[code] for it in self.firsts))

    def _on_two_sides(self, code: str, levels: Iterable[str]) -> bool:
        return len({self.rule.is_met(self.rubric, level, code) for level in levels}) > 1

    def _settled(self, code: str, firsts: tuple[str, ...], *, agreed: bool) -> tuple[str | None, DecidedBy | None]:
        if not agreed:
            return self._by_rule(code, firsts)
        if self.third is None or len(firsts) > 1:
            return self._by_agreement(firsts)
        # One reader and an extra one, who was asked because the sum was near the line.
        both = (*firsts, self.third.ratings[code])
        if self._on_two_sides(code, both):
            return self.third.ratings[code], DecidedBy.THIRD
        return self._by_agreement(both)

    def _was_better(self, code: str, level: str | None) -> bool:
        """Whether an earlier round's level stands: it is better, or it is met where readers now differ."""
        if self.rule.across_rounds is not AcrossRounds.BEST_LEVEL or code not in self.levels_before:
            return False
        before = self.levels_before[code]
        if level is None:
            return self.rule.is_met(self.rubric, before, code)
        return self._rank(before) > self._rank(level)

    def _rank(self, level: str) -> int:
        return self.rubric.level_by_code[level].rank

    def _by_agreement(self, firsts: tuple[str, ...]) -> tuple[str, DecidedBy]:
        how = DecidedBy.AGREEMENT if len(firsts) > 1 else DecidedBy.READER
        return self.rubric.lowest(firsts), how

    def _by_rule(self, code: str, firsts: tuple[str, ...]) -> tuple[str | None, DecidedBy | None]:
        """Settle a difference: by a third reader, a lead, or the middle level, where the majority is."""
        if self.rule.when_they_differ is WhenTheyDiffer.NONE:
            return self._middle(firsts), DecidedBy.MAJORITY
        if self.rule.has_place_for_a_lead:
            return (self.lead.ratings[code], DecidedBy.LEAD) if self.is_for_lead(code) and self.lead else (None, None)
        if self.third is None:
            return None, None
        if self.rule.decides is Decides.THIRD:
            return self.third.ratings[code], DecidedBy.THIRD
        return self._middle((*firsts, self.third.ratings[code])), DecidedBy.MAJORITY

    def _middle(self, levels: tuple[str, ...]) -> str:
        ranked = sorted(levels, key=self._rank)
        return ranked[len(ranked) // 2]

    def conclude(self, criteria: tuple[CriterionOutcome, ...]) -> Outcome:
        readers = tuple(it.reader for it in self.independent)
        undecided = [it.code for it in criteria if it.met is None]
        if undecided and self.rule.has_place_for_a_lead and not self.first_readings_missing:
            why = f"The readers differ on {self.rubric.titles(undecided)}; a lead assessor decides."
            return Outcome(Verdict.NEEDS_READING, why, criteria, readers, to_adjudicate=tuple(undecided))
        if undecided:
            needed = self.first_readings_missing or 1
            return Outcome(Verdict.NEEDS_READING, self._waiting(undecided), criteria, readers, needed)
        met = frozenset(it.code for it in criteria if it.met)
        outcome = self.rule.outcome
        if isinstance(outcome, WeightedSum | Points):
            return self._conclude_sum(outcome, criteria, met)
        enough = outcome.is_enough(self.rubric.criteria, met)
        verdict = Verdict.DEMONSTRATED if enough else Verdict.NOT_YET
        return Outcome(verdict, self._why(met, enough=enough), criteria, readers)

    def _conclude_sum(self, outcome: Sum, criteria: tuple[CriterionOutcome, ...], met: frozenset[str]) -> Outcome:
        readers = tuple(it.reader for it in self.independent)
        share = share_of(self.rubric.criteria, {it.code: self._worth(outcome, it) for it in criteria})
        has_all_required = AllRequired().is_enough(self.rubric.criteria, met)
        if has_all_required and self.third is None and self._is_near(share, outcome):
            asked = f"{_percent(share)} % is reached where {_percent(Fraction(outcome.cut))} % is asked"
            reason = f"The sum is near the line: {asked}; another reading decides."
            return Outcome(Verdict.NEEDS_READING, reason, criteria, readers, 1, share)
        enough = has_all_required and share >= outcome.cut
        verdict = Verdict.DEMONSTRATED if enough else Verdict.NOT_YET
        return Outcome(verdict, self._why(met, enough=enough, share=share), criteria, readers, share=share)

    def _is_near(self, share: Fraction, outcome: Sum) -> bool:
        within = self.rule.extra_reader_within
        return within is not None and abs(share - Fraction(outcome.cut)) <= within

    def _worth(self, outcome: Sum, judged: CriterionOutcome) -> Fraction:
        """What a criterion adds to the sum, as a part of its weight."""
        code = judged.code
        if code in self.met_before:
            return self._worth_of(outcome, code, self.levels_before.get(code, self.rule.line(self.rubric, code)), True)
        if isinstance(outcome, WeightedSum) and self.rule.extra_reader_within is None:
            return Fraction(bool(judged.met))
        if judged.decided_by is DecidedBy.LEAD and judged.level is not None:
            return self._worth_of(outcome, code, judged.level)
        given = [self._worth_of(outcome, code, it.ratings[code]) for it in self.independent if code in it.ratings]
        now = sum(given, Fraction(0)) / len(given)
        if self.rule.across_rounds is AcrossRounds.BEST_LEVEL and code in self.levels_before:
            return max(now, self._worth_of(outcome, code, self.levels_before[code]))
        return now

    def _worth_of(self, outcome: Sum, code: str, level: str, met: bool | None = None) -> Fraction:
        return outcome.worth(level, met=self.rule.is_met(self.rubric, level, code) if met is None else met)

    def _waiting(self, undecided: Sequence[str]) -> str:
        missing = self.first_readings_missing
        if missing:
            return f"{len(self.firsts)} of {self.rule.readers} readings are in; {missing} more to come."
        return f"The readers differ on {self.rubric.titles(undecided)}; a third reading decides."

    def _why(self, met: frozenset[str], *, enough: bool, share: Fraction | None = None) -> str:
        unmet = [it.code for it in self.rubric.criteria if it.code not in met]
        required = [code for code in unmet if self.rubric.criterion_by_code[code].required]
        outcome = self.rule.outcome
        if required:
            return f"Required and not met yet: {self.rubric.titles(required)}."
        if not enough and isinstance(outcome, AllOf):
            return f"Not met yet: {self.rubric.titles(unmet)}."
        if not enough and share is not None and isinstance(outcome, Points):
            asked = _percent(Fraction(outcome.cut))
            return f"Too few points: {_percent(share)} % of all are reached, and {asked} % are asked."
        if not enough and not unmet:
            return "Too little of the weight is met by what all readers found together."
        if not enough:
            return f"Too little of the weight is met; not met yet: {self.rubric.titles(unmet)}."
        if unmet:
            return f"Enough is met; still open, but not needed: {self.rubric.titles(unmet)}."
        return "Every criterion is met."


def _percent(share: Fraction) -> str:
    """In percent with one decimal at most, cut and not rounded: what misses the line must not seem to reach it."""
    tenths = floor(share * 1000)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _raise_problems(panel: _Panel) -> None:
    problems = [*_panel_problems(panel)]
    for reading in panel.readings:
        problems.extend(_unknown(panel, reading))
    # What is missing can only be told when all that is there can be read.
    problems = problems or [problem for it in panel.readings for problem in _missing(panel, it)]
    if problems:
        raise ReadingError(problems)


def _panel_problems(panel: _Panel) -> Iterable[str]:
    for code in sorted(panel.met_before - panel.rubric.criterion_by_code.keys()):
        yield f"“{code}” was met before but is not a criterion of this rubric."
    for code, level in sorted(panel.levels_before.items()):
        if code not in panel.rubric.criterion_by_code or level not in panel.rubric.level_by_code:
            yield f"“{code}” had the level “{level}” before, and this rubric has no such criterion or level."
    names = [it.reader for it in panel.readings]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name} reads twice; each reading needs its own reader."
    if panel.first_readings_missing < 0:
        yield f"The rule asks for {panel.rule.readers} readers, and {len(panel.firsts)} readings were given."
    thirds = sum(it.role is Role.THIRD for it in panel.readings)
    if thirds > panel.rule.has_place_for_a_third:
        yield f"{thirds} third readings were given; the rule has no place for them."
    leads = sum(it.role is Role.LEAD for it in panel.readings)
    if leads > panel.rule.has_place_for_a_lead:
        yield f"{leads} leads decided; the rule has no place for them."


def _unknown(panel: _Panel, reading: Reading) -> Iterable[str]:
    for code, level in reading.ratings.items():
        if code not in panel.rubric.criterion_by_code:
            yield f"{reading.reader} rates “{code}”, which is not a criterion of this rubric."
        elif code in panel.met_before:
            yield f"{reading.reader} rates “{code}”, which was met before and is not judged again."
        if level not in panel.rubric.level_by_code:
            yield f"{reading.reader} gives “{code}” the level “{level}”, which this rubric does not have."


def _missing(panel: _Panel, reading: Reading) -> Iterable[str]:
    if reading.role is Role.LEAD:
        yield from _missing_of_lead(panel, reading)
        return
    rates_all = reading.role is Role.READER or panel.rule.extra_reader_within is not None
    for code in panel.open_codes:
        due = rates_all or (not panel.first_readings_missing and panel.differ_on(code))
        if due and code not in reading.ratings:
            yield f"{reading.reader} has no level for “{code}”."


def _missing_of_lead(panel: _Panel, reading: Reading) -> Iterable[str]:
    asked = {code for code in panel.open_codes if panel.is_for_lead(code)}
    for code in panel.open_codes:
        if code in asked - reading.ratings.keys():
            yield f"{reading.reader} has no level for “{code}”."
        if code in reading.ratings.keys() - asked:
            yield f"{reading.reader} decides “{code}”, on which no lead is asked."
