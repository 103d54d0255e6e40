"""A panel rule: how many read, what happens when they differ, when a criterion is met, and what is enough.

A rule is a document, so that a state or an issuer can choose. What is left out has a default, and a document that was
valid once stays valid and means the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from longleaf.engines.documents import Place
from longleaf.engines.rubrics.outcomes import (
    ALL_REQUIRED,
    OutcomeKind,
    Points,
    WeightedSum,
    outcome_document,
    outcome_from,
)
from longleaf.engines.rubrics.rubric import Rubric, RubricError


class WhenTheyDiffer(StrEnum):
    THIRD_READER = "third_reader"
    LEAD = "lead"
    NONE = "none"


class Decides(StrEnum):
    THIRD = "third"
    LEAD = "lead"
    MAJORITY = "majority"


class AcrossRounds(StrEnum):
    """What a later submission takes over: that a criterion was met, or the best level it ever had."""

    MET_STAYS = "met_stays"
    BEST_LEVEL = "best_level"


@dataclass(frozen=True)
class PanelRule:
    """How a panel judges.

    `minimum_level` None means that each level's own `meets` says whether a criterion is met; `minimum_levels` draws
    another line for single criteria. `extra_reader_within` is how near to the cut of a sum, as a part of 1, one more
    reader is asked; None asks nobody. `reconciliation_days` is how long first readers who differ may talk it over
    before the rule goes on; None means that they never meet.
    """

    readers: int = 2
    when_they_differ: WhenTheyDiffer = WhenTheyDiffer.THIRD_READER
    decides: Decides = Decides.THIRD
    minimum_level: str | None = None
    outcome: OutcomeKind = ALL_REQUIRED
    minimum_levels: Mapping[str, str] = field(default_factory=dict, hash=False)
    extra_reader_within: Decimal | None = None
    across_rounds: AcrossRounds = AcrossRounds.MET_STAYS
    reconciliation_days: int | None = None

    def is_met(self, rubric: Rubric, level_code: str, criterion: str = "") -> bool:
        """Whether a criterion, by code, counts as met at this level; without one, what holds for most criteria."""
        level = rubric.level_by_code[level_code]
        line = self.minimum_levels.get(criterion, self.minimum_level)
        return level.meets if line is None else level.rank >= rubric.level_by_code[line].rank

    def line(self, rubric: Rubric, criterion: str = "") -> str:
        """The lowest level at which the criterion is met."""
        return next(level.code for level in rubric.levels if self.is_met(rubric, level.code, criterion))

    @property
    def has_place_for_a_third(self) -> bool:
        return self.when_they_differ is WhenTheyDiffer.THIRD_READER or self.extra_reader_within is not None

    @property
    def has_place_for_a_lead(self) -> bool:
        """Whether a lead assessor, who sees both readings, decides where readers differ."""
        return self.when_they_differ is WhenTheyDiffer.LEAD


# What decides where a rule says only what happens when readers differ.
USUALLY_DECIDES = {"third_reader": "third", "lead": "lead", "none": "majority"}


def rule_from_document(document: object, rubric: Rubric) -> PanelRule:
    """Read a panel rule for a rubric. Raises `RubricError` with every mistake as path and reason."""
    known = ("readers", "when_they_differ", "decides", "criterion_met_when", "outcome", "extra_reader", "across_rounds")
    top = Place(document).only(*known, "reconciliation")
    readers = top.whole("readers", default=2)
    differ = top.choice("when_they_differ", list(WhenTheyDiffer), default="third_reader" if readers == 2 else "none")
    decides = top.choice("decides", list(Decides), default=USUALLY_DECIDES.get(differ, "majority"))
    _check_readers(top, readers, differ, decides)
    minimum_level, minimum_levels = _minimum_level(top, rubric), _minimum_levels(top, rubric)
    lines = _lines(rubric, minimum_level, minimum_levels)
    outcome = outcome_from(top, rubric, lines)
    within = _extra_reader(top, outcome, differ)
    across = top.choice("across_rounds", list(AcrossRounds), default=AcrossRounds.MET_STAYS.value)
    days = _reconciliation(top, readers)
    top.raise_mistakes(RubricError)
    return PanelRule(
        readers=readers,
        when_they_differ=WhenTheyDiffer(differ),
        decides=Decides(decides),
        minimum_level=minimum_level,
        outcome=outcome,
        minimum_levels=minimum_levels,
        extra_reader_within=within,
        across_rounds=AcrossRounds(across),
        reconciliation_days=days,
    )


def rule_to_document(rule: PanelRule) -> dict[str, Any]:
    """The document that `rule_from_document` would read back to the same rule; ready for JSON.

    Parts that came later are written only where they say something, so that older documents come out as they went in.
    """
    met_when: dict[str, Any] = {"level": rule.minimum_level} if rule.minimum_level else {"meets": True}
    if rule.minimum_levels:
        met_when["criteria"] = dict(rule.minimum_levels)
    document: dict[str, Any] = {
        "readers": rule.readers,
        "when_they_differ": rule.when_they_differ.value,
        "decides": rule.decides.value,
        "criterion_met_when": met_when,
        "outcome": outcome_document(rule.outcome),
    }
    if rule.extra_reader_within is not None:
        document["extra_reader"] = {"within": str(rule.extra_reader_within)}
    if rule.across_rounds is not AcrossRounds.MET_STAYS:
        document["across_rounds"] = rule.across_rounds.value
    if rule.reconciliation_days is not None:
        document["reconciliation"] = {"days": rule.reconciliation_days}
    return document


def _check_readers(top: Place, readers: int, differ: str, decides: str) -> None:
    """A rule must always come to an end: no tie may be left standing."""
    if readers < 1:
        top.at("readers").wrong("At least one reader is needed.")
    if differ == WhenTheyDiffer.THIRD_READER and readers != 2:
        top.at("when_they_differ").wrong(
            "A third reader follows two; ask for two readers, or for nobody else where they differ."
        )
    if differ == WhenTheyDiffer.LEAD and readers == 1:
        top.at("when_they_differ").wrong("One reader differs from nobody; ask for two at least, or for nobody else.")
    if (differ == WhenTheyDiffer.LEAD) != (decides == Decides.LEAD):
        top.at("decides").wrong(
            "A lead decides where a lead sees what readers differ on, and only there; choose the lead for both."
        )
    if differ == WhenTheyDiffer.NONE and readers > 0 and readers % 2 == 0:
        top.at("when_they_differ").wrong(f"{readers} readers can tie; add a third reader or use an odd number.")
    if differ == WhenTheyDiffer.NONE and decides == Decides.THIRD:
        top.at("decides").wrong(
            "Nobody is third here; let the majority decide, or ask for a third reader where two differ."
        )


def _minimum_level(top: Place, rubric: Rubric) -> str | None:
    if not top.has("criterion_met_when"):
        return None
    place = top.at("criterion_met_when").only("level", "meets", "criteria")
    if place.has("level") == place.has("meets"):
        place.wrong("Name a level as the line, or leave it to the levels that meet; one of the two.")
    if place.has("meets") and not place.flag("meets"):
        place.at("meets").wrong("This can only be true; name a level to set another line.")
    return _known_level(place, "level", rubric) if place.has("level") else None


def _minimum_levels(top: Place, rubric: Rubric) -> dict[str, str]:
    """Lines of single criteria, by the criterion's code."""
    place = top.at("criterion_met_when").at("criteria")
    codes = list(top.at("criterion_met_when").entries("criteria"))
    for code in codes:
        if code not in rubric.criterion_by_code:
            known = ", ".join(rubric.criterion_by_code)
            place.at(code).wrong(f"“{code}” is not a criterion of the rubric: {known}.")
    return {code: _known_level(place, code, rubric) for code in codes}


def _known_level(place: Place, key: str, rubric: Rubric) -> str:
    code = place.text(key)
    if code not in rubric.level_by_code:
        place.at(key).wrong(f"“{code}” is not a level of the rubric: {', '.join(rubric.level_by_code)}.")
    elif rubric.level_by_code[code].rank == 0:
        place.at(key).wrong("The lowest level cannot be the line; every criterion would always be met.")
    return code


def _lines(rubric: Rubric, minimum_level: str | None, minimum_levels: Mapping[str, str]) -> dict[str, str]:
    """The line of each criterion; where a level is misspelt, which is noted already, the level that meets by itself."""
    known = rubric.level_by_code
    usual = next((level.code for level in rubric.levels if level.meets), "")
    line = minimum_level if minimum_level in known else usual
    given = {code: level for code, level in minimum_levels.items() if level in known}
    return {code: given.get(code, line or usual) for code in rubric.criterion_by_code}


def _extra_reader(top: Place, outcome: OutcomeKind, differ: str) -> Decimal | None:
    if not top.has("extra_reader"):
        return None
    place = top.at("extra_reader").only("within")
    within = place.number("within", positive=True)
    if not isinstance(outcome, WeightedSum | Points):
        place.wrong("Only a weighted sum or points have a cut to be near; choose one of them, or leave this out.")
    elif differ == WhenTheyDiffer.LEAD:
        place.wrong("A lead decides what readers differ on and no sum; let a third reader decide, or leave this out.")
    elif outcome.cut <= 1 <= outcome.cut + within:
        reason = "The best work must be clear of the line; choose less, such as 0.05, which is 5 %."
        place.at("within").wrong(reason)
    return within


def _reconciliation(top: Place, readers: int) -> int | None:
    if not top.has("reconciliation"):
        return None
    place = top.at("reconciliation").only("days")
    days = place.whole("days")
    if days < 1:
        place.at("days").wrong("Readers need a day at least to talk it over.")
    if readers < 2:
        place.wrong("One reader has nobody to talk to; ask for two readers at least, or leave this out.")
    return days
