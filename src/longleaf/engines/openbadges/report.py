"""What a verification says: named steps, each with its outcome and a reason, and what follows from them.

There is no single flag: a badge that has expired, one that was forged and one whose issuer's web site was down
are three different things to whoever must decide about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

STEPS = ("format", "proof", "issuer", "status", "validity", "recognition")
# Two more questions are asked where there is something to ask about: of a learner record, and of what is endorsed.
MEMBERS = "members"
ENDORSEMENTS = "endorsements"
# Recognition says who vouches for the issuer; it does not make a signature better or worse.
_DECIDING = STEPS[:-1]


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    INFORMATIONAL = "informational"


class Verdict(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Step:
    """One question that was asked about a credential. The reason is a sentence for people."""

    step: str
    outcome: Outcome
    reason: str

    @classmethod
    def passed(cls, step: str, reason: str) -> Step:
        return cls(step, Outcome.PASSED, reason)

    @classmethod
    def failed(cls, step: str, reason: str) -> Step:
        return cls(step, Outcome.FAILED, reason)

    @classmethod
    def not_checked(cls, step: str, reason: str) -> Step:
        return cls(step, Outcome.NOT_CHECKED, reason)

    @classmethod
    def informational(cls, step: str, reason: str) -> Step:
        return cls(step, Outcome.INFORMATIONAL, reason)


@dataclass(frozen=True)
class Report:
    """The steps in their order, and the credential they are about, where one could be read.

    `issuer` is set only when the issuer step passed: it is the identity that was proven, which for an
    issuer without an address is the name of its key. `altered` says that the seal was checked and does not fit.
    """

    steps: tuple[Step, ...]
    credential: Mapping[str, Any] | None = None
    carrier: str = ""
    issuer: str | None = None
    altered: bool = False

    @property
    def verdict(self) -> Verdict:
        """Fails closed: only a credential for which every deciding step passed is valid.

        An endorsement decides only where it failed: that of a stranger whose web site is down harms no badge.
        """
        outcomes = {found.step: found.outcome for found in self.steps}
        deciding = [outcomes.get(name, Outcome.NOT_CHECKED) for name in _DECIDING]
        deciding += [outcomes[name] for name in (MEMBERS,) if name in outcomes]
        if Outcome.FAILED in (*deciding, outcomes.get(ENDORSEMENTS)):
            return Verdict.INVALID
        passed = all(outcome is Outcome.PASSED for outcome in deciding)
        return Verdict.VALID if passed else Verdict.UNKNOWN

    def step(self, name: str) -> Step:
        """The step of that name; raises `KeyError` if there is none."""
        return {found.step: found for found in self.steps}[name]

    def as_dict(self) -> dict[str, Any]:
        """The stable JSON form: the verdict, and the steps with their outcomes and reasons."""
        return {
            "verdict": self.verdict.value,
            "steps": [
                {"step": found.step, "outcome": found.outcome.value, "reason": found.reason} for found in self.steps
            ],
        }
