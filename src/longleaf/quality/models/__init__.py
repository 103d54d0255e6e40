from longleaf.quality.models.decision import Instrument, QualityDecision
from longleaf.quality.models.review import ConflictDeclaration, DesignText, Quotation, Review
from longleaf.quality.models.self_check import SelfCheckAnswer

__all__ = [
    "ConflictDeclaration",
    "DesignText",
    "Instrument",
    "QualityDecision",
    "Quotation",
    "Review",
    "SelfCheckAnswer",
]
