"""What one credit is worth in the unit of the policy. New ways of valuing go here and into `WORTHS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Protocol

from longleaf.engines.documents import Place
from longleaf.engines.policy.record import EarnedCredit
from longleaf.engines.policy.rules import Rule, Span, Unit, tidy

# Worths are cut to four places, never rounded up: nobody is credited with more than was earned, and all that
# follows is exact.
STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Valued:
    """An amount with the reason for it; `amount` None means that there is no value yet, and why."""

    amount: Decimal | None
    reason: str


class Worth(Protocol):
    """A way of valuing credits of one kind; `measure` is what the kind counts, `unit` what the policy counts."""

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued: ...


@dataclass(frozen=True)
class Rate:
    """So many credits per so many units of the kind's own measure."""

    credits: Decimal
    per: Decimal

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        if credit.amount is None:
            return Valued(None, f"The number of {measure.plural} is not recorded; add it so that it can count.")
        worth = cut(credit.amount * self.credits / self.per)
        return Valued(worth, f"Worth {unit.amount(worth)} for {measure.amount(credit.amount)}.")


@dataclass(frozen=True)
class Fixed:
    credits: Decimal

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        return Valued(self.credits, f"Worth {unit.amount(self.credits)}, whatever time it took.")


@dataclass(frozen=True)
class SetLocally:
    """A local unit sets the value; without one there is nothing to count yet."""

    unless_set: str

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        local = credit.value
        if local is None:
            return Valued(None, self.unless_set)
        if local.per_hour and credit.amount is None:
            return Valued(None, f"{local.set_by} counts {measure.plural}, and their number is not recorded.")
        worth = cut(local.credits * (credit.amount or 0) if local.per_hour else local.credits)
        effort = f" for {measure.amount(credit.amount)}" if local.per_hour and credit.amount else ""
        return Valued(worth, f"{local.set_by} gives {unit.amount(worth)}{effort}: {local.rule.rstrip('.')}.")


@dataclass(frozen=True)
class NoValue:
    because: str

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        return Valued(None, self.because)


@dataclass(frozen=True)
class ValueRule:
    """What credits of a kind are worth, for licences and earning days within spans."""

    rule: Rule
    of: str
    worth: Worth
    licences_expiring: Span
    earned: Span


def cut(number: Decimal) -> Decimal:
    return tidy(number.quantize(STEP, rounding=ROUND_DOWN))


def worth_at(place: Place) -> Worth:
    """Read a way of valuing at a place of a document, noting every mistake."""
    kind = place.choice("kind", list(WORTHS))
    reader = WORTHS.get(kind)
    if reader is None:
        return NoValue("")
    keys, read = reader
    return read(place.only("kind", *keys))


def _positive(place: Place, key: str, default: Decimal | None = None) -> Decimal:
    # A stand-in of 1 keeps the reading of the rest from dividing by a mistake.
    return place.number(key, default, positive=True) or Decimal(1)


WORTHS: dict[str, tuple[tuple[str, ...], Callable[[Place], Worth]]] = {
    "rate": (
        ("credits", "per"),
        lambda place: Rate(_positive(place, "credits"), _positive(place, "per", Decimal(1))),
    ),
    "fixed": (("credits",), lambda place: Fixed(_positive(place, "credits"))),
    "set_locally": (("unless_set",), lambda place: SetLocally(place.text("unless_set"))),
    "no_value": (("because",), lambda place: NoValue(place.text("because"))),
}
