"""What rules look at in a credit, of all that may be known of it: whoever reads for a whole state reads no more.

A kind of rule that looks at one of these facts stands in `LOOKS_AT`; the facts are called as in `EarnedCredit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from longleaf.engines.policy.needs import FinishedProgram, Signed
from longleaf.engines.policy.origins import ApprovedBefore, EvidenceWithin, InProgram
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.subjects import LevelAtLeast
from longleaf.engines.policy.values import ByLevel
from longleaf.engines.policy.walking import parts_of

LEVEL, BEGUN, APPROVED, EVIDENCE = "level", "begun_on", "approved_on", "evidence_on"
LOOKS_AT: Mapping[type, str] = {
    LevelAtLeast: LEVEL,
    ByLevel: LEVEL,
    InProgram: BEGUN,
    FinishedProgram: BEGUN,
    ApprovedBefore: APPROVED,
    EvidenceWithin: EVIDENCE,
}


def looked_at(policies: Iterable[Policy]) -> frozenset[str]:
    """Which of the level and the days of the work any rule of some policies looks at.

    An approval beforehand is held against the day on which the work began, wherever there is one.
    """
    return frozenset(LOOKS_AT[type(it)] for policy in policies for it in parts_of(policy) if type(it) in LOOKS_AT)


def signatures_in(policy: Policy) -> Mapping[str, str]:
    """What some need of a policy asks somebody to sign for the person: what is signed, by its code."""
    return {it.code: it.title for it in parts_of(policy) if isinstance(it, Signed)}


def programs_in(policies: Iterable[Policy]) -> frozenset[str]:
    """The codes of all programs that some policies know."""
    return frozenset(code for policy in policies for code in policy.terms.programs)
