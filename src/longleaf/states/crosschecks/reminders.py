"""What is set of reminders is of a kind that there is, and on days that can be."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.reminders.days import mistakes_in
from longleaf.reminders.sources import sources
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    for sheet in gathered.reminders:
        for kind, reason in mistakes_in(sheet.part.kinds, sources()) if sheet.part else ():
            yield sheet.mistake(("kinds", kind), reason)
