"""Panels that have decided: as many as wanted, read by whoever is in the pool."""

from __future__ import annotations

from longleaf.directory.models import Organisation, Person
from longleaf.panels.models import Panel
from longleaf.panels.tests.factories import MEETS, convene, read


def judge(pool: Organisation, name: str, *, first: str = MEETS, second: str = MEETS, of: Person | None = None) -> Panel:
    """A panel on which both readers, and a third where they differ, have handed in; `first` and `second` are levels."""
    panel = convene(pool, subject=f"SUB-{name}", work_of=[of] if of else [])
    for seat, level in zip(panel.assignments.order_by("seat"), (first, second), strict=True):
        read(seat, level=level)
    for third in panel.assignments.filter(seat=3):
        read(third, level=first)
    panel.refresh_from_db()
    return panel
