"""Which finished readings of somebody count toward what is not decided yet, for a lead who doubts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.panels.models import Assignment, Certification, Panel
from longleaf.panels.queries import panels_to_be_told_of
from longleaf.panels.status import AssignmentStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class StillCounting:
    """The open panels, and how many more wait for a lead: whoever decides there must not know who read."""

    panels: tuple[Panel, ...]
    with_lead: int

    def __bool__(self) -> bool:
        return bool(self.panels or self.with_lead)


def still_counting(lead: Person, certification: Certification) -> StillCounting:
    """The panels by any text of the rubric in which the lead has no part and a finished reading of somebody counts.

    Two queries, however many there are.
    """
    edition = certification.edition
    read = Assignment.objects.filter(
        rater=certification.person_id, status=AssignmentStatus.SUBMITTED, adjudicates=False
    )
    concerned = panels_to_be_told_of(lead).filter(
        pk__in=read.values("panel"),
        edition__pool=edition.pool_id,
        edition__kind=edition.kind,
        edition__instrument=edition.instrument,
    )
    unread = concerned.filter(status=PanelStatus.OPEN).select_related("pool").order_by("due_at", "ref")
    with_lead = concerned.filter(status__in=[PanelStatus.ADJUDICATING, PanelStatus.RECONCILING]).count()
    return StillCounting(tuple(unread), with_lead)
