"""Whether anchors lie so much to one side that a test on them can be passed without reading. No database.

A gate asks for exact agreement and for agreement beyond chance, by kappa or by AC1. Where nearly all true levels are
the same, whoever always gives that level reaches both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from longleaf.engines.rubrics import Rubric
from longleaf.panels.calibration.gates import TestGate
from longleaf.panels.calibration.results import Given, result_of

# By the reference of the anchor: the true level of each criterion.
Truths = Mapping[str, Mapping[str, str]]


def passed_by_habit(rubric: Rubric, truths: Truths, gate: TestGate) -> list[str]:
    """How a test on all of these anchors is passed without reading them, each way in words; none where it is not."""
    if not truths:
        return []
    always = [
        f"whoever gives everything “{level.title}” passes"
        for level in rubric.levels
        if _passes(rubric, truths, gate, dict.fromkeys(rubric.criterion_by_code, level.code))
    ]
    if always or not _passes(rubric, truths, gate, _most_frequent(rubric, truths)):
        return always
    return ["whoever gives each criterion the level it has most often passes"]


def _passes(rubric: Rubric, truths: Truths, gate: TestGate, habit: Mapping[str, str]) -> bool:
    given = [
        Given(anchor, code, habit[code], true)
        for anchor, levels in truths.items()
        for code, true in levels.items()
        if code in habit
    ]
    return not result_of(rubric, given, asked=len(truths), gate=gate)["missed"]


def _most_frequent(rubric: Rubric, truths: Truths) -> dict[str, str]:
    given: Sequence[tuple[str, Counter[str]]] = [
        (code, Counter(levels[code] for levels in truths.values() if code in levels))
        for code in rubric.criterion_by_code
    ]
    return {code: levels.most_common(1)[0][0] for code, levels in given if levels}
