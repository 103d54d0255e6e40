"""The verb of the clock for whoever may not be given live work any more: what they were offered goes to others.

So where a certificate ended, was suspended by this or another text of the rubric, or became required when its last
missing anchor came into use.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from longleaf.panels import convening
from longleaf.panels.calibration.asking import AskedNow, asked_of
from longleaf.panels.calibration.gates import WhenSuspended
from longleaf.panels.certification import certified_for, stopped_by
from longleaf.panels.events import Event
from longleaf.panels.freeing import free
from longleaf.panels.instruments import OVERT
from longleaf.panels.models import Assignment, RubricEdition
from longleaf.panels.status import AT_WORK, READING, AssignmentStatus


def release_uncertified() -> int:
    """Take back what is under way with whoever may not be given it now; returns how many seats were freed.

    What was only offered always goes. What was begun is finished; where somebody is stopped, the gate says whether it
    goes. An anchor among live work goes as live work does.
    """
    by_rubrics = _live_seats().values("panel__edition")
    editions = list(RubricEdition.objects.filter(pk__in=by_rubrics).select_related("pool").order_by("pk"))
    asked = asked_of(editions)
    return sum(_release_all(each, asked[each.pk]) for each in editions)


def _release_all(edition: RubricEdition, asked: AskedNow) -> int:
    offered = Q(status=AssignmentStatus.OFFERED) & ~certified_for(edition, asked=asked, who="rater")
    begun = Q(status=AssignmentStatus.STARTED) & stopped_by(edition, who="rater")
    goes = offered | begun if asked.gate.when_suspended is WhenSuspended.GIVE_BACK else offered
    seats = _live_seats().filter(goes, panel__edition=edition).order_by("pk").values_list("pk", "panel", "status")
    return sum(_release(*seat) for seat in list(seats))


def _live_seats() -> QuerySet[Assignment]:
    at_work = Assignment.objects.filter(status__in=AT_WORK, panel__status__in=READING, panel__edition__isnull=False)
    return at_work.exclude(panel__kind__endswith=OVERT)


@transaction.atomic
def _release(seat_id: int, panel_id: int, status: str) -> int:
    panel = convening.lock(panel_id)
    # Asked again under the lock: its reader may have been faster, and then finishes it.
    seat = Assignment.objects.select_for_update(of=("self",)).filter(pk=seat_id, status=status).first()
    if seat is None:
        return 0
    free(seat, panel, to=AssignmentStatus.TAKEN_BACK, event=Event.SEAT_TAKEN_BACK)
    return 1
