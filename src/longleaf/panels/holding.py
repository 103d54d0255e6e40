"""How a rater's verbs take hold of a reading: locked, asked for who may, and asked whether it is under way.

Locks: a panel before its seats, always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.kit.status import require_move
from longleaf.kit.words import plain_line_ends
from longleaf.panels import convening
from longleaf.panels.access import may_read
from longleaf.panels.errors import CommentTooLong, NoSuchReading, ReadingIsOver, ReadingNotTakenUp
from longleaf.panels.models import Assignment
from longleaf.panels.status import ASSIGNMENT_MOVES, READING, SEATED, AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person

LONGEST_COMMENT = 10_000  # characters


def hold(assignment: Assignment, acting_person: Person) -> Assignment:
    """The seat, locked, for its rater. Raises `NoSuchReading`, and `ReadingIsOver` where it was handed in."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("panel", "panel__rubric")
    seat = rows.get(pk=assignment.pk)
    if not may_read(acting_person, seat):
        raise NoSuchReading
    if seat.status == AssignmentStatus.SUBMITTED:
        raise ReadingIsOver("You have handed this reading in, so it stays as it is. You can still look at it.")
    return seat


def hold_with_panel(assignment: Assignment, acting_person: Person) -> Assignment:
    """For moves that may change the panel: its row is locked before the seat's. Raises as `hold` does."""
    panel = convening.lock(assignment.panel_id)
    seat = hold(assignment, acting_person)
    seat.panel = panel
    if panel.status not in READING:
        raise ReadingIsOver("This judgment is made, so nothing about it changes any more.")
    return seat


def require_under_way(seat: Assignment) -> None:
    if seat.status in SEATED and seat.status != AssignmentStatus.STARTED:
        raise ReadingNotTakenUp


def move(seat: Assignment, new: AssignmentStatus) -> None:
    require_move(ASSIGNMENT_MOVES, AssignmentStatus(seat.status), new, what="This reading")
    seat.status = new


def tidy(comment: str) -> str:
    """Forms send other line ends than scripts do; kept as one, so that the same words are the same text."""
    text = plain_line_ends(comment)
    if len(text) > LONGEST_COMMENT:
        raise CommentTooLong(f"The comment is longer than {LONGEST_COMMENT:,} characters. Shorten it to what matters.")
    return text
