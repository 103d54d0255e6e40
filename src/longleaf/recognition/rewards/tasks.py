"""Background work of rewards."""

from __future__ import annotations

from longleaf.recognition.rewards import settling


def see_what_is_earned() -> int:
    """Let promises fall due that are earned, and lapse that were not in time."""
    return settling.see_what_is_earned()
