"""What a new text of a rubric would lose, told before it is published: anchors and certificates hold for one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from longleaf.engines.rubrics import RubricError, rubric_from_document
from longleaf.panels.calibration.asking import asked_of
from longleaf.panels.calibration.editions import frame_of
from longleaf.panels.instruments import digest_of
from longleaf.panels.models import RubricEdition


@dataclass(frozen=True)
class Lost:
    """How many anchors in use and certified readers hold for the present text and not for a new one, over all pools
    that ask for a certificate; and whether a lead could mark the new one as an editorial change."""

    anchors: int
    certified: int
    may_be_editorial: bool


def lost_by(*, kind: str, instrument: str, present: Mapping[str, Any], new: Mapping[str, Any]) -> Lost | None:
    """What is lost where the text of an instrument's rubric becomes another. `new` may be unfinished.

    None where nothing stops by it: the text is the same, every pool knows it already, or none asks for a certificate.
    """
    if digest_of(new) == digest_of(present):
        return None
    of_rubric = RubricEdition.objects.filter(kind=kind, instrument=instrument)
    known = of_rubric.filter(rubric=digest_of(new)).values("pool")
    editions = list(of_rubric.filter(rubric=digest_of(present)).exclude(pool__in=known).select_related("pool"))
    asked = [each for each in asked_of(editions).values() if each.is_required]
    if not asked:
        return None
    anchors = sum(each.unseen + each.training for each in asked)
    return Lost(anchors, sum(each.certified for each in asked), _is_of_one_frame(present, new))


def _is_of_one_frame(present: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    try:
        return frame_of(rubric_from_document(present)) == frame_of(rubric_from_document(new))
    except RubricError:
        # It is being written, so nobody can say yet.
        return False
