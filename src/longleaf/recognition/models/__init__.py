"""What recognition needs beyond the awards themselves."""

from longleaf.recognition.models.adoption import Adoption
from longleaf.recognition.models.certificate import CreditCertificate
from longleaf.recognition.models.credit_list import CreditList
from longleaf.recognition.models.credit_request import CreditRequest, RequestDocument, RequestNote
from longleaf.recognition.models.imported_badge import ImportDecision, ImportedBadge
from longleaf.recognition.models.licence import Licence, LicenceFile
from longleaf.recognition.models.local_plan import LocalPlan, PlanFigure
from longleaf.recognition.models.local_value import LocalValue
from longleaf.recognition.models.other_credit import OtherCredit
from longleaf.recognition.models.policy_draft import PolicyDraft, PolicyPublication
from longleaf.recognition.models.policy_lab import PolicyLab
from longleaf.recognition.models.policy_text import PolicyText
from longleaf.recognition.models.practice import RenewalPractice, UnitCount
from longleaf.recognition.models.precedent import Precedent
from longleaf.recognition.models.reward import FundingSource, RewardOffer, RewardPayment, RewardPromise

__all__ = [
    "Adoption",
    "CreditCertificate",
    "CreditList",
    "CreditRequest",
    "FundingSource",
    "ImportDecision",
    "ImportedBadge",
    "Licence",
    "LicenceFile",
    "LocalPlan",
    "LocalValue",
    "OtherCredit",
    "PlanFigure",
    "PolicyDraft",
    "PolicyLab",
    "PolicyPublication",
    "PolicyText",
    "Precedent",
    "RenewalPractice",
    "RequestDocument",
    "RequestNote",
    "RewardOffer",
    "RewardPayment",
    "RewardPromise",
    "UnitCount",
]
