"""The verb of the clock for conflicts that arise after somebody was seated: what they hold goes to somebody else.

Somebody takes a post at the author's school, declares a conflict, helps with the work, or has their own work read by
its author. Whoever was drawn before that must not judge any more than whoever would be drawn after. Nothing tells them
why: it would tell whose work it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from longleaf.panels import convening, eligibility
from longleaf.panels.events import Event
from longleaf.panels.freeing import free
from longleaf.panels.models import Assignment, Panel
from longleaf.panels.status import AT_WORK, LIVE, AssignmentStatus

# Panels whose surroundings are read at once: the database is asked with lists of so many keys.
READ_AT_ONCE = 500


def release_conflicted() -> int:
    """Take back every seat at work of whom a conflict keeps out by now; returns how many were freed.

    As many queries for many seats as for few of one pool. What was handed in stays: whether it stands is for people.
    """
    panels = list(Panel.objects.filter(status__in=LIVE, assignments__status__in=AT_WORK).distinct().order_by("pool"))
    by_pool = (list(group) for _, group in groupby(panels, key=lambda each: each.pool_id))
    return sum(_release(seat) for of_pool in by_pool for portion in _portions(of_pool) for seat in _too_near(portion))


def _too_near(panels: Sequence[Panel]) -> list[Assignment]:
    seats = Assignment.objects.filter(panel__in=[each.pk for each in panels], status__in=AT_WORK).order_by("pk")
    return eligibility.come_too_near(list(seats), panels, now=timezone.now())


@transaction.atomic
def _release(seat: Assignment) -> int:
    panel = convening.lock(seat.panel_id)
    # Asked again under the lock: its reader, or another worker, may have been faster.
    held = Assignment.objects.select_for_update(of=("self",)).filter(pk=seat.pk, status__in=AT_WORK).first()
    if held is None or panel.status not in LIVE:
        return 0
    free(held, panel, to=AssignmentStatus.TAKEN_BACK, event=Event.SEAT_TAKEN_BACK)
    return 1


def _portions(panels: Sequence[Panel]) -> Iterator[Sequence[Panel]]:
    starts: Iterable[int] = range(0, len(panels), READ_AT_ONCE)
    return (panels[start : start + READ_AT_ONCE] for start in starts)
