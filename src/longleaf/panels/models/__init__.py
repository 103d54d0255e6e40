from longleaf.panels.models.assignment import Assignment, Rating
from longleaf.panels.models.panel import Panel, RubricText

__all__ = ["Assignment", "Panel", "Rating", "RubricText"]
