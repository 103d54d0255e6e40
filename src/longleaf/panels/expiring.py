"""The verb of the clock: what is not taken up, or not handed in, in time goes to somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels import convening
from longleaf.panels.events import Event
from longleaf.panels.models import Assignment
from longleaf.panels.status import ASSIGNMENT_MOVES, AssignmentStatus, PanelStatus

# A reading that was begun holds somebody's work, so it is given more time than an offer that nobody opened.
LATE_AT_MOST = timedelta(days=7)


def release_expired(*, now: datetime) -> int:
    """Release each seat whose time is over and offer it to somebody else; returns how many were released.

    Where nobody else stands outside, the rater keeps the seat: a late reading is better than none.
    """
    over = Assignment.objects.filter(_over(now)).order_by("take_up_by", "pk").values_list("pk", "panel")
    return sum(_release(assignment_id, panel_id, now) for assignment_id, panel_id in list(over))


def _over(now: datetime) -> Q:
    not_taken_up = Q(status=AssignmentStatus.OFFERED, take_up_by__lt=now)
    not_handed_in = Q(status=AssignmentStatus.STARTED, due_at__lt=now - LATE_AT_MOST)
    return (not_taken_up | not_handed_in) & Q(panel__status=PanelStatus.OPEN)


@transaction.atomic
def _release(assignment_id: int, panel_id: int, now: datetime) -> int:
    panel = convening.lock(panel_id)
    # Asked again under the lock: the rater, or another worker, may have been faster.
    seat = Assignment.objects.select_for_update(of=("self",)).filter(_over(now), pk=assignment_id).first()
    if seat is None or not convening.outside_raters(panel).exists():
        return 0
    require_move(ASSIGNMENT_MOVES, AssignmentStatus(seat.status), AssignmentStatus.EXPIRED, what="The reading")
    seat.status = AssignmentStatus.EXPIRED
    seat.save(update_fields=["status"])
    data = {"panel": panel.ref, "subject": panel.subject, "rater": seat.rater.ref}
    record(Event.SEAT_EXPIRED, actor=None, subject=f"reading:{seat.ref}", data=data)
    convening.fill_seats(panel=panel, now=now)
    return 1
