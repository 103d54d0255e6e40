"""The verb of the clock: what is not taken up, or not handed in, in time goes to somebody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.journal.recording import take_turn
from longleaf.panels import convening, eligibility
from longleaf.panels.events import Event
from longleaf.panels.freeing import free
from longleaf.panels.instruments import OVERT
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.pool.queries import rules_that_differ
from longleaf.panels.pool.rules import DEFAULTS
from longleaf.panels.status import READING, AssignmentStatus


def release_expired(*, now: datetime) -> int:
    """Release each seat whose time is over and offer it to somebody else; returns how many were released.

    Where nobody else may be asked, the rater keeps the seat: a late reading is better than none.
    """
    is_over = _over(now)
    over = Assignment.objects.filter(is_over).order_by("take_up_by", "pk").values_list("pk", "panel")
    return sum(_release(assignment_id, panel_id, is_over, now) for assignment_id, panel_id in list(over))


def _over(now: datetime) -> Q:
    not_taken_up = Q(status=AssignmentStatus.OFFERED, take_up_by__lt=now)
    not_handed_in = Q(status=AssignmentStatus.STARTED) & _too_late(now)
    # A check that its reader knows of keeps nobody waiting.
    live = Q(panel__status__in=READING) & ~Q(panel__kind__endswith=OVERT)
    return (not_taken_up | not_handed_in) & live


def _too_late(now: datetime) -> Q:
    """How late a reading may be is a rule of its pool."""
    differ = rules_that_differ()
    late = Q(due_at__lt=now - DEFAULTS.late_at_most) & ~Q(panel__pool__in=list(differ))
    for pool_id, rules in differ.items():
        late |= Q(panel__pool=pool_id, due_at__lt=now - rules.late_at_most)
    return late


def _somebody_else_may_be_asked(seat: Assignment, panel: Panel, now: datetime) -> bool:
    """What was to be adjudicated goes back to the list of leads, who take it or ask a reader."""
    if eligibility.standing(panel, now=now).eligible:
        return True
    leads = directory.people_with(Role.LEAD_ASSESSOR, organisation_id=panel.pool_id) if seat.adjudicates else ()
    return any(eligibility.may_adjudicate(lead, panel, now=now) for lead in leads)


@transaction.atomic
def _release(assignment_id: int, panel_id: int, is_over: Q, now: datetime) -> int:
    panel = convening.lock(panel_id)
    # Asked again under the lock: the rater, or another worker, may have been faster.
    seat = Assignment.objects.select_for_update(of=("self",)).filter(is_over, pk=assignment_id).first()
    if seat is None:
        return 0
    take_turn()
    if not _somebody_else_may_be_asked(seat, panel, now):
        return 0
    free(seat, panel, to=AssignmentStatus.EXPIRED, event=Event.SEAT_EXPIRED, now=now)
    return 1
