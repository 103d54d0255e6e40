"""The chapter of quality reviews: a design that its issuer hands in, and how a reviewer reads what is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longleaf.catalog import queries as catalog
from longleaf.panels import rating
from longleaf.panels.instruments import criteria_to_rate
from longleaf.quality.reviewing import handing_in, reading

if TYPE_CHECKING:
    from longleaf.demo.script import UnderReview
    from longleaf.demo.stage import Stage
    from longleaf.panels.models import Assignment
    from longleaf.quality.models import Review


def put_up(told: UnderReview, stage: Stage) -> Review:
    """Hand a design in. One reader has begun, and whoever looks in as another is asked to read it."""
    version = catalog.bare_version(told.micro_credential)
    review = handing_in.hand_in(version=version, note=told.note, acting_person=stage.people[told.by])
    assert review.panel is not None, "what is handed in has readers"
    first = review.panel.assignments.order_by("seat")[0]
    reading.take_up(assignment=first, declared=True, acting_person=first.rater)
    rate(first, words=version.document["competency"], comment=told.comment, most=told.rated)
    return review


def rate(seat: Assignment, *, words: str, comment: str, most: int | None = None) -> None:
    """Find each criterion met, or so many of them, by words of what is read."""
    best = seat.panel.rubric.document["levels"][-1]["code"]
    for criterion in criteria_to_rate(seat.panel)[:most]:
        rating.rate(
            assignment=seat,
            criterion=criterion.code,
            level=best,
            comment=comment,
            revision=0,
            acting_person=seat.rater,
        )
        reading.quote(assignment=seat, criterion=criterion.code, words=words, revision=0, acting_person=seat.rater)
