from longleaf.panels.models.assignment import Assignment, Rating
from longleaf.panels.models.panel import Author, Panel, RubricText
from longleaf.panels.models.pay import PaidReading, Payment, ReadingFee
from longleaf.panels.models.pool import (
    Absence,
    Assessor,
    DeclaredConflict,
    Pool,
    PoolMember,
    Qualification,
    SpokenLanguage,
)

__all__ = [
    "Absence",
    "Assessor",
    "Assignment",
    "Author",
    "DeclaredConflict",
    "PaidReading",
    "Panel",
    "Payment",
    "Pool",
    "PoolMember",
    "Qualification",
    "Rating",
    "ReadingFee",
    "RubricText",
    "SpokenLanguage",
]
