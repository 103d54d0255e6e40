"""The verb by which a lead assessor gives a reading back that was handed in, so that its reader can go on with it.

Only while the panel has not decided, and while nobody adjudicates what its readers found. The reader is told why on
their own desk, and nobody else learns of it. Locks: the panel, then the seat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.dates import end_of_day
from longleaf.kit.status import require_move
from longleaf.panels import convening, queries
from longleaf.panels.errors import NoSuchPanel, ReadingStays, ReasonMissing
from longleaf.panels.events import Event
from longleaf.panels.holding import move
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.pool.queries import rules_of
from longleaf.panels.status import PANEL_MOVES, SEATED, AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@transaction.atomic
def reopen(*, panel: str, kind: str, seat: int, reason: str, acting_person: Person) -> Assignment:
    """Move the reading on a seat of a panel of a kind, by its reference, back to being read; returns it.

    The reason is kept for its reader and stays out of the journal. Raises `NoSuchPanel` for whoever does not lead the
    pool or has a seat on the panel, and for one that checks a reader; `ReasonMissing`; and `ReadingStays` where it is
    not in, is decided on, talked over, or adjudicated.
    """
    found = queries.panels_to_be_told_of(acting_person).filter(ref=panel, kind=kind).first()
    if found is None or found.status == PanelStatus.CHECKING:
        raise NoSuchPanel
    held = convening.lock(found.pk)
    reading = held.assignments.select_for_update(of=("self",)).filter(seat=seat, status__in=SEATED).first()
    _require_reopenable(held, reading)
    assert reading is not None, "what may be reopened is there"
    if not reason.strip():
        sentence = "Say in a few words why, for the reader alone."
        raise ReasonMissing(sentence, fields={"reason": sentence})
    _open(held)
    now = timezone.now()
    move(reading, AssignmentStatus.STARTED)
    reading.submitted_at, reading.reopened_because = None, reason.strip()
    reading.due_at = max(reading.due_at, end_of_day(now + rules_of(held.pool_id).least_time_to_read))
    reading.save(update_fields=["status", "submitted_at", "reopened_because", "due_at"])
    data = {"panel": held.ref, "subject": held.subject}
    record(Event.READING_REOPENED, actor=acting_person, subject=f"reading:{reading.ref}", data=data)
    return reading


def _require_reopenable(panel: Panel, reading: Assignment | None) -> None:
    if panel.status in {PanelStatus.DECIDED, PanelStatus.DISSOLVED}:
        raise ReadingStays("This judgment is made, so nothing about it changes any more.")
    if panel.talk_until is not None:
        raise ReadingStays("Its readers have met over what they found, so what each found blind stays as it is.")
    if reading is None or reading.adjudicates or reading.status != AssignmentStatus.SUBMITTED:
        raise ReadingStays("This reading is not handed in, so its reader can change it themselves.")
    if panel.assignments.filter(adjudicates=True, status__in=SEATED).exists():
        raise ReadingStays("Somebody decides already on what the readers found, so it stays as it is.")


def _open(panel: Panel) -> None:
    if panel.status == PanelStatus.OPEN:
        return
    require_move(PANEL_MOVES, PanelStatus(panel.status), PanelStatus.OPEN, what="The panel")
    panel.status = PanelStatus.OPEN
    panel.save(update_fields=["status"])
