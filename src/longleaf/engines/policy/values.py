"""What one credit is worth in the unit of the policy. New ways of valuing go here and into `WORTHS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import Condition
from longleaf.engines.policy.origins import OnList, list_at
from longleaf.engines.policy.record import EarnedCredit, Licence, Outcome
from longleaf.engines.policy.rules import Rule, Span, Unit, fine, spoken
from longleaf.engines.policy.terms import Terms


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
        worth = fine(credit.amount * self.credits / self.per)
        return Valued(worth, f"Worth {unit.amount(worth)} for {measure.amount(credit.amount)}.")


@dataclass(frozen=True)
class Fixed:
    credits: Decimal

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        return Valued(self.credits, f"Worth {unit.amount(self.credits)}, whatever time it took.")


@dataclass(frozen=True)
class ByLevel:
    """A table from the level at which something was earned to what it is worth."""

    credits: Mapping[str, Decimal]

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        if not credit.level:
            return Valued(None, "Its level is not recorded; add it so that it can count.")
        worth = self.credits.get(credit.level)
        if worth is None:
            return Valued(None, f"The policy gives no value to the level “{credit.level}”.")
        return Valued(worth, f"Worth {unit.amount(worth)} at the level “{credit.level}”.")


@dataclass(frozen=True)
class Published:
    """What whoever offers it publishes for it, by a rate; at most so much where there is a limit for each."""

    credits: Decimal
    per: Decimal
    at_most: Decimal | None

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        if credit.published is None:
            return Valued(None, "What it counts is published with each, and for this one no number is recorded.")
        worth = fine(credit.published * self.credits / self.per)
        told = f"{measure.amount(credit.published)} published with it"
        if self.at_most is not None and worth > self.at_most:
            return Valued(self.at_most, f"Worth {unit.amount(self.at_most)}, the most for one, for {told}.")
        return Valued(worth, f"Worth {unit.amount(worth)} for {told}.")


@dataclass(frozen=True)
class ByApproval:
    """Nothing until somebody has approved this one; then what the decision says, or else the worth of the rule."""

    worth: Worth
    until: str

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        decision = credit.decision
        if decision is None or decision.outcome is Outcome.PENDING:
            asked = f" {decision.by} has not decided yet." if decision else ""
            return Valued(None, self.until + asked)
        day = f" on {spoken(decision.decided_on)}" if decision.decided_on else ""
        because = f": {decision.reason.rstrip('.')}" if decision.reason else ""
        if decision.outcome is Outcome.REFUSED:
            return Valued(None, f"{decision.by} did not approve it{day}{because}.")
        if decision.credits is not None:
            worth = fine(decision.credits)
            return Valued(worth, f"{decision.by} approved it{day} for {unit.amount(worth)}{because}.")
        valued = self.worth.of(credit, measure, unit)
        return Valued(valued.amount, f"{decision.by} approved it{day}{because}. {valued.reason}")


@dataclass(frozen=True)
class FromList:
    """Only what is on a list is worth something."""

    on: OnList
    worth: Worth
    otherwise: str

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        if not self.on.why(credit, _NO_LICENCE, ""):
            return Valued(None, self.otherwise)
        return self.worth.of(credit, measure, unit)


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
        worth = fine(local.credits * (credit.amount or 0) if local.per_hour else local.credits)
        effort = f" for {measure.amount(credit.amount)}" if local.per_hour and credit.amount else ""
        return Valued(worth, f"{local.set_by} gives {unit.amount(worth)}{effort}: {local.rule.rstrip('.')}.")


@dataclass(frozen=True)
class NoValue:
    because: str

    def of(self, credit: EarnedCredit, measure: Unit, unit: Unit) -> Valued:
        return Valued(None, self.because)


@dataclass(frozen=True)
class ValueRule:
    """What credits of a kind are worth, for licences and earning days within spans; `when` narrows it further."""

    rule: Rule
    of: str
    worth: Worth
    licences_expiring: Span
    earned: Span
    when: Condition | None = None

    def holds(self, credit: EarnedCredit, licence: Licence) -> bool:
        dated = licence.expires is None or self.licences_expiring.covers(licence.expires)
        if not (self.of == credit.kind and dated and self.earned.covers(credit.earned_on)):
            return False
        return self.when is None or self.when.why(credit, licence, "") is not None


@dataclass(frozen=True)
class Refusal:
    """Why a credit counts for nothing, and the rule that says so."""

    rule: Rule
    why: str


@dataclass(frozen=True)
class Weighed:
    """A credit with what it is worth, by which rule, and what keeps it out wherever it would count."""

    credit: EarnedCredit
    rule: Rule
    value: Valued
    refusal: Refusal | None = None

    @property
    def amount(self) -> Decimal:
        """What there is to give away: nothing where it is refused or has no value."""
        return Decimal(0) if self.refusal else self.value.amount or Decimal(0)


_NO_LICENCE = Licence(kind="", role="", issued=None, expires=None)


def worth_at(place: Place, terms: Terms) -> Worth:
    """Read a way of valuing at a place of a document, noting every mistake."""
    kind = place.choice("kind", list(WORTHS))
    reader = WORTHS.get(kind)
    if reader is None:
        return NoValue("")
    keys, read = reader
    return read(place.only("kind", *keys), terms)


def _positive(place: Place, key: str, default: Decimal | None = None) -> Decimal:
    # A stand-in of 1 keeps the reading of the rest from dividing by a mistake.
    return place.number(key, default, positive=True) or Decimal(1)


def _by_level(place: Place, terms: Terms) -> ByLevel:
    entries = place.entries("credits", required=True)
    if place.has("credits") and not entries:
        place.at("credits").wrong("This table is empty; name at least one level.")
    for level, spot in entries.items():
        if terms.levels and level not in terms.levels:
            spot.wrong(f"“{level}” is not one of the levels: {', '.join(terms.levels)}.")
    return ByLevel({level: place.at("credits").number(level, positive=True) for level in entries})


def _published(place: Place, terms: Terms) -> Published:
    most = place.number("at_most", positive=True) if place.has("at_most") else None
    return Published(_positive(place, "credits", Decimal(1)), _positive(place, "per", Decimal(1)), most and fine(most))


def _from_list(place: Place, terms: Terms) -> Worth:
    found = list_at(place, terms)
    worth, otherwise = worth_at(place.at("worth"), terms), place.text("otherwise")
    return FromList(OnList(found), worth, otherwise) if found else NoValue(otherwise)


WORTHS: dict[str, tuple[tuple[str, ...], Callable[[Place, Terms], Worth]]] = {
    "rate": (
        ("credits", "per"),
        lambda place, terms: Rate(_positive(place, "credits"), _positive(place, "per", Decimal(1))),
    ),
    "fixed": (("credits",), lambda place, terms: Fixed(_positive(place, "credits"))),
    "by_level": (("credits",), _by_level),
    "published": (("credits", "per", "at_most"), _published),
    "by_approval": (
        ("worth", "until"),
        lambda place, terms: ByApproval(worth_at(place.at("worth"), terms), place.text("until")),
    ),
    "from_list": (("list", "worth", "otherwise"), _from_list),
    "set_locally": (("unless_set",), lambda place, terms: SetLocally(place.text("unless_set"))),
    "no_value": (("because",), lambda place, terms: NoValue(place.text("because"))),
}
