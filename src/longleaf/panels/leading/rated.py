"""Ratings that may be measured: of judgements that are made, by readers who did not know that others differed.

The board and the export move in steps of ten judgements. Otherwise whoever looks before and after a single one was made
would learn from the difference what it found, which a lead must not (`panels.blindness`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, QuerySet

from longleaf.engines.rubrics import Rubric, rubric_from_document
from longleaf.engines.rubrics.agreement.ratings import Rating as Said
from longleaf.engines.rubrics.agreement.scale import Scale
from longleaf.panels.errors import NoSuchBoard
from longleaf.panels.models import Panel, Rating, RubricText
from longleaf.panels.status import AssignmentStatus, PanelStatus
from longleaf.panels.titles import titles_of

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

# Judgements by which figures move on: among so many, none can be told from the others by a difference.
STEP = 10
# The newest that are measured: enough for a narrow interval, few enough that they tell of the readers of today.
MOST_MEASURED = 2_000
# What a rule that says nothing of readers asks for (`engines.rubrics.panel_rule`).
USUAL_READERS = 2


@dataclass(frozen=True)
class RubricInUse:
    """A rubric by which panels of a pool judge, for one kind of subject; `decided` of them have."""

    kind: str
    digest: str
    decided: int
    title: str

    @property
    def measured(self) -> int:
        """How many judgements may be measured."""
        return min(self.decided - self.decided % STEP, MOST_MEASURED)

    @property
    def to_wait_for(self) -> int:
        """How many more judgements must be made before figures move on."""
        return STEP - self.decided % STEP


def rubrics_of(pool: Organisation) -> list[RubricInUse]:
    """Every rubric by which a panel of the pool has judged, the most used first. Two queries."""
    rows = list(_counted(_decided(pool)).order_by("-decided", "kind", "rubric"))
    titles = titles_of((row["kind"], row["example"]) for row in rows)
    return [_in_use(row, titles) for row in rows]


def rubric_in(pool: Organisation, kind: str, digest: str) -> RubricInUse:
    """One of them. Raises `NoSuchBoard` where no panel of the pool has judged by it."""
    row = _counted(_decided(pool).filter(kind=kind, rubric=digest)).order_by("rubric").first()
    if row is None:
        raise NoSuchBoard
    return _in_use(row, titles_of([(kind, row["example"])]))


def text_of(found: RubricInUse) -> Rubric:
    return rubric_from_document(RubricText.objects.get(digest=found.digest).document)


def scale_of(rubric: Rubric) -> Scale:
    return Scale.ordinal([level.code for level in rubric.levels])


def ratings_of(pool: Organisation, found: RubricInUse) -> Iterator[Said]:
    """The ratings that may be measured, by the keys of panel and rater. Two queries.

    Only those of the readers whom the rule asks first: somebody who is asked because others differ reads what is hard
    to agree on, and would make all figures look worse. Whoever adjudicates has seen what the others found, which is no
    reading of their own.
    """
    panels = _measured(pool, found)
    readers = {key: int(rule.get("readers", USUAL_READERS)) for key, rule in panels.values_list("pk", "rule")}
    given = Rating.objects.filter(
        assignment__panel__in=panels.values("pk"),
        assignment__status=AssignmentStatus.SUBMITTED,
        assignment__adjudicates=False,
    ).exclude(level="")
    rows = given.values_list("assignment__panel", "assignment__rater", "assignment__seat", "level", "criterion")
    for panel, rater, seat, level, criterion in rows.order_by("assignment__panel", "assignment__seat", "criterion"):
        if seat <= readers[panel]:
            yield Said(str(panel), str(rater), level, criterion)


def _measured(pool: Organisation, found: RubricInUse) -> QuerySet[Panel]:
    """The newest whole steps of judgements, in the order in which they were made."""
    end = found.decided - found.decided % STEP
    made = _decided(pool).filter(kind=found.kind, rubric=found.digest).order_by("decided_at", "pk")
    return made[end - found.measured : end]


def _decided(pool: Organisation) -> QuerySet[Panel]:
    return Panel.objects.filter(pool=pool, status=PanelStatus.DECIDED)


def _counted(panels: QuerySet[Panel]) -> QuerySet[Any, Any]:
    return panels.values("kind", "rubric").annotate(decided=Count("pk"), example=Max("subject"))


def _in_use(row: dict[str, Any], titles: dict[tuple[str, str], str]) -> RubricInUse:
    title = titles.get((row["kind"], row["example"]), "") or f"Rubric {row['rubric'][:8]}"
    return RubricInUse(row["kind"], row["rubric"], row["decided"], title)
