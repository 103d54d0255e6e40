"""The verb of the clock for whoever was suspended: what they were offered goes to somebody else."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels import convening
from longleaf.panels.calibration.access import OVERT
from longleaf.panels.calibration.checking import close_check
from longleaf.panels.calibration.gates import WhenSuspended
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.certification import KEPT_OUT
from longleaf.panels.events import Event
from longleaf.panels.models import Assignment, Certification
from longleaf.panels.status import ASSIGNMENT_MOVES, AT_WORK, AssignmentStatus, PanelStatus


def release_suspended() -> int:
    """Take back what is under way with everybody who lost their certificate; returns how many seats were freed.

    What was only offered always goes. What was begun is finished or goes, as the gate says. An anchor among live work
    goes as live work does.
    """
    at_work = Assignment.objects.filter(status__in=AT_WORK).values("rater")
    stopped = Certification.objects.filter(status__in=KEPT_OUT, person__in=at_work).select_related("edition__pool")
    return sum(_release_all(held) for held in stopped)


def _release_all(held: Certification) -> int:
    goes = {AssignmentStatus.OFFERED}
    if gate_for(held.edition).when_suspended is WhenSuspended.GIVE_BACK:
        goes.add(AssignmentStatus.STARTED)
    seats = (
        Assignment.objects.filter(
            Q(panel__edition=held.edition_id) | Q(panel__edition__same_as=held.edition_id),
            rater=held.person_id,
            status__in=goes,
        )
        .exclude(panel__check_reading__purpose__in=OVERT)
        .order_by("pk")
    )
    return sum(_release(seat.pk, seat.panel_id, goes) for seat in seats)


@transaction.atomic
def _release(seat_id: int, panel_id: int, goes: set[AssignmentStatus]) -> int:
    panel = convening.lock(panel_id)
    seat = Assignment.objects.select_for_update(of=("self",)).filter(pk=seat_id, status__in=goes).first()
    if seat is None:
        return 0
    require_move(ASSIGNMENT_MOVES, AssignmentStatus(seat.status), AssignmentStatus.TAKEN_BACK, what="The reading")
    seat.status = AssignmentStatus.TAKEN_BACK
    seat.save(update_fields=["status"])
    data = {"panel": panel.ref, "subject": panel.subject, "rater": seat.rater.ref}
    record(Event.SEAT_TAKEN_BACK, actor=None, subject=f"reading:{seat.ref}", data=data)
    if panel.status == PanelStatus.CHECKING:
        close_check(panel)
    else:
        convening.fill_seats(panel=panel)
    return 1
