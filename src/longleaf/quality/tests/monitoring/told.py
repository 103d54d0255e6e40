"""Work that a test tells instead of the floor above (`settings.MONITORED_WORK`)."""

from __future__ import annotations

from longleaf.quality.monitoring.sources import Appealed, Cohort, Promised, Taken, Work
from longleaf.quality.monitoring.windows import Window

told: dict[str, Work] = {}
PATH = f"{__name__}.work_in"


def work_in(window: Window, *, issuer: int | None = None) -> Work:
    return told.get("work", Work())


def tell(version, *, attempts=40, first_time=20, in_the_end=30, promised=40, kept=38, workplace=None, changed=0):
    """One version, and all in round numbers."""
    told["work"] = Work(
        kind="submission",
        cohorts=[Cohort(version.pk, workplace, attempts, first_time, in_the_end)],
        promised=[Promised(version.pk, promised, kept)],
        taken=[Taken(version.pk, 4, attempts // 2), Taken(version.pk, 9, attempts - attempts // 2)],
        appealed=[Appealed(version.pk, 20, changed)] if changed else [],
    )
