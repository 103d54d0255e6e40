"""The rules of a pool: a document of which every entry may be left out. Plain Python.

The state or the issuer changes them in its pack (`assessor-pools.yaml`, docs/reference/state-pack.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

LONGEST = 3_660  # days; what is longer is a slip of the hand


@dataclass(frozen=True)
class PoolRules:
    """What holds in a pool. Days are whole days of 24 hours."""

    # An offer that nobody opens goes on to another: the earner waits for a decision, not for somebody's holiday to end.
    take_up_within_days: int = 3
    # Whoever is asked late, because two differed or somebody declined, still gets time to read with care.
    least_days_to_read: int = 5
    # A reading that was begun holds somebody's work, so it is given more time than an offer that nobody opened.
    late_at_most_days: int = 7
    # Whoever worked at the same place so lately may still know whose lesson it is.
    colleague_within_days: int = 1_095
    # Two who read each other's work could pay back in kind.
    mutual_reading_days: int = 365
    # A second look at the same person's work is not a fresh one.
    same_author_days: int = 365
    # A round is judged by people who did not see the scores of the one before, as long as there are any.
    fresh_readers_each_round: bool = True
    # Everybody may say of themselves what they know; where that is not enough, a lead confirms it first.
    confirmed_qualifications_only: bool = False
    # What counts how much when somebody is chosen: what they know about, their load, how often they were asked.
    weight_of_expertise: int = 4
    weight_of_load: int = 2
    weight_of_month: int = 1

    @property
    def take_up_within(self) -> timedelta:
        return timedelta(days=self.take_up_within_days)

    @property
    def least_time_to_read(self) -> timedelta:
        return timedelta(days=self.least_days_to_read)

    @property
    def late_at_most(self) -> timedelta:
        return timedelta(days=self.late_at_most_days)


DEFAULTS = PoolRules()


def rules_from_document(document: Mapping[str, Any]) -> PoolRules:
    """Read the rules. Raises `ValueError` with a sentence for each mistake, one a line."""
    mistakes = list(mistakes_in(document))
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return PoolRules(**document)


def mistakes_in(document: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for everything in a document that is no rule, or has no value that a rule can have."""
    known = {each.name: type(each.default) for each in fields(PoolRules)}
    for name, value in document.items():
        if name not in known:
            yield f"“{name}” is no rule of a pool. The rules are: {', '.join(known)}."
        elif type(value) is not known[name]:
            yield f"“{name}” must be {'yes or no' if known[name] is bool else 'a whole number'}, not “{value}”."
        elif type(value) is int and not (_least(name) <= value <= LONGEST):
            yield f"“{name}” must lie between {_least(name)} and {LONGEST}, not be {value}."


def _least(name: str) -> int:
    """Time to take up, and to read, is at least a day; the others may be none."""
    return 1 if name in {"take_up_within_days", "least_days_to_read"} else 0
