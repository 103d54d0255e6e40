"""How well a reader's levels fit the true ones: plain values in, a document out. No database.

The coefficients are the engine's (`engines.rubrics.agreement`); one that is not defined counts for nothing and says
why. Either kappa or AC1 may reach what the gate asks: where nearly all true levels are the same, kappa is low however
well somebody reads, and AC1 was made for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from longleaf.engines.rubrics import Rubric
from longleaf.engines.rubrics.agreement.estimate import Estimate
from longleaf.engines.rubrics.agreement.measuring import Agreement, agreement
from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.kit.numbers import number
from longleaf.panels.calibration.gates import TestGate

READER, TRUTH = "reader", "truth"


@dataclass(frozen=True)
class Given:
    """The level that a reader gave for one criterion of one anchor, and the true one."""

    anchor: str
    criterion: str
    level: str
    true: str


def steps_between(rubric: Rubric, level: str, true: str) -> int:
    """By how many steps a level lies above the true one; below 0 where the reader was harsher."""
    return rubric.level_by_code[level].rank - rubric.level_by_code[true].rank


def result_of(rubric: Rubric, given: Sequence[Given], *, asked: int, gate: TestGate) -> dict[str, Any]:
    """The result of a test in which `asked` anchors were to be read, as it is kept and shown."""
    measured = _measured(rubric, given)
    right = sum(each.level == each.true for each in given)
    result = {
        "anchors": asked,
        "read": len({each.anchor for each in given}),
        "levels": len(given),
        "right": right,
        "exact": right / len(given) if given else 0.0,
        "base_rate": _base_rate(rubric, given),
        "kappa": _told(measured.kappa),
        "ac1": _told(measured.ac1),
        "criteria": [_criterion(rubric, code, given) for code in rubric.criterion_by_code],
    }
    return {**result, "missed": list(_missed(result, gate))}


def _measured(rubric: Rubric, given: Iterable[Given]) -> Agreement:
    ratings = [
        Rating(subject=each.anchor, rater=rater, value=value, criterion=each.criterion)
        for each in given
        for rater, value in ((READER, each.level), (TRUTH, each.true))
    ]
    return agreement(ratings, scale=Scale.ordinal(rubric.level_by_code))


def _base_rate(rubric: Rubric, given: Sequence[Given]) -> dict[str, Any] | None:
    """The true level that occurs most often, and its share: what giving it always would have got right."""
    found = Counter(each.true for each in given).most_common(1)
    return {"level": rubric.level_by_code[found[0][0]].title, "share": found[0][1] / len(given)} if found else None


def _told(estimate: Estimate) -> dict[str, Any]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "reason": estimate.reason}


def _criterion(rubric: Rubric, code: str, given: Iterable[Given]) -> dict[str, Any]:
    steps = [steps_between(rubric, each.level, each.true) for each in given if each.criterion == code]
    return {
        "code": code,
        "of": len(steps),
        "right": steps.count(0),
        "above": sum(step > 0 for step in steps),
        "below": sum(step < 0 for step in steps),
        "mean": sum(steps) / len(steps) if steps else 0.0,
    }


def _missed(result: dict[str, Any], gate: TestGate) -> Iterable[str]:
    """A sentence for everything in which the test falls short; none where it is passed."""
    if result["read"] < result["anchors"]:
        yield f"{number(result['read'], 'anchor')} of {result['anchors']} were read in time."
    if result["exact"] < float(gate.exact):
        yield f"{result['exact']:.0%} of the levels are exactly right; {float(gate.exact):.0%} are asked for."
    reached = [result[name]["value"] for name in ("kappa", "ac1") if result[name]["value"] is not None]
    if max(reached, default=-1.0) < float(gate.coefficient):
        best = f"{max(reached):.2f}" if reached else "not defined"
        yield f"Agreement beyond chance is {best}; {gate.coefficient} is asked for, by kappa or by AC1."
