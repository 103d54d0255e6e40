"""Background work of quality. Each chore claims what is due and says how much it did (`kit.working`)."""

from __future__ import annotations

from django.utils import timezone

from longleaf.quality.monitoring import watching
from longleaf.quality.reviewing import talking
from longleaf.quality.self_check import links


def end_talks() -> int:
    """Let the rule of a review go on where reviewers who differ had their time to talk it over."""
    return talking.end_talks(now=timezone.now())


def look_at_figures() -> int:
    """Raise an alarm where a figure lies beyond what the state allows: once a day."""
    return watching.look_once_a_day(today=timezone.localdate())


def try_links() -> int:
    """Try addresses that designs name, a few in each round."""
    return links.try_some(now=timezone.now())
