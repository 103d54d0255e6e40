"""What is enough: the kinds of outcome that a panel rule may ask for, and how each is read and written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, TypeAlias

from longleaf.engines.documents import Place
from longleaf.engines.rubrics.rubric import Criterion, Rubric


@dataclass(frozen=True)
class AllRequired:
    """Demonstrated when every required criterion is met."""

    kind: ClassVar[str] = "all_required"

    def is_enough(self, criteria: Iterable[Criterion], met: Collection[str]) -> bool:
        return all(it.code in met for it in criteria if it.required)


@dataclass(frozen=True)
class AllOf:
    """Demonstrated when every criterion is met, also those that the rubric does not require."""

    kind: ClassVar[str] = "all_of"

    def is_enough(self, criteria: Iterable[Criterion], met: Collection[str]) -> bool:
        return all(it.code in met for it in criteria)


@dataclass(frozen=True)
class WeightedSum:
    """Demonstrated when every required criterion is met and the met share of all weight reaches the cut."""

    cut: Decimal
    kind: ClassVar[str] = "weighted_sum"

    def worth(self, level: str, *, met: bool) -> Fraction:
        """What a level adds, as a part of the criterion's weight."""
        return Fraction(met)


@dataclass(frozen=True)
class Points:
    """Demonstrated when every required criterion is met and the points reach the cut, a share of all there are.

    `points` holds what each level of the ladder is worth; a criterion counts by its weight.
    """

    cut: Decimal
    points: Mapping[str, Decimal] = field(hash=False)
    kind: ClassVar[str] = "points"

    def worth(self, level: str, *, met: bool) -> Fraction:
        """What a level adds, as a part of the criterion's weight."""
        return Fraction(self.points[level]) / Fraction(max(self.points.values()))


Sum: TypeAlias = WeightedSum | Points
OutcomeKind: TypeAlias = AllRequired | AllOf | WeightedSum | Points

ALL_REQUIRED = AllRequired()
CUT_NEVER_DECIDES = "Every criterion is required, so the cut never decides; let one at least not be required."


def share_of(criteria: Iterable[Criterion], worth: Mapping[str, Fraction]) -> Fraction:
    """The weighted share that is reached, from 0 to 1, where each criterion adds `worth` of its weight."""
    judged = tuple(criteria)
    reached = sum((Fraction(it.weight) * worth[it.code] for it in judged), Fraction(0))
    return reached / sum(Fraction(it.weight) for it in judged)


def outcome_from(top: Place, rubric: Rubric, line_of: Mapping[str, str]) -> OutcomeKind:
    """Read the part `outcome`; mistakes are noted. `line_of` names the lowest level at which each criterion is met."""
    place = top.at("outcome") if top.has("outcome") else Place({"kind": AllRequired.kind}, "outcome", top.mistakes)
    kinds = [AllRequired.kind, AllOf.kind, WeightedSum.kind, Points.kind]
    kind = place.only("kind", "cut", "points").choice("kind", kinds)
    if place.has("points") and kind != Points.kind:
        place.at("points").wrong("Points per level belong to an outcome by points only.")
    if kind == Points.kind:
        return _points(place, rubric, line_of)
    if kind == WeightedSum.kind:
        return _weighted_sum(place, rubric)
    if place.has("cut"):
        place.at("cut").wrong("A cut belongs to a weighted sum or to points only.")
    if kind == AllOf.kind:
        return AllOf()
    if not any(it.required for it in rubric.criteria):
        place.wrong("No criterion is required, so anything would pass; mark some as required.")
    return AllRequired()


def outcome_document(outcome: OutcomeKind) -> dict[str, Any]:
    """The document that `outcome_from` would read back to the same outcome."""
    if isinstance(outcome, Points):
        points = {level: str(worth) for level, worth in outcome.points.items()}
        return {"kind": outcome.kind, "points": points, "cut": str(outcome.cut)}
    if isinstance(outcome, WeightedSum):
        return {"kind": outcome.kind, "cut": str(outcome.cut)}
    return {"kind": outcome.kind}


def _weighted_sum(place: Place, rubric: Rubric) -> WeightedSum:
    cut = _cut(place)
    if all(it.required for it in rubric.criteria):
        place.wrong(CUT_NEVER_DECIDES)
    return WeightedSum(cut=cut)


def _points(place: Place, rubric: Rubric, line_of: Mapping[str, str]) -> Points:
    before = len(place.mistakes)
    cut, levels = _cut(place), place.at("points").only(*rubric.level_by_code)
    points = {code: levels.number(code) for code in rubric.level_by_code}
    outcome = Points(cut=cut, points=points)
    if len(place.mistakes) == before:
        _check_rising(levels, list(points.values()))
    if len(place.mistakes) == before and _passes_anyway(outcome, rubric, line_of):
        place.at("cut").wrong("Whoever meets the required criteria reaches this cut in any case; set it higher.")
    return outcome


def _check_rising(place: Place, points: Sequence[Decimal]) -> None:
    if points[0] < 0 or list(points) != sorted(points):
        place.wrong("Points start at 0 or above and never fall from a level to a better one.")
    elif points[-1] == points[0]:
        place.wrong("The best level must be worth more than the lowest.")


def _passes_anyway(outcome: Points, rubric: Rubric, line_of: Mapping[str, str]) -> bool:
    """Whether the cut is reached by the least that the required criteria ask for, with the lowest level elsewhere."""
    lowest = rubric.levels[0].code
    least = {
        it.code: outcome.worth(line_of[it.code] if it.required else lowest, met=it.required) for it in rubric.criteria
    }
    return share_of(rubric.criteria, least) >= outcome.cut


def _cut(place: Place) -> Decimal:
    cut = place.number("cut", positive=True)
    if cut > 1:
        place.at("cut").wrong("A cut is a share of all that can be reached: at most 1, which is 100 %.")
    return cut
