"""Whether a reader's errors ring, as the engine says (`engines.rubrics.drift`), told as it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from longleaf.engines.rubrics.drift import DriftGate, alarm


def rings(errors: Sequence[float], *, gate: DriftGate) -> dict[str, Any] | None:
    """What rang in a series of signed errors, in steps of the rubric and oldest first; None while nothing does."""
    rung = alarm(errors, gate=gate)
    return None if rung is None else {**asdict(rung), "direction": rung.direction.value}
