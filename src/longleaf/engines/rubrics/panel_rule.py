"""A panel rule: how many read, what happens when they differ, when a criterion is met, and what is enough.

A rule is a document, so that a state or an issuer can choose. Parts that say `kind` are where further kinds
go: another outcome, an extra reader near the line, the best of several attempts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from longleaf.engines.documents import Place
from longleaf.engines.rubrics.rubric import Criterion, Rubric, RubricError


class WhenTheyDiffer(StrEnum):
    THIRD_READER = "third_reader"
    NONE = "none"


class Decides(StrEnum):
    THIRD = "third"
    MAJORITY = "majority"


@dataclass(frozen=True)
class AllRequired:
    """Demonstrated when every required criterion is met."""

    kind = "all_required"

    def is_enough(self, criteria: Iterable[Criterion], met: frozenset[str]) -> bool:
        return all(it.code in met for it in criteria if it.required)


@dataclass(frozen=True)
class WeightedSum:
    """Demonstrated when every required criterion is met and the met share of all weight reaches the cut."""

    cut: Decimal
    kind = "weighted_sum"

    def is_enough(self, criteria: Iterable[Criterion], met: frozenset[str]) -> bool:
        judged = tuple(criteria)
        reached = sum(it.weight for it in judged if it.code in met)
        enough = reached >= self.cut * sum(it.weight for it in judged)
        return enough and AllRequired().is_enough(judged, met)


@dataclass(frozen=True)
class PanelRule:
    """`minimum_level` None means that each level's own `meets` says whether a criterion is met."""

    readers: int = 2
    when_they_differ: WhenTheyDiffer = WhenTheyDiffer.THIRD_READER
    decides: Decides = Decides.THIRD
    minimum_level: str | None = None
    outcome: AllRequired | WeightedSum = AllRequired()

    def is_met(self, rubric: Rubric, level_code: str) -> bool:
        """Whether a criterion at this level counts as met."""
        level = rubric.level_by_code[level_code]
        if self.minimum_level is None:
            return level.meets
        return level.rank >= rubric.level_by_code[self.minimum_level].rank


def rule_from_document(document: object, rubric: Rubric) -> PanelRule:
    """Read a panel rule for a rubric. Raises `RubricError` with every mistake as path and reason."""
    top = Place(document).only("readers", "when_they_differ", "decides", "criterion_met_when", "outcome")
    readers = top.whole("readers", default=2)
    differ = top.choice("when_they_differ", list(WhenTheyDiffer), default="third_reader" if readers == 2 else "none")
    decides = top.choice("decides", list(Decides), default="third" if differ == "third_reader" else "majority")
    _check_readers(top, readers, differ, decides)
    minimum_level = _minimum_level(top, rubric)
    outcome = _outcome(top, rubric)
    top.raise_mistakes(RubricError)
    return PanelRule(
        readers=readers,
        when_they_differ=WhenTheyDiffer(differ),
        decides=Decides(decides),
        minimum_level=minimum_level,
        outcome=outcome,
    )


def rule_to_document(rule: PanelRule) -> dict[str, Any]:
    """The document that `rule_from_document` would read back to the same rule; ready for JSON."""
    return {
        "readers": rule.readers,
        "when_they_differ": rule.when_they_differ.value,
        "decides": rule.decides.value,
        "criterion_met_when": {"level": rule.minimum_level} if rule.minimum_level else {"meets": True},
        "outcome": _outcome_document(rule.outcome),
    }


def _check_readers(top: Place, readers: int, differ: str, decides: str) -> None:
    """A rule must always come to an end: no tie may be left standing."""
    if readers < 1:
        top.at("readers").wrong("At least one reader is needed.")
    if differ == WhenTheyDiffer.THIRD_READER and readers != 2:
        top.at("when_they_differ").wrong("A third reader follows two; set `readers: 2`, or write `none`.")
    if differ == WhenTheyDiffer.NONE and readers > 0 and readers % 2 == 0:
        top.at("when_they_differ").wrong(f"{readers} readers can tie; add a third reader or use an odd number.")
    if differ == WhenTheyDiffer.NONE and decides == Decides.THIRD:
        top.at("decides").wrong("Nobody is third here; write `majority`, or `when_they_differ: third_reader`.")


def _minimum_level(top: Place, rubric: Rubric) -> str | None:
    if not top.has("criterion_met_when"):
        return None
    place = top.at("criterion_met_when").only("level", "meets")
    if place.has("level") == place.has("meets"):
        place.wrong("Write either a `level` or `meets: true`.")
    if place.has("meets") and not place.flag("meets"):
        place.at("meets").wrong("This can only be true; name a `level` to set another line.")
    return _known_level(place, rubric) if place.has("level") else None


def _known_level(place: Place, rubric: Rubric) -> str:
    code = place.text("level")
    if code not in rubric.level_by_code:
        place.at("level").wrong(f"“{code}” is not a level of the rubric: {', '.join(rubric.level_by_code)}.")
    elif rubric.level_by_code[code].rank == 0:
        place.at("level").wrong("The lowest level cannot be the line; every criterion would always be met.")
    return code


def _outcome(top: Place, rubric: Rubric) -> AllRequired | WeightedSum:
    place = top.at("outcome") if top.has("outcome") else Place({"kind": AllRequired.kind}, "outcome", top.mistakes)
    kind = place.only("kind", "cut").choice("kind", [AllRequired.kind, WeightedSum.kind])
    if kind == WeightedSum.kind:
        return WeightedSum(cut=_cut(place, rubric))
    if place.has("cut"):
        place.at("cut").wrong("A cut belongs to a weighted sum only.")
    if not any(it.required for it in rubric.criteria):
        place.wrong("No criterion is required, so anything would pass; mark some as required.")
    return AllRequired()


def _cut(place: Place, rubric: Rubric) -> Decimal:
    cut = place.number("cut", positive=True)
    if cut > 1:
        place.at("cut").wrong("A cut is a share of the weight, at most 1.")
    if all(it.required for it in rubric.criteria):
        place.wrong("Every criterion is required, so the cut never decides; mark some as `required: false`.")
    return cut


def _outcome_document(outcome: AllRequired | WeightedSum) -> dict[str, Any]:
    if isinstance(outcome, WeightedSum):
        return {"kind": outcome.kind, "cut": str(outcome.cut)}
    return {"kind": outcome.kind}
