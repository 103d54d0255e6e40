"""Background work of recognition. Each chore claims what is due and says how much it did (`kit.working`)."""

from __future__ import annotations

from django.utils import timezone

from longleaf.recognition.credit_requests import letting_go
from longleaf.recognition.lab import running
from longleaf.recognition.roster import counting


def count_units() -> int:
    """Count how the educators of each school unit stand, once a day."""
    return counting.count_units()


def run_policy_labs() -> int:
    """Reckon drafts of the state's policy for every educator, where somebody asked for it."""
    return running.run_labs()


def let_documents_go() -> int:
    """Delete documents of requests that are over for so long as the state says."""
    return letting_go.let_go(now=timezone.now())
