"""Anchors that lie to one side: who passes without reading, as values. No database."""

from __future__ import annotations

import pytest

from longleaf.engines.rubrics import rubric_from_document
from longleaf.panels.calibration.gates import gate_from
from longleaf.panels.calibration.lopsided import passed_by_habit
from longleaf.panels.calibration.results import Given, result_of
from longleaf.panels.tests.factories import MEETS, NOT_YET
from tests import cast

RUBRIC = rubric_from_document(cast.make_document()["rubric"])
TEST = gate_from().test
# So many of ten anchors meet A, and so many meet B.
BY_LEVEL = ["whoever gives everything “Demonstrated” passes"]
BY_CRITERION = ["whoever gives each criterion the level it has most often passes"]


def truths(a: int, b: int) -> dict[str, dict[str, str]]:
    return {
        f"ANC-{number}": {"A": MEETS if number < a else NOT_YET, "B": MEETS if number < b else NOT_YET}
        for number in range(10)
    }


@pytest.mark.parametrize(
    ("a", "b", "ways"), [(5, 5, []), (6, 4, []), (7, 7, []), (9, 9, BY_LEVEL), (10, 0, BY_CRITERION)]
)
def test_a_reader_who_always_gives_the_same_passes_where_anchors_lie_to_one_side(
    a: int, b: int, ways: list[str]
) -> None:
    assert passed_by_habit(RUBRIC, truths(a, b), TEST) == ways


def test_the_base_rate_stands_in_a_result() -> None:
    given = [Given(anchor, code, MEETS, true) for anchor, of in truths(9, 8).items() for code, true in of.items()]
    result = result_of(RUBRIC, given, asked=10, gate=TEST)
    assert result["base_rate"] == {"level": "Demonstrated", "share": 0.85}
    assert result_of(RUBRIC, [], asked=10, gate=TEST)["base_rate"] is None
