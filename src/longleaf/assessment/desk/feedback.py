"""What a reader found so far, in the shape in which a decision is told to the earner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longleaf.assessment.desk.queries import CriterionRow, Desk
from longleaf.assessment.queries import CriterionFinding
from longleaf.engines.rubrics import PanelRule
from longleaf.panels import instruments


@dataclass(frozen=True)
class Feedback:
    """Findings of one reading, met and not yet, as `assessment/parts/findings.html` draws them."""

    met: Sequence[CriterionFinding]
    not_yet: Sequence[CriterionFinding]


def feedback_of(desk: Desk) -> Feedback:
    """The criteria that have a level, as if this reading alone decided; what has none yet is left out."""
    rule = instruments.rule_of(desk.assignment.panel)
    found = [_finding(desk, row, rule) for row in desk.rows if row.level]
    return Feedback([each for each in found if each.met], [each for each in found if not each.met])


def _finding(desk: Desk, row: CriterionRow, rule: PanelRule) -> CriterionFinding:
    rubric = instruments.rubric_of(desk.assignment.panel)
    return CriterionFinding(
        code=row.code,
        title=row.criterion.title,
        met=rule.is_met(rubric, row.level, row.code),
        level=row.level,
        level_title=rubric.level_by_code[row.level].title,
        from_before=False,
        level_from_before=False,
        comments=[row.comment] if row.comment.strip() else [],
        requirements=row.criterion.requirements,
    )
