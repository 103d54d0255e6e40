"""Shapes of credits: what rules can tell apart, without a name and, where no rule looks at it, without a day.

A state has millions of credits and some thousands of shapes. What a shape is worth and where it fits is found once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date

from longleaf.engines.policy.record import EarnedCredit, LocalValue

# A credit by the number of its shape, and the day on which it was earned.
Earned = tuple[int, date]

ANY_DAY = date(2000, 1, 1)
LONG_BEFORE = date.min


class Shapes:
    """Every shape that was met, under a number; shared by all who tally the same people.

    `programs` are the codes of the programs that rules know; None where any code may be one. Only in a program do rules
    ask for the very day on which the work began.
    """

    def __init__(self, programs: Container[str] | None = None) -> None:
        self._programs = programs
        self._numbers: dict[EarnedCredit, int] = {}
        self._credits: list[EarnedCredit] = []

    def __len__(self) -> int:
        return len(self._credits)

    def of(self, credit: EarnedCredit) -> int:
        """The number of a credit's shape."""
        shape = _shape(credit, is_in_program=self._may_be_in_program(credit))
        number = self._numbers.setdefault(shape, len(self._credits))
        if number == len(self._credits):
            self._credits.append(shape)
        return number

    def _may_be_in_program(self, credit: EarnedCredit) -> bool:
        codes = {credit.program, credit.item} - {""}
        return bool(codes) if self._programs is None else any(code in self._programs for code in codes)

    def kind(self, number: int) -> str:
        return self._credits[number].kind

    def item(self, number: int) -> str:
        return self._credits[number].item

    def credit(self, number: int, day: date) -> EarnedCredit:
        """A nameless credit of a shape, earned on a day."""
        return replace(self._credits[number], earned_on=day)

    def credits(self, earned: Iterable[Earned]) -> tuple[EarnedCredit, ...]:
        """Credits of some shapes, told apart by their places."""
        return tuple(
            replace(self._credits[number], id=f"{place:06d}", earned_on=day)
            for place, (number, day) in enumerate(earned)
        )


def _shape(credit: EarnedCredit, *, is_in_program: bool) -> EarnedCredit:
    value = credit.value and LocalValue(credit.value.credits, "", "", credit.value.per_hour)
    decision = credit.decision and replace(credit.decision, by="", reason="")
    # Of an approval it matters only whether it came before the work began, of proof that is there when something is
    # earned only that it is there.
    approved_on = LONG_BEFORE if _is_approved_before(credit) else None
    begun_on = credit.begun_on if is_in_program else None
    evidence_on = LONG_BEFORE if _has_proof_at_once(credit) else credit.evidence_on
    # Days of a credit are held against one another, so one with further days is a shape of its own on each day.
    is_dated = begun_on or evidence_on not in {None, LONG_BEFORE} or (decision and decision.decided_on)
    return replace(
        credit,
        id="",
        title="",
        value=value,
        decision=decision,
        earned_on=credit.earned_on if is_dated else ANY_DAY,
        begun_on=begun_on,
        approved_on=approved_on,
        evidence_on=evidence_on,
    )


def _is_approved_before(credit: EarnedCredit) -> bool:
    return credit.approved_on is not None and credit.approved_on <= (credit.begun_on or credit.earned_on)


def _has_proof_at_once(credit: EarnedCredit) -> bool:
    return credit.evidence_on is not None and credit.evidence_on <= credit.earned_on
