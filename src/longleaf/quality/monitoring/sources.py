"""What the floor above tells of its work, in numbers that can be added up. Plain values.

`settings.MONITORED_WORK` names the function; nothing that it gives tells of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from longleaf.quality.monitoring.windows import Window


@dataclass(frozen=True)
class Cohort:
    """Attempts at a version whose first round was decided in the time, by the organisation where their earners work.

    `first_time` counts what that round demonstrated, `in_the_end` what is demonstrated by now, in whichever round.
    """

    version: int
    workplace: int | None
    attempts: int
    first_time: int
    in_the_end: int


@dataclass(frozen=True)
class Promised:
    """Rounds whose decision was promised for a day of the time, and how many were decided by it.

    One that is late and still undecided was promised too: else a queue that stands still would look punctual.
    """

    version: int
    rounds: int
    kept: int


@dataclass(frozen=True)
class Taken:
    """Rounds decided in the time that took so many business days."""

    version: int
    business_days: int
    rounds: int


@dataclass(frozen=True)
class Appealed:
    """Appeals answered in the time, and how many changed the decision."""

    version: int
    answered: int
    changed: int


@dataclass(frozen=True)
class ReadBy:
    """By which rubric, in which pool, panels have judged a version."""

    version: int
    pool: int
    rubric: str


@dataclass(frozen=True)
class Work:
    """`kind` is what panels on this work are called."""

    kind: str = ""
    cohorts: Sequence[Cohort] = ()
    promised: Sequence[Promised] = ()
    taken: Sequence[Taken] = ()
    appealed: Sequence[Appealed] = ()
    read_by: Sequence[ReadBy] = ()


class TellsWork(Protocol):
    """Tells the work of a time in a constant number of queries: of one issuer, by its key, or of all."""

    def __call__(self, window: Window, *, issuer: int | None = None) -> Work: ...


def shared_out(work: Work, share_of: Mapping[int, int]) -> dict[int, Work]:
    """Work by what `share_of` gives for its version, of other versions left out. Each row is looked at once, so many
    shares cost as much as one."""
    shares: dict[int, dict[str, list[Any]]] = {}
    for name in ("cohorts", "promised", "taken", "appealed", "read_by"):
        for row in getattr(work, name):
            if row.version in share_of:
                shares.setdefault(share_of[row.version], {}).setdefault(name, []).append(row)
    return {key: Work(work.kind, **rows) for key, rows in shares.items()}


def work_in(window: Window, *, issuer: int | None = None) -> Work:
    return cast(TellsWork, import_string(settings.MONITORED_WORK))(window, issuer=issuer)
