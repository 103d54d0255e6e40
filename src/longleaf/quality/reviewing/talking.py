"""The verbs of reviewers who differ that may end in a decision. What is said and changed goes by `panels.reconciling`.

Locks: the review, then what `panels` locks.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from longleaf.panels import reconciling
from longleaf.panels.status import PanelStatus
from longleaf.quality.models import Review
from longleaf.quality.reviewing.handing_in import lock
from longleaf.quality.reviewing.reading import note_panel

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment, Panel


@transaction.atomic
def settle(*, assignment: Assignment, acting_person: Person) -> Panel:
    """Have talked it over; where everybody has, the rule goes on, and the review with it."""
    review = lock(Review.objects.get(panel=assignment.panel_id))
    panel = reconciling.settle(assignment=assignment, acting_person=acting_person)
    note_panel(review, panel)
    return panel


def end_talks(*, now: datetime) -> int:
    """Let the rule go on in each review whose time to talk is over; returns how many."""
    over = Review.objects.filter(panel__status=PanelStatus.RECONCILING, panel__talk_until__lt=now).order_by("pk")
    return sum(_end_talk(review, now) for review in over)


@transaction.atomic
def _end_talk(review: Review, now: datetime) -> int:
    held = lock(review)
    assert held.panel is not None, "a review that is read has its panel"
    panel = reconciling.close_when_over(panel=held.panel, now=now)
    note_panel(held, panel)
    return int(panel.talked_at is not None)
