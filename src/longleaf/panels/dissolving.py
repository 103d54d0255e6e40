"""The verb that ends a panel without a judgement: what it reads was taken back.

Locks: the panel, its seats, the journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.journal.recording import Entry, record, record_many
from longleaf.kit.status import require_move
from longleaf.panels import convening
from longleaf.panels.events import Event
from longleaf.panels.models import Panel
from longleaf.panels.status import AT_WORK, PANEL_MOVES, AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def dissolve(*, panel: Panel, acting_person: Person | None) -> Panel:
    """End a panel: readings under way are taken back, and nothing comes of those that are in.

    One that has decided stays as it is: what was found is kept. Raises `WrongState` where it was dissolved before.
    """
    held = convening.lock(panel.pk)
    if held.status == PanelStatus.DECIDED:
        return held
    require_move(PANEL_MOVES, PanelStatus(held.status), PanelStatus.DISSOLVED, what="The panel")
    seats = list(held.assignments.select_for_update().filter(status__in=AT_WORK).order_by("pk"))
    held.assignments.filter(pk__in=[seat.pk for seat in seats]).update(status=AssignmentStatus.TAKEN_BACK)
    held.status = PanelStatus.DISSOLVED
    held.save(update_fields=["status"])
    data = {"panel": held.ref, "subject": held.subject}
    record_many([Entry(Event.SEAT_TAKEN_BACK, f"reading:{seat.ref}", data) for seat in seats], actor=acting_person)
    record(
        Event.PANEL_DISSOLVED, actor=acting_person, subject=convening.subject_of(held), data={"subject": held.subject}
    )
    return held
