"""Whoever looks at appeals is an organisation that is there."""

from __future__ import annotations

from collections.abc import Iterator

from longleaf.states.crosschecks.looking_up import unknown
from longleaf.states.crosschecks.organisations import HOME, by_code
from longleaf.states.errors import Mistake
from longleaf.states.gathering import Gathered


def check(gathered: Gathered) -> Iterator[Mistake]:
    known = by_code(gathered)
    for sheet in gathered.appeals:
        if sheet.part and sheet.part.looked_at_by:
            yield from unknown(sheet, ("looked_at_by",), sheet.part.looked_at_by, known, HOME)
