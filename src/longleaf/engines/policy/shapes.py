"""Shapes of credits: what rules can tell apart, without a name and, where no rule looks at it, without a day.

A state has millions of credits and some thousands of shapes. What a shape is worth and where it fits is found once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from longleaf.engines.policy.record import EarnedCredit, LocalValue

# A credit by the number of its shape, and the day on which it was earned.
Earned = tuple[int, date]

ANY_DAY = date(2000, 1, 1)
LONG_BEFORE = date.min


class Shapes:
    """Every shape that was met, under a number; shared by all who tally the same people."""

    def __init__(self) -> None:
        self._numbers: dict[EarnedCredit, int] = {}
        self._credits: list[EarnedCredit] = []

    def __len__(self) -> int:
        return len(self._credits)

    def of(self, credit: EarnedCredit) -> int:
        """The number of a credit's shape."""
        shape = _shape(credit)
        number = self._numbers.setdefault(shape, len(self._credits))
        if number == len(self._credits):
            self._credits.append(shape)
        return number

    def kind(self, number: int) -> str:
        return self._credits[number].kind

    def credit(self, number: int, day: date) -> EarnedCredit:
        """A nameless credit of a shape, earned on a day."""
        return replace(self._credits[number], earned_on=day)

    def credits(self, earned: Iterable[Earned]) -> tuple[EarnedCredit, ...]:
        """Credits of some shapes, told apart by their places."""
        return tuple(
            replace(self._credits[number], id=f"{place:06d}", earned_on=day)
            for place, (number, day) in enumerate(earned)
        )


def _shape(credit: EarnedCredit) -> EarnedCredit:
    value = credit.value and LocalValue(credit.value.credits, "", "", credit.value.per_hour)
    decision = credit.decision and replace(credit.decision, by="", reason="")
    if not (credit.program or credit.item):
        # Outside of programs, these days tell one thing only: whether it was approved before the work began.
        credit = replace(credit, begun_on=None, approved_on=LONG_BEFORE if _is_approved_before(credit) else None)
    # Days of a credit are held against one another, so one with further days is a shape of its own on each day.
    decided_on = decision.decided_on if decision else None
    is_dated = credit.begun_on or credit.approved_on not in {None, LONG_BEFORE} or credit.evidence_on or decided_on
    day = credit.earned_on if is_dated else ANY_DAY
    return replace(credit, id="", title="", value=value, decision=decision, earned_on=day)


def _is_approved_before(credit: EarnedCredit) -> bool:
    return credit.approved_on is not None and credit.approved_on <= (credit.begun_on or credit.earned_on)
