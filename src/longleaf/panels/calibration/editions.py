"""The verbs on the texts of a rubric: register one, and mark a change as editorial.

A new text of the same instrument is a new standard, for which nobody is certified yet, unless a lead assessor says that
nothing about the levels changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from longleaf.engines.rubrics import Rubric, rubric_from_document
from longleaf.journal.recording import record
from longleaf.panels.calibration.access import require_lead
from longleaf.panels.errors import ChangeIsNotEditorial, ReasonMissing
from longleaf.panels.events import Event
from longleaf.panels.instruments import Instrument, keep_rubric
from longleaf.panels.models import RubricEdition

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@transaction.atomic
def register(
    *,
    pool: Organisation,
    kind: str,
    instrument: Instrument,
    rubric: Mapping[str, Any],
    rule: Mapping[str, Any],
    acting_person: Person | None,
) -> RubricEdition:
    """The edition of an instrument with this text; made where the text is new, and the same one ever after."""
    text = keep_rubric(rubric)
    scope = {"pool": pool, "kind": kind, "instrument": instrument.code}
    known = RubricEdition.objects.select_for_update().filter(**scope).order_by("number")
    found = next((each for each in known if each.rubric_id == text.pk), None)
    if found is not None:
        return found
    edition = RubricEdition.objects.create(
        **scope, title=instrument.title, rubric=text, rule=dict(rule), number=len(known) + 1
    )
    data = {"instrument": instrument.code, "number": edition.number, "rubric": text.pk}
    record(Event.EDITION_REGISTERED, actor=acting_person, subject=subject_of(edition), data=data)
    return edition


@transaction.atomic
def mark_editorial(*, edition: RubricEdition, because: str, acting_person: Person) -> RubricEdition:
    """Say that an edition asks the same as the one before it, so that certificates and anchors hold on.

    Raises `NotLeadAssessor`, `ReasonMissing`, and `ChangeIsNotEditorial` where criteria or levels are others, where it
    is the first edition, or where anchors or certificates stand on it already.
    """
    held = RubricEdition.objects.select_for_update(of=("self",)).select_related("rubric", "pool").get(pk=edition.pk)
    require_lead(acting_person, held)
    if not because.strip():
        sentence = "Say in a few words what changed, and why it changes no level."
        raise ReasonMissing(sentence, fields={"because": sentence})
    before = _before(held)
    _require_same_frame(held, before)
    held.same_as_id = before.standard_id
    held.marked_by, held.marked_because = acting_person, because.strip()
    held.save(update_fields=["same_as", "marked_by", "marked_because"])
    data = {"same_as": before.number, "because": held.marked_because}
    record(Event.EDITION_EDITORIAL, actor=acting_person, subject=subject_of(held), data=data)
    return held


def subject_of(edition: RubricEdition) -> str:
    """How the journal names an edition."""
    return f"rubric:{edition.ref}"


def _before(edition: RubricEdition) -> RubricEdition:
    before = RubricEdition.objects.filter(
        pool=edition.pool_id, kind=edition.kind, instrument=edition.instrument, number=edition.number - 1
    ).first()
    if before is None or edition.same_as_id:
        raise ChangeIsNotEditorial("There is no earlier text that this one could only reword.")
    return before


def _require_same_frame(edition: RubricEdition, before: RubricEdition) -> None:
    new, old = (rubric_from_document(each.rubric.document) for each in (edition, before))
    if frame_of(new) != frame_of(old):
        raise ChangeIsNotEditorial(
            "Criteria or levels are others than before, so what was shown with the old text does not hold for this one."
        )
    later = RubricEdition.objects.filter(
        pool=edition.pool_id, kind=edition.kind, instrument=edition.instrument, number__gt=edition.number
    )
    if edition.anchors.exists() or edition.certifications.exists() or later.exists():
        raise ChangeIsNotEditorial("Anchors, certificates or a later text stand on it already. Leave it as it is.")


def frame_of(rubric: Rubric) -> tuple[Any, ...]:
    """What an editorial change leaves as it is: levels, which of them meet, and criteria."""
    levels = tuple((level.code, level.meets) for level in rubric.levels)
    return levels, tuple(criterion.code for criterion in rubric.criteria)
