"""What one credit is worth in the unit of the policy. New ways of valuing go here and into `WORTHS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Protocol

from longleaf.engines.documents import Place
from longleaf.engines.policy.record import EarnedCredit
from longleaf.engines.policy.rules import Rule, Span, plain, tidy

# Worths are cut to four places, never rounded up: nobody is credited with more than was earned, and all that
# follows is exact.
STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Valued:
    """An amount with the reason for it; `amount` None means that there is no value yet, and why."""

    amount: Decimal | None
    reason: str


class Worth(Protocol):
    """A way of valuing credits of one kind; `measure` is what the kind is counted in, in the plural."""

    def of(self, credit: EarnedCredit, measure: str) -> Valued: ...


@dataclass(frozen=True)
class Rate:
    """So many credits per so many units of the kind's own measure."""

    credits: Decimal
    per: Decimal

    def of(self, credit: EarnedCredit, measure: str) -> Valued:
        if credit.amount is None:
            return Valued(None, f"The number of {measure} is not recorded; add it so that it can count.")
        worth = cut(credit.amount * self.credits / self.per)
        return Valued(worth, f"{plain(credit.amount)} {measure} are worth {plain(worth)}.")


@dataclass(frozen=True)
class Fixed:
    credits: Decimal

    def of(self, credit: EarnedCredit, measure: str) -> Valued:
        return Valued(self.credits, f"Each is worth {plain(self.credits)}, whatever time it took.")


@dataclass(frozen=True)
class SetLocally:
    """A local unit sets the value; without one there is nothing to count yet."""

    unless_set: str

    def of(self, credit: EarnedCredit, measure: str) -> Valued:
        local = credit.value
        if local is None:
            return Valued(None, self.unless_set)
        if not local.per_hour:
            return Valued(cut(local.credits), f"{local.set_by} gives {plain(local.credits)}: {local.rule}")
        if credit.amount is None:
            return Valued(None, f"{local.set_by} counts {measure}, and their number is not recorded.")
        worth = cut(local.credits * credit.amount)
        effort = f"{plain(credit.amount)} {measure}"
        return Valued(worth, f"{local.set_by} gives {plain(worth)} for {effort}: {local.rule}")


@dataclass(frozen=True)
class NotKnown:
    because: str

    def of(self, credit: EarnedCredit, measure: str) -> Valued:
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
        return NotKnown("")
    keys, read = reader
    return read(place.only("kind", *keys))


def _positive(place: Place, key: str, default: Decimal | None = None) -> Decimal:
    number = place.number(key, default)
    if number <= 0 and place.has(key):
        place.at(key).wrong("This must be more than 0.")
    return number if number > 0 else Decimal(1)


WORTHS: dict[str, tuple[tuple[str, ...], Callable[[Place], Worth]]] = {
    "rate": (
        ("credits", "per"),
        lambda place: Rate(_positive(place, "credits"), _positive(place, "per", Decimal(1))),
    ),
    "fixed": (("credits",), lambda place: Fixed(_positive(place, "credits"))),
    "set_locally": (("unless_set",), lambda place: SetLocally(place.text("unless_set"))),
    "not_known": (("because",), lambda place: NotKnown(place.text("because"))),
}
