"""Finding every mistake in a pack, so that its author can mend them all in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from longleaf.states.crosschecks import (
    appeals,
    appearance,
    assessor_pools,
    calendar,
    codes,
    frameworks,
    keeping,
    micro_credentials,
    model_policy,
    organisations,
    oversight,
    policies,
    recognitions,
    reminders,
    renewal_practice,
    rubrics,
    sources,
    stacks,
)
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered, gather

Crosscheck = Callable[[Gathered], Iterator[Mistake]]

ALL: tuple[Crosscheck, ...] = (
    codes.check,
    sources.check,
    organisations.check,
    frameworks.check,
    rubrics.check,
    micro_credentials.check,
    stacks.check,
    recognitions.check,
    policies.check,
    appearance.check,
    calendar.check,
    assessor_pools.check,
    keeping.check,
    appeals.check,
    reminders.check,
    oversight.check,
    renewal_practice.check,
    model_policy.check,
)


def check_pack(directory: Path) -> list[Mistake]:
    """Every mistake of every file, then those between files, by file and line; none means that it is sound."""
    return examine(directory)[1]


def examine(directory: Path) -> tuple[Gathered, list[Mistake]]:
    """What a pack holds, and what is wrong with it."""
    if not directory.is_dir():
        reason = f"There is no folder {directory}; give the folder that holds state.yaml."
        return gather(directory), [Mistake(str(directory), None, "", reason)]
    gathered = gather(directory)
    between = (mistake for check in ALL for mistake in check(gathered))
    return gathered, _in_order([*gathered.mistakes, *between])


def _in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    return sorted(dict.fromkeys(mistakes), key=lambda it: (it.file, it.line or 0, it.path))
