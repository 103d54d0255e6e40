"""What a verification says: named steps, each with its outcome and a reason, and what follows from them.

There is no single flag: a badge that has expired, one that was forged and one whose issuer's web site was down
are three different things to whoever must decide about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
class Recognition:
    """What a register says of a credential: yes, no, or None where it knows nothing of it; and why, as a sentence.

    Where it says yes: `by` whom, on which days (both included, `until` None for as long as nobody decides otherwise),
    and the addresses of the signed `statements` of it, that of `by` first.
    """

    recognised: bool | None
    sentence: str
    by: str = ""
    since: date | None = None
    until: date | None = None
    statements: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The stable JSON form."""
        return {
            "recognised": self.recognised,
            "by": self.by or None,
            "from": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "statements": list(self.statements),
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Report:
    """The steps in their order, and the credential they are about, where one could be read.

    `issuer` is set only when the issuer step passed: it is the identity that was proven, which for an
    issuer without an address is the name of its key. `altered` says that the seal was checked and does not fit.
    `recognition` is set only when a register was asked.
    """

    steps: tuple[Step, ...]
    credential: Mapping[str, Any] | None = None
    carrier: str = ""
    issuer: str | None = None
    altered: bool = False
    recognition: Recognition | None = None

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
        """The stable JSON form: the verdict, the steps with their outcomes and reasons, and what a register said."""
        steps = [{"step": found.step, "outcome": found.outcome.value, "reason": found.reason} for found in self.steps]
        told = {"recognition": self.recognition.as_dict()} if self.recognition else {}
        return {"verdict": self.verdict.value, "steps": steps, **told}
