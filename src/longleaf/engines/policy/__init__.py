"""Policy: what a demonstrated competency is worth, as a document, and a ledger that explains itself.

Plain values in, plain values out. `policy_from_document` reads a policy; `ledger` reckons a record under
the dated version that rules its licence; `worth` tells what a prospective credit would add;
`check_examples` runs the test cases that a policy carries.

Kinds of rule live in tables (`conditions.CONDITIONS`, `values.WORTHS`); a new kind is a new entry there.
"""

from longleaf.engines.documents import Mistake
from longleaf.engines.policy.examples import check_examples
from longleaf.engines.policy.ledger import CategoryLine, Ledger, LedgerLine, NextDate, ledger
from longleaf.engines.policy.policy import (
    Category,
    CreditKind,
    Cycle,
    LicenceType,
    Notice,
    Policy,
    Role,
    Version,
)
from longleaf.engines.policy.prospect import Gain, Prospect, worth
from longleaf.engines.policy.reading import policy_from_document
from longleaf.engines.policy.record import (
    EarnedCredit,
    Licence,
    LocalValue,
    Record,
    RecordError,
    record_from_document,
)
from longleaf.engines.policy.rules import NoRuleError, PolicyError, Rule, Standing, Unit, plain, spoken

__all__ = [
    "Category",
    "CategoryLine",
    "CreditKind",
    "Cycle",
    "EarnedCredit",
    "Gain",
    "Ledger",
    "LedgerLine",
    "Licence",
    "LicenceType",
    "LocalValue",
    "Mistake",
    "NextDate",
    "NoRuleError",
    "Notice",
    "Policy",
    "PolicyError",
    "Prospect",
    "Record",
    "RecordError",
    "Role",
    "Rule",
    "Standing",
    "Unit",
    "Version",
    "check_examples",
    "ledger",
    "plain",
    "policy_from_document",
    "record_from_document",
    "spoken",
    "worth",
]
