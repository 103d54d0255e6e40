"""Rubrics: criteria and levels, readings by several people, and the rule that turns readings into an outcome.

Plain values in, plain values out. The same engine serves the assessment of evidence, reviews of quality,
approval of agencies, calibration, self-assessment and workshops. `rubric_from_document` and
`rule_from_document` read documents; `decide` gives the outcome; `differences` compares two readings. How far
raters agree is in `rubrics.agreement`, who is harsher in `rubrics.severity`, who drifts in `rubrics.drift`.
"""

from longleaf.engines.documents import Mistake
from longleaf.engines.rubrics.deciding import decide, differences
from longleaf.engines.rubrics.outcomes import AllOf, AllRequired, Points, WeightedSum
from longleaf.engines.rubrics.panel_rule import (
    AcrossRounds,
    Decides,
    PanelRule,
    WhenTheyDiffer,
    rule_from_document,
    rule_to_document,
)
from longleaf.engines.rubrics.readings import (
    CriterionOutcome,
    DecidedBy,
    Difference,
    Outcome,
    Reading,
    ReadingError,
    Role,
    Verdict,
)
from longleaf.engines.rubrics.rubric import (
    Criterion,
    Indicator,
    Level,
    Rubric,
    RubricError,
    rubric_from_document,
    rubric_to_document,
)

__all__ = [
    "AcrossRounds",
    "AllOf",
    "AllRequired",
    "Criterion",
    "CriterionOutcome",
    "DecidedBy",
    "Decides",
    "Difference",
    "Indicator",
    "Level",
    "Mistake",
    "Outcome",
    "PanelRule",
    "Points",
    "Reading",
    "ReadingError",
    "Role",
    "Rubric",
    "RubricError",
    "Verdict",
    "WeightedSum",
    "WhenTheyDiffer",
    "decide",
    "differences",
    "rubric_from_document",
    "rubric_to_document",
    "rule_from_document",
    "rule_to_document",
]
