"""Whether a reader's errors ring, as the engine says (`engines.rubrics.drift`), told as it is kept.

Two charts look at the same errors. One adds up how far they point one way. The other adds up how large they are:
whoever reads at random is too high as often as too low, and would never ring the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from longleaf.engines.rubrics.drift import Direction, DriftGate, alarm


class Chart(StrEnum):
    """What rang: errors that point one way, or errors that are too large whichever way."""

    DRIFT = "drift"
    SCATTER = "scatter"


def rings(errors: Sequence[float], *, drift: DriftGate | None, scatter: DriftGate | None) -> dict[str, Any] | None:
    """What rang in a series of signed errors, in steps of the rubric and oldest first; None while nothing does.

    A chart that is None is not watched. Where both ring, the one way in which levels lie is told.
    """
    one_way = alarm(errors, gate=drift) if drift else None
    sizes = [abs(error) for error in errors]
    either_way = alarm(sizes, gate=scatter, only=Direction.ABOVE) if scatter else None
    rung, chart = (one_way, Chart.DRIFT) if one_way else (either_way, Chart.SCATTER)
    return None if rung is None else {**asdict(rung), "direction": rung.direction.value, "chart": chart.value}
