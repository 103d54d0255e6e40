from longleaf.quality.models.decision import Instrument, QualityDecision
from longleaf.quality.models.review import ConflictDeclaration, DesignText, Quotation, Review

__all__ = ["ConflictDeclaration", "DesignText", "Instrument", "QualityDecision", "Quotation", "Review"]
