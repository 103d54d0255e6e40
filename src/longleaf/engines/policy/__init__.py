"""Policy: what a demonstrated competency is worth, as a document, and a ledger that explains itself.

Plain values in, plain values out. `policy_from_document` reads a policy; `ledger` reckons a record under
the dated version that rules its licence; `worth` tells what a prospective credit would add;
`tally` gives the totals alone, and a `Tallier` gives them for a whole state;
`check_examples` runs the test cases that a policy carries.

Kinds of rule live in tables (`conditions.CONDITIONS`, `values.WORTHS`, `needs.NEEDS`, `results.GIFTS`,
`notices.KINDS`); a new kind is a new entry there.
"""

from longleaf.engines.documents import Mistake
from longleaf.engines.policy.answers import Answer, Answers, Climb, Rung, steps_reached
from longleaf.engines.policy.examples import check_examples
from longleaf.engines.policy.explaining import CategoryLine, Expiry, Fill, LedgerLine, NextDate
from longleaf.engines.policy.ledger import Ledger, ledger, ledgers
from longleaf.engines.policy.looking import looked_at, programs_in, signatures_in
from longleaf.engines.policy.needs import Finding
from longleaf.engines.policy.notices import Notice
from longleaf.engines.policy.openings import Opening, Reach, openings
from longleaf.engines.policy.outcomes import OutcomeLine, PlanLine
from longleaf.engines.policy.overlays import overlaid
from longleaf.engines.policy.policy import (
    Category,
    CreditKind,
    Cycle,
    LicenceType,
    Policy,
    Role,
    Version,
)
from longleaf.engines.policy.prospect import Gain, Prospect, worth
from longleaf.engines.policy.reading import policy_from_document
from longleaf.engines.policy.record import (
    Approval,
    Decision,
    EarnedCredit,
    Licence,
    LocalValue,
    Outcome,
    Plan,
    PlanOutcome,
    Record,
    RecordError,
    Score,
)
from longleaf.engines.policy.record_reading import record_from_document
from longleaf.engines.policy.results import Gift, Ladder
from longleaf.engines.policy.rules import NoRuleError, PolicyError, Rule, Standing, Unit, plain, spoken
from longleaf.engines.policy.shapes import Earned, Shapes
from longleaf.engines.policy.tallying import CategoryTally, Tallier, Tally, tally

__all__ = [
    "Answer",
    "Answers",
    "Approval",
    "Category",
    "CategoryLine",
    "CategoryTally",
    "Climb",
    "CreditKind",
    "Cycle",
    "Decision",
    "Earned",
    "EarnedCredit",
    "Expiry",
    "Fill",
    "Finding",
    "Gain",
    "Gift",
    "Ladder",
    "Ledger",
    "LedgerLine",
    "Licence",
    "LicenceType",
    "LocalValue",
    "Mistake",
    "NextDate",
    "NoRuleError",
    "Notice",
    "Opening",
    "Outcome",
    "OutcomeLine",
    "Plan",
    "PlanLine",
    "PlanOutcome",
    "Policy",
    "PolicyError",
    "Prospect",
    "Reach",
    "Record",
    "RecordError",
    "Role",
    "Rule",
    "Rung",
    "Score",
    "Shapes",
    "Standing",
    "Tallier",
    "Tally",
    "Unit",
    "Version",
    "check_examples",
    "ledger",
    "ledgers",
    "looked_at",
    "openings",
    "overlaid",
    "plain",
    "policy_from_document",
    "programs_in",
    "record_from_document",
    "signatures_in",
    "spoken",
    "steps_reached",
    "tally",
    "worth",
]
