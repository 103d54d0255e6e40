"""What recognition needs beyond the awards themselves."""

from longleaf.recognition.models.licence import Licence
from longleaf.recognition.models.local_value import LocalValue
from longleaf.recognition.models.other_credit import OtherCredit
from longleaf.recognition.models.policy_text import PolicyText

__all__ = [
    "Licence",
    "LocalValue",
    "OtherCredit",
    "PolicyText",
]
