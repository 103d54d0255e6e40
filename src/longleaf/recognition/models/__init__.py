"""What recognition needs beyond the awards themselves."""

from longleaf.recognition.models.imported_badge import ImportDecision, ImportedBadge
from longleaf.recognition.models.licence import Licence
from longleaf.recognition.models.local_value import LocalValue
from longleaf.recognition.models.other_credit import OtherCredit
from longleaf.recognition.models.policy_text import PolicyText
from longleaf.recognition.models.precedent import Precedent

__all__ = [
    "ImportDecision",
    "ImportedBadge",
    "Licence",
    "LocalValue",
    "OtherCredit",
    "PolicyText",
    "Precedent",
]
