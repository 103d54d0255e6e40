"""The verb that makes drafts for a new text of a rubric of the anchors of the text before.

Only the work goes along, and who must never get it. Its levels are set anew, by reading the whole work against the new
text (decision record 0129), so each draft is a draft like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from longleaf.panels.calibration import anchors
from longleaf.panels.calibration.access import require_lead
from longleaf.panels.instruments import rubric_of_edition
from longleaf.panels.models import Anchor, RubricEdition
from longleaf.panels.status import AnchorStatus, AnchorUse

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class Carried:
    """What may be made anew for a text: the anchors in use of the text before, by its number."""

    number: int
    anchors: tuple[Anchor, ...]


@transaction.atomic
def draft_as_before(*, edition: RubricEdition, acting_person: Person) -> list[Anchor]:
    """Draft an anchor of each piece of work that is an anchor in use of the text before; returns the drafts.

    Work of which this text has an anchor already, in whatever state, is passed over, so doing it twice does it once.
    Raises `NotLeadAssessor`.
    """
    held = RubricEdition.objects.select_for_update(of=("self",)).select_related("pool", "rubric").get(pk=edition.pk)
    require_lead(acting_person, held)
    found = to_carry(held)
    return [_draft(held, each, acting_person) for each in found.anchors] if found else []


def to_carry(edition: RubricEdition) -> Carried | None:
    """What `draft_as_before` would make drafts of; None where there is nothing, where the text is an editorial change,
    or where it asks for a criterion on which the text before says nothing."""
    before = _text_before(edition)
    if before is None or not _criteria(edition) <= _criteria(before):
        return None
    here = Anchor.objects.filter(edition=edition.pk).values("evidence")
    left = Anchor.objects.filter(edition=before.standard_id, status=AnchorStatus.IN_USE).exclude(evidence__in=here)
    found = tuple(left.order_by("use", "pk"))
    return Carried(before.number, found) if found else None


def _text_before(edition: RubricEdition) -> RubricEdition | None:
    """The newest earlier text of the rubric that asks something else."""
    if edition.same_as_id:
        return None
    of_rubric = RubricEdition.objects.filter(
        pool=edition.pool_id, kind=edition.kind, instrument=edition.instrument, number__lt=edition.number
    )
    other = of_rubric.annotate(standard=Coalesce("same_as", F("pk"))).exclude(standard=edition.pk)
    return other.select_related("rubric").order_by("-number").first()


def _criteria(edition: RubricEdition) -> set[str]:
    return {criterion.code for criterion in rubric_of_edition(edition).criteria}


def _draft(edition: RubricEdition, before: Anchor, lead: Person) -> Anchor:
    return anchors.draft(
        edition=edition,
        evidence=before.evidence,
        title=before.title,
        use=AnchorUse(before.use),
        like=before,
        acting_person=lead,
    )
