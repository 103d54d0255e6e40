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
        ("all_required", "Each required criterion is met"),
        ("all_of", "Each criterion is met, required or not"),
        ("weighted_sum", "Weight reaches a line, and each required criterion is met"),
        ("points", "Points reach a line, and each required criterion is met"),
    ),
    "across_rounds": (
        ("met_stays", "That a criterion was met"),
        ("best_level", "The best level of each criterion"),
    ),
}
