"""What rings by default, as values: errors that point one way, errors that are large either way, and neither."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from longleaf.panels.calibration.drifting import rings
from longleaf.panels.calibration.gates import gate_from

GATE = gate_from()


@pytest.mark.parametrize("source", ["anchors", "back_readings", "co_readers"])
@pytest.mark.parametrize(
    ("errors", "chart"),
    [
        ([0], None),
        ([1, 0, 0, 0, 0, -1, 0, 0, 0, 0], None),
        ([-1, 0], "drift"),
        ([1, -1, 0], "scatter"),
        ([2, 0, -2, 0], "scatter"),
    ],
)
def test_by_default_one_way_and_either_way_ring_and_four_of_five_exact_does_not(
    errors: Sequence[float], chart: str | None, source: str
) -> None:
    told = rings(list(errors) * 60, drift=GATE.drift[source], scatter=GATE.scatter[source])
    assert (told and told["chart"]) == chart


def test_a_chart_that_is_off_is_not_watched() -> None:
    assert rings([1.0, -1.0] * 60, drift=GATE.drift["anchors"], scatter=None) is None
    assert rings([1.0] * 60, drift=None, scatter=None) is None
