from longleaf.quality.models.alarm import Alarm, OversightRules
from longleaf.quality.models.application import Application, Document, Showing
from longleaf.quality.models.complaint import Complaint
from longleaf.quality.models.decision import Instrument, QualityDecision
from longleaf.quality.models.follow_up import AskedChange, Condition, ConditionReport
from longleaf.quality.models.review import ConflictDeclaration, DesignText, Quotation, Review
from longleaf.quality.models.self_check import SelfCheckAnswer, TriedLink

__all__ = [
    "Alarm",
    "Application",
    "AskedChange",
    "Complaint",
    "Condition",
    "ConditionReport",
    "ConflictDeclaration",
    "DesignText",
    "Document",
    "Instrument",
    "OversightRules",
    "QualityDecision",
    "Quotation",
    "Review",
    "SelfCheckAnswer",
    "Showing",
    "TriedLink",
]
