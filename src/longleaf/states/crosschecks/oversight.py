"""What is watched is something that is measured, with bounds that can be kept."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.quality.monitoring.rules import mistakes_in
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    for sheet in gathered.oversight:
        alarms = [each.model_dump() for each in sheet.part.alarms] if sheet.part else []
        for place, name, reason in mistakes_in(alarms):
            yield sheet.mistake(("alarms", place, name), reason)
