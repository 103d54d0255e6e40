"""What a check reading is made of: a panel of one seat, by the rubric and rule of live ones, and its row that tells.

`subject` is the blind reference under which its reader will know it, given by the app that keeps the evidence. A check
that the reader knows of is of another kind than live panels, so that it stands in no queue.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from longleaf.journal.recording import record
from longleaf.kit.references import new_reference
from longleaf.kit.status import require_move
from longleaf.panels.events import Event
from longleaf.panels.instruments import overt_kind
from longleaf.panels.models import Anchor, Assignment, Certification, CheckReading, Panel, RubricEdition, Sitting
from longleaf.panels.status import PANEL_MOVES, AssignmentStatus, PanelStatus, Purpose

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def open_check(
    *,
    purpose: Purpose,
    reader: Person,
    edition: RubricEdition,
    anchor: Anchor,
    due_at: datetime,
    certification: Certification | None = None,
    sitting: Sitting | None = None,
    now: datetime,
) -> Assignment:
    """A reading of an anchor that its reader knows to be a check, begun at once. Inside the caller's transaction."""
    panel = _panel(edition, overt_kind(edition.kind), new_reference("CHK"), anchor.evidence, due_at)
    seat = _seat(panel, reader, now=now, take_up_by=due_at, due_at=due_at, begun=True)
    CheckReading.objects.create(
        panel=panel,
        reader=reader,
        purpose=purpose,
        anchor=anchor,
        certification=certification,
        sitting=sitting,
        drawn_at=now,
    )
    return seat


def seed_check(
    *,
    subject: str,
    reader: Person,
    certification: Certification,
    anchor: Anchor,
    like: Panel,
    why_chosen: str,
    take_up_by: datetime,
    due_at: datetime,
    now: datetime,
) -> Assignment:
    """An anchor among live work: in everything that its reader can see, an offer like any other.

    `like` is a live panel from which it takes what it would share with one.
    """
    # Where a text was only reworded, live work is read by the newer words.
    edition = like.edition or certification.edition
    panel = _panel(edition, edition.kind, subject, anchor.evidence, due_at)
    panel.language, panel.tags = like.language, like.tags
    panel.save(update_fields=["language", "tags"])
    seat = _seat(panel, reader, now=now, take_up_by=take_up_by, due_at=due_at, why_chosen=why_chosen, begun=False)
    CheckReading.objects.create(
        panel=panel,
        reader=reader,
        purpose=Purpose.SEEDED,
        anchor=anchor,
        certification=certification,
        drawn_at=now,
    )
    data = {"reading": seat.ref, "seat": 1, "rater": reader.ref, "why": seat.why_chosen}
    record(Event.SEAT_OFFERED, actor=None, subject=f"panel:{panel.ref}", data=data)
    return seat


def open_back_reading(
    *, reading: Assignment, lead: Person, certification: Certification, due_at: datetime, now: datetime
) -> Assignment:
    """A second reading of live work, by a lead assessor who sees nothing of the first."""
    first = reading.panel
    edition = certification.edition
    panel = _panel(edition, overt_kind(first.kind), new_reference("CHK"), first.evidence or first.subject, due_at)
    panel.met_before = first.met_before
    panel.save(update_fields=["met_before"])
    seat = _seat(panel, lead, now=now, take_up_by=due_at, due_at=due_at, begun=True)
    CheckReading.objects.create(
        panel=panel,
        reader=lead,
        purpose=Purpose.BACK_READING,
        certification=certification,
        read_again=reading,
        drawn_at=now,
    )
    return seat


def close_check(panel: Panel) -> None:
    """End the panel of a check: its reading is in, was given back, or ran out."""
    require_move(PANEL_MOVES, PanelStatus(panel.status), PanelStatus.DISSOLVED, what="The check")
    panel.status = PanelStatus.DISSOLVED
    panel.save(update_fields=["status"])


def _panel(edition: RubricEdition, kind: str, subject: str, evidence: str, due_at: datetime) -> Panel:
    return Panel.objects.create(
        kind=kind,
        subject=subject,
        evidence=evidence,
        pool_id=edition.pool_id,
        edition=edition,
        rubric_id=edition.rubric_id,
        rule=edition.rule,
        seats=1,
        status=PanelStatus.CHECKING,
        due_at=due_at,
    )


def _seat(
    panel: Panel,
    reader: Person,
    *,
    now: datetime,
    take_up_by: datetime,
    due_at: datetime,
    why_chosen: str = "",
    begun: bool,
) -> Assignment:
    return Assignment.objects.create(
        panel=panel,
        rater=reader,
        seat=1,
        status=AssignmentStatus.STARTED if begun else AssignmentStatus.OFFERED,
        started_at=now if begun else None,
        why_chosen=why_chosen,
        take_up_by=take_up_by,
        due_at=due_at,
    )
