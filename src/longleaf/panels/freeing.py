"""How a seat is freed by the clock, whatever the reason: it is noted, and whoever comes next is asked."""

from __future__ import annotations

from datetime import datetime

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels import convening
from longleaf.panels.calibration.checking import close_check
from longleaf.panels.events import Event
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import ASSIGNMENT_MOVES, AssignmentStatus, PanelStatus


def free(seat: Assignment, panel: Panel, *, to: AssignmentStatus, event: Event, now: datetime | None = None) -> None:
    """End a seat, for a verb that holds it and its panel. An anchor among live work ends with it; nobody else gets it.

    Raises `WrongState` for a seat that may not become that.
    """
    require_move(ASSIGNMENT_MOVES, AssignmentStatus(seat.status), to, what="The reading")
    seat.status = to
    seat.save(update_fields=["status"])
    data = {"panel": panel.ref, "subject": panel.subject, "rater": seat.rater.ref}
    record(event, actor=None, subject=f"reading:{seat.ref}", data=data)
    if panel.status == PanelStatus.CHECKING:
        close_check(panel)
    else:
        convening.fill_seats(panel=panel, now=now)
