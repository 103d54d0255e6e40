"""The words of a panel rule as a designer chooses them, by the codes of its engine. No Django, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

CHOICES_OF_A_RULE: Mapping[str, Sequence[tuple[str, str]]] = {
    "when_they_differ": (
        ("third_reader", "A third assessor reads it"),
        ("lead", "A lead assessor sees their readings and decides"),
        ("none", "Nobody else (odd numbers only)"),
    ),
    "decides": (
        ("third", "The third assessor"),
        ("lead", "The lead assessor"),
        ("majority", "The majority"),
    ),
    "outcomes": (
        ("all_required", "Every criterion that must be met is met"),
        ("all_of", "Every criterion is met, without exception"),
        ("weighted_sum", "What must be met is, and the weight of all that is met reaches a line"),
        ("points", "What must be met is, and the points of all levels reach a line"),
    ),
    "across_rounds": (
        ("met_stays", "That a criterion was met"),
        ("best_level", "The best level that each criterion ever had"),
    ),
}
