from longleaf.panels.models.assignment import Assignment, Rating
from longleaf.panels.models.calibration import Anchor, GateSetting, RubricEdition
from longleaf.panels.models.certification import Certification, CheckReading, DriftAlarm, Observation, Sitting
from longleaf.panels.models.note_to_lead import NoteToLead
from longleaf.panels.models.panel import Author, Panel, RubricText
from longleaf.panels.models.pay import PaidReading, Payment, ReadingFee
from longleaf.panels.models.pool import (
    Absence,
    Assessor,
    ConfirmedQualification,
    DeclaredConflict,
    Pool,
    PoolMember,
    Qualification,
    SpokenLanguage,
)
from longleaf.panels.models.reconciliation import Remark, Revision

__all__ = [
    "Absence",
    "Anchor",
    "Assessor",
    "Assignment",
    "Author",
    "Certification",
    "CheckReading",
    "ConfirmedQualification",
    "DeclaredConflict",
    "DriftAlarm",
    "GateSetting",
    "NoteToLead",
    "Observation",
    "PaidReading",
    "Panel",
    "Payment",
    "Pool",
    "PoolMember",
    "Qualification",
    "Rating",
    "ReadingFee",
    "Remark",
    "Revision",
    "RubricEdition",
    "RubricText",
    "Sitting",
    "SpokenLanguage",
]
