"""The verb that puts one anchor in the place of another, also in tests that are under way.

Whoever also locks panels and certificates locks the anchors first, then the panel, its seat and the certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.status import require_move
from longleaf.panels import convening
from longleaf.panels.calibration import anchors, standing, testing
from longleaf.panels.calibration.access import require_lead
from longleaf.panels.calibration.checking import close_check
from longleaf.panels.errors import AnchorDoesNotFit
from longleaf.panels.events import Event
from longleaf.panels.models import Anchor, Assignment, CheckReading, Sitting
from longleaf.panels.status import ASSIGNMENT_MOVES, AT_WORK, AnchorStatus, AssignmentStatus, PanelStatus, Purpose

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class UnderWay:
    """Where an anchor is being read now: tests that are not over, and readings in training and among live work."""

    tests: int
    training: int
    among_live_work: int


@transaction.atomic
def replace(*, anchor: Anchor, by: Anchor | None, is_wrong: bool, because: str, acting_person: Person) -> Anchor:
    """Put a drafted anchor in use and retire the one in whose place it comes.

    Where the levels of the old one are wrong, it is taken out of every test that is not over: what was read of it
    counts for nothing, and its reader gets another in its place. Else readings of it go on and count. Training and live
    work go on either way. Raises `AnchorDoesNotFit`, and what `anchors.put_in_use` raises.
    """
    held = Anchor.objects.select_for_update(of=("self",)).select_related("edition__pool").get(pk=anchor.pk)
    require_lead(acting_person, held.edition)
    new = _fitting(held, by)
    Anchor.objects.filter(replaces=held).exclude(pk=new.pk).update(replaces=None)
    new.replaces, new.version = held, held.version + 1
    new.save(update_fields=["replaces", "version"])
    put = anchors.put_in_use(anchor=new, because=because, acting_person=acting_person)
    if is_wrong:
        for check in _checks_in_open_tests(held):
            _take_out(check, acting_person)
    return put


def may_take_its_place(anchor: Anchor) -> list[Anchor]:
    """The drafts that may come in the place of an anchor: for the same rubric and the same use."""
    drafts = Anchor.objects.filter(edition=anchor.edition_id, use=anchor.use, status=AnchorStatus.DRAFT)
    return list(drafts.order_by("title", "pk"))


def under_way_with(anchor: Anchor) -> UnderWay:
    """Where an anchor is being read now."""
    at_work = CheckReading.objects.filter(anchor=anchor, panel__assignments__status__in=AT_WORK)
    return UnderWay(
        tests=_checks_in_open_tests(anchor).count(),
        training=at_work.filter(purpose=Purpose.TRAINING).count(),
        among_live_work=at_work.filter(purpose=Purpose.SEEDED).count(),
    )


def _fitting(anchor: Anchor, by: Anchor | None) -> Anchor:
    found = Anchor.objects.select_for_update(of=("self",)).filter(pk__in=[by.pk] if by else []).first()
    fits = found is not None and (found.edition_id, found.use) == (anchor.edition_id, anchor.use)
    if anchor.status != AnchorStatus.IN_USE or found is None or not fits or found.status != AnchorStatus.DRAFT:
        sentence = "Choose a draft for the same rubric and the same use; only an anchor that is in use is replaced."
        raise AnchorDoesNotFit(sentence, fields={"by": sentence})
    return found


def _checks_in_open_tests(anchor: Anchor) -> QuerySet[CheckReading]:
    return CheckReading.objects.filter(anchor=anchor, sitting__closed_at__isnull=True, sitting__isnull=False).order_by(
        "panel"
    )


def _take_out(check: CheckReading, lead: Person) -> None:
    panel = convening.lock(check.panel_id)
    seat = Assignment.objects.select_for_update(of=("self",)).get(panel=panel)
    assert check.certification_id is not None, "a test belongs to a certificate"
    certificate = standing.lock(check.certification_id)
    sitting = Sitting.objects.filter(check_readings=check, closed_at__isnull=True).first()
    if sitting is None:
        return
    if seat.status in AT_WORK:
        require_move(ASSIGNMENT_MOVES, AssignmentStatus(seat.status), AssignmentStatus.TAKEN_BACK, what="The reading")
        seat.status = AssignmentStatus.TAKEN_BACK
        seat.save(update_fields=["status"])
    if panel.status == PanelStatus.CHECKING:
        close_check(panel)
    CheckReading.objects.filter(pk=check.pk).update(sitting=None)
    another = testing.draw_instead(sitting, now=timezone.now())
    assert check.anchor is not None, "a test is read on anchors"
    data = {"sitting": sitting.ref, "anchor": check.anchor.ref, "instead": another}
    record(Event.ANCHOR_TAKEN_OUT, actor=lead, subject=standing.subject_of(certificate), data=data)
    if not another:
        testing.close_when_read(sitting)
