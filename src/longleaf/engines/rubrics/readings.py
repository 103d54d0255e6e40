"""What a decision is made of and what comes out: readings, who gave them, and the outcome with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class ReadingError(ValueError):
    """Readings that cannot be decided on; `problems` lists what is missing or unknown, one sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class Verdict(StrEnum):
    DEMONSTRATED = "demonstrated"
    NOT_YET = "not_yet"
    NEEDS_READING = "needs_reading"


class Role(StrEnum):
    """A first reader; the third who is asked where the first two differ or the sum is near the line; or the lead who
    has seen what the readers found and decides what they differ on."""

    READER = "reader"
    THIRD = "third"
    LEAD = "lead"


class DecidedBy(StrEnum):
    READER = "reader"
    AGREEMENT = "agreement"
    THIRD = "third"
    LEAD = "lead"
    MAJORITY = "majority"
    BEFORE = "before"


@dataclass(frozen=True)
class Reading:
    """One reader's level for each criterion, by code."""

    reader: str
    ratings: Mapping[str, str] = field(default_factory=dict, hash=False)
    role: Role = Role.READER


@dataclass(frozen=True)
class CriterionOutcome:
    """What became of one criterion.

    `met`, `level` and `decided_by` are None while it is open; `levels` holds what each reader gave, in the
    order of `Outcome.readers`, leaving out who did not rate it (a lead's level is not among them); `agreed` says that
    all first readers are in and on one side.
    """

    code: str
    met: bool | None
    level: str | None
    levels: tuple[str, ...]
    agreed: bool
    decided_by: DecidedBy | None


@dataclass(frozen=True)
class Outcome:
    """The verdict, why, and per criterion; `readings_needed` says how many more readings it waits for.

    `to_adjudicate` are the criteria on which it waits for a lead instead. `readers` are all who read on their own.
    `share` is what a sum reached, an exact part of 1; None while criteria are open, and where the rule has no sum.
    """

    verdict: Verdict
    reason: str
    criteria: tuple[CriterionOutcome, ...]
    readers: tuple[str, ...]
    readings_needed: int = 0
    share: Fraction | None = None
    to_adjudicate: tuple[str, ...] = ()

    @property
    def met(self) -> frozenset[str]:
        """The criteria that are met, as a later submission takes them over with `met_before`."""
        return frozenset(it.code for it in self.criteria if it.met)


@dataclass(frozen=True)
class Difference:
    """A criterion on which two levels differ: by how many steps, and whether the line lies between."""

    code: str
    levels: tuple[str, str]
    steps: int
    crosses_line: bool
