"""Background work of recognition. Each chore claims what is due and says how much it did (`kit.working`)."""

from __future__ import annotations

from longleaf.recognition.roster import counting


def count_units() -> int:
    """Count how the educators of each school unit stand, once a day."""
    return counting.count_units()


def run_policy_labs() -> int:
    """Reckon a stretch of educators of a lab that is asked for."""
    return 0
