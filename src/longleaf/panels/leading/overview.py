"""How far readers agree by many rubrics at once, over all criteria: for lists of which a board tells one.

The figures are those of the boards (`panels.leading.board`), and move on in the same steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from django.db.models import Q, QuerySet

from longleaf.engines.rubrics import rubric_from_document
from longleaf.engines.rubrics.agreement.measuring import Agreement, agreement
from longleaf.engines.rubrics.agreement.ratings import Rating as Said
from longleaf.kit import keeping
from longleaf.panels.leading.rated import MOST_MEASURED, STEP, USUAL_READERS, scale_of
from longleaf.panels.models import Panel, Rating, RubricText
from longleaf.panels.status import AssignmentStatus, PanelStatus

# The key of a pool and the digest of a rubric.
PoolAndRubric = tuple[int, str]


def agreement_by(wanted: Collection[PoolAndRubric], *, kind: str) -> Mapping[PoolAndRubric, Agreement]:
    """The agreement by each rubric in each pool; those without a whole step of judgements are left out. Four queries.

    It changes with every tenth judgement by one of them only, so it is kept under how many each has.
    """
    panels = _decided(wanted, kind)
    steps = frozenset((key, len(made) // STEP) for key, made in panels.items() if len(made) >= STEP)
    if not steps:
        return {}
    return keeping.for_ever("agreement by", kind, steps, make=lambda: dict(_measured(panels, kind)))


def _decided(wanted: Collection[PoolAndRubric], kind: str) -> dict[PoolAndRubric, list[tuple[int, int]]]:
    """The judgements by each, in their order: the key of a panel, and how many read it at first."""
    asked, found = set(wanted), defaultdict(list)
    rows = _panels(asked, kind).order_by("decided_at", "pk").values_list("pool", "rubric", "pk", "rule")
    for pool, rubric, panel, rule in rows if asked else ():
        if (pool, rubric) in asked:
            found[pool, rubric].append((panel, int(rule.get("readers", USUAL_READERS))))
    return dict(found)


def _measured(
    panels: Mapping[PoolAndRubric, list[tuple[int, int]]], kind: str
) -> Iterator[tuple[PoolAndRubric, Agreement]]:
    texts = RubricText.objects.in_bulk({rubric for _, rubric in panels})
    said = _said(panels, kind)
    for key, made in panels.items():
        whole = len(made) - len(made) % STEP
        newest = dict(made[max(whole - MOST_MEASURED, 0) : whole])
        ratings = [each for panel, readers in newest.items() for seat, each in said.get(panel, ()) if seat <= readers]
        if newest:
            yield key, agreement(ratings, scale=scale_of(rubric_from_document(texts[key[1]].document)))


def _said(panels: Collection[PoolAndRubric], kind: str) -> Mapping[int, list[tuple[int, Said]]]:
    """What was found on each panel, with the seat of whoever found it. Whoever adjudicates is no reader."""
    given = Rating.objects.filter(
        assignment__panel__in=_panels(set(panels), kind).values("pk"),
        assignment__status=AssignmentStatus.SUBMITTED,
        assignment__adjudicates=False,
    ).exclude(level="")
    rows = given.values_list("assignment__panel", "assignment__rater", "assignment__seat", "level", "criterion")
    found = defaultdict(list)
    for panel, rater, seat, level, criterion in rows.order_by("assignment__panel", "assignment__seat", "criterion"):
        found[panel].append((seat, Said(str(panel), str(rater), level, criterion)))
    return found


def _panels(wanted: Collection[PoolAndRubric], kind: str) -> QuerySet[Panel]:
    named = Q(pool__in={pool for pool, _ in wanted}, rubric__in={rubric for _, rubric in wanted})
    return Panel.objects.filter(named, status=PanelStatus.DECIDED, kind=kind)
