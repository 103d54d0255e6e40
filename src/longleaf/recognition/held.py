"""What somebody holds already: while it is good it is not earned again, so it promises nothing further."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from longleaf.awards import queries as awards
from longleaf.recognition import records

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.engines import policy as engine

COUNTS_ALREADY = "You hold this; it counts already."


def held_by(person: Person, ledger: engine.Ledger, *, on: date) -> dict[int, str]:
    """By the keys of the versions whose badges somebody holds and are good on a day: what their ledger says of it."""
    badges = awards.held_in_force(person, on=on)
    lines = [(line, records.badge_of(line.credit_id)) for line in ledger.lines] if badges else []
    return {version: _told([line for line, of in lines if of == badge]) for version, badge in badges.items()}


def _told(lines: list[engine.LedgerLine]) -> str:
    if not lines or any(line.counted for line in lines):
        return COUNTS_ALREADY
    return f"You hold this already. {lines[0].why_not or lines[0].reason}"
