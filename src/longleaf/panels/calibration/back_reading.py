"""The verb of back-reading: a lead assessor reads again what an assessor has read, without seeing what they found."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.kit.dates import end_of_day
from longleaf.panels.calibration import standing
from longleaf.panels.calibration.access import require_judge
from longleaf.panels.calibration.checking import open_back_reading
from longleaf.panels.calibration.choosing import digest
from longleaf.panels.calibration.gating import gate_for
from longleaf.panels.errors import NothingToReadAgain
from longleaf.panels.events import Event
from longleaf.panels.models import Assignment, Author, Certification, RubricEdition
from longleaf.panels.status import AssignmentStatus, PanelStatus
from longleaf.panels.still_there import still_there

if TYPE_CHECKING:
    from longleaf.directory.models import Person

BACK_READING_TAKES = timedelta(days=14)


@transaction.atomic
def draw(*, certification: Certification, acting_person: Person) -> Assignment:
    """Draw one of somebody's finished readings and open it to the lead, to be read again.

    Raises `NothingToReadAgain` where every reading that the lead may see was drawn, `NoSuchCertification` for anybody
    who does not lead the pool.
    """
    held = standing.lock(certification.pk)
    require_judge(acting_person, held)
    found = sorted(_drawable(held, acting_person), key=lambda each: digest(held.ref, each.ref))
    if not found:
        raise NothingToReadAgain("There is no finished reading that you could read again without knowing of it.")
    now = timezone.now()
    seat = open_back_reading(
        reading=found[0],
        lead=acting_person,
        certification=held,
        due_at=end_of_day(now + BACK_READING_TAKES),
        now=now,
    )
    data = {"person": held.person.ref, "reading": found[0].ref, "again": seat.ref}
    record(Event.BACK_READING_DRAWN, actor=acting_person, subject=standing.subject_of(held), data=data)
    return seat


def still_to_draw(edition: RubricEdition) -> dict[int, int]:
    """How many more of each reader's finished readings the gate asks to be read again, by the reader's key."""
    share = gate_for(edition).back_reading_share
    rows = finished_live(edition.standard_id).order_by().values("rater")
    counted = rows.annotate(finished=Count("pk"), drawn=Count("back_reading"))
    return {row["rater"]: max(0, ceil(share * row["finished"]) - row["drawn"]) for row in counted}


def finished_live(edition_id: int) -> QuerySet[Assignment]:
    """Readings of live work by an edition of a rubric whose panel has decided."""
    return Assignment.objects.filter(
        Q(panel__edition=edition_id) | Q(panel__edition__same_as=edition_id),
        status=AssignmentStatus.SUBMITTED,
        adjudicates=False,
        panel__status=PanelStatus.DECIDED,
    )


def _drawable(certification: Certification, lead: Person) -> list[Assignment]:
    """Not drawn before, not of work that the lead wrote, read, or is kept away from, and of which nothing has gone:
    on less evidence than the first reader had, another level would tell nothing of that reader."""
    own = finished_live(certification.edition_id).filter(rater=certification.person_id)
    rows = own.filter(back_reading__isnull=True).select_related("panel", "panel__rubric")
    rows = rows.exclude(panel__in=Assignment.objects.filter(rater=lead).values("panel"))
    rows = rows.exclude(panel__in=Author.objects.filter(person=lead).values("panel"))
    found = [each for each in rows if lead.ref not in each.panel.barred_people]
    whole = still_there([each.panel for each in found])
    return [each for each in found if each.panel_id in whole]
