"""Panels on what was handed in, with their seats and ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from bench.seeding.attempts import DECIDED, Try, outcome_of
from bench.seeding.invention import prose, reference
from bench.seeding.pouring import pour
from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.panels.models import Assignment, Panel, Rating
from longleaf.panels.status import AssignmentStatus, PanelStatus

SEATS = 2
WHY = "Works outside every organisation kept out; has no reading under way, as few as anybody free; not asked before."


def write(tries: Sequence[Try]) -> None:
    read = [each for each in tries if each.readers]
    pour(Panel, (_panel(each) for each in read))
    pour(Assignment, (_assignment(each, seat) for each in read for seat in range(SEATS)))
    pour(Rating, (rating for each in read for seat in range(SEATS) for rating in _ratings(each, seat)))


def reading_ref(each: Try, seat: int) -> str:
    return reference("RDG", each.pk * SEATS + seat)


def panel_ref(each: Try) -> str:
    return reference("PAN", each.pk)


def status_of_seat(each: Try, seat: int) -> AssignmentStatus:
    """Where a panel is still reading, two of three seats are taken up and the others wait to be opened."""
    if each.status in DECIDED:
        return AssignmentStatus.SUBMITTED
    return AssignmentStatus.OFFERED if (each.pk + seat) % 3 == 2 else AssignmentStatus.STARTED


def _panel(each: Try) -> dict[str, Any]:
    decided = each.status in DECIDED
    return {
        "id": each.pk,
        "ref": panel_ref(each),
        "kind": PANEL_KIND,
        "subject": each.submission,
        "pool_id": each.offered.issuer_id,
        "rubric_id": each.offered.rubric_digest,
        "rule": each.offered.document["panel_rule"],
        "seats": SEATS,
        "status": (PanelStatus.DECIDED if decided else PanelStatus.OPEN).value,
        "convened_at": each.checked,
        "due_at": each.due,
        "decided_at": each.decided if decided else None,
        "outcome": _outcome(each) if decided else None,
    }


def _outcome(each: Try) -> dict[str, Any]:
    told = outcome_of(each)
    criteria = [
        {
            "code": found["code"],
            "met": found["met"],
            "level": found["level"],
            "levels": [found["level"]] * SEATS,
            "agreed": True,
            "decided_by": "agreement",
        }
        for found in told["criteria"]
    ]
    readings = [reading_ref(each, seat) for seat in range(SEATS)]
    return {"verdict": told["verdict"], "reason": "", "readings": readings, "criteria": criteria}


def _assignment(each: Try, seat: int) -> dict[str, Any]:
    status = status_of_seat(each, seat)
    opened = each.checked + timedelta(days=1)
    return {
        "id": each.pk * SEATS + seat,
        "ref": reading_ref(each, seat),
        "panel_id": each.pk,
        "rater_id": each.readers[seat],
        "seat": seat + 1,
        "status": status.value,
        "why_chosen": WHY,
        "offered_at": each.checked,
        # Long, so that a seed that is used again tomorrow still has the same queues.
        "take_up_by": each.checked + timedelta(days=3_000),
        "due_at": each.due,
        "started_at": opened if status is not AssignmentStatus.OFFERED else None,
        "submitted_at": each.decided if status is AssignmentStatus.SUBMITTED else None,
    }


def _ratings(each: Try, seat: int) -> Iterator[dict[str, Any]]:
    status, design = status_of_seat(each, seat), each.offered.design
    if status is AssignmentStatus.OFFERED:
        return
    given = design.rubric.criteria if status is AssignmentStatus.SUBMITTED else design.rubric.criteria[:2]
    level = each.offered.levels[-1 if each.is_demonstrated else 0]
    for criterion in given:
        yield {
            "assignment_id": each.pk * SEATS + seat,
            "criterion": criterion.code,
            "level": level,
            "comment": prose(each.pk + seat, words=25),
            "level_revision": 1,
            "comment_revision": 1,
            "rated_at": each.checked + timedelta(days=2),
        }
