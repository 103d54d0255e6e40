"""How far reviewers agree on each component, so that the rubric can be improved. The figures are those of `panels`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from longleaf.directory.queries import organisations_where
from longleaf.directory.status import Role
from longleaf.kit.standing import labelled
from longleaf.panels.leading.board import Board, board_of
from longleaf.panels.leading.rated import RubricInUse, rubrics_of
from longleaf.quality.errors import NoSuchReview
from longleaf.quality.models import Review
from longleaf.quality.reviewing.access import PANEL_KIND

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@dataclass(frozen=True)
class RubricOfDesigns:
    """A text of a rubric by which reviewers of an agency have judged, and what it is called."""

    agency: Organisation
    used: RubricInUse
    title: str


def rubrics_seen_by(person: Person) -> list[RubricOfDesigns]:
    """Every rubric by which the agency of an officer has reviewed, the most used first."""
    return [
        RubricOfDesigns(agency, used, title)
        for agency in organisations_where(person, Role.STATE_OFFICER).order_by("name")
        for used, title in _titled([used for used in rubrics_of(agency) if used.kind == PANEL_KIND])
    ]


def board_seen_by(person: Person, digest: str) -> tuple[RubricOfDesigns, Board]:
    """One of them with its figures. Raises `NoSuchReview` for whoever may not see it."""
    found = next((each for each in rubrics_seen_by(person) if each.used.digest == digest), None)
    if found is None:
        raise NoSuchReview
    return found, board_of(found.agency, PANEL_KIND, digest)


def _titled(used: Sequence[RubricInUse]) -> list[tuple[RubricInUse, str]]:
    reviews = Review.objects.filter(panel__rubric__in=[each.digest for each in used])
    named = ("instrument__title", "instrument__standing", "instrument__edition")
    rows = reviews.values_list("panel__rubric", *named).order_by().distinct()
    titles = {digest: f"{labelled(title, standing)}, {edition}" for digest, title, standing, edition in rows}
    return [(each, titles[each.digest]) for each in used if each.digest in titles]
