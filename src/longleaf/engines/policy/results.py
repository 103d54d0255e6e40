"""What a policy gives or asks beside the credits of a cycle: results, obligations, and ladders of pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import Condition, condition_at
from longleaf.engines.policy.needs import Need, need_at, year_of_licence
from longleaf.engines.policy.record import Licence
from longleaf.engines.policy.rules import STEP, Rule, Span
from longleaf.engines.policy.ruling import RULE, Ruling, each, span_of

WHOM = ("roles", "licences", "licences_expiring", "in_force")


@dataclass(frozen=True)
class Whom:
    """Whom a rule concerns, and when it holds; what is left open concerns everybody."""

    roles: tuple[str, ...]
    licences: tuple[str, ...]
    licences_expiring: Span
    in_force: Span

    def concerns(self, licence: Licence, roles: tuple[str, ...], on: date) -> bool:
        """`roles` are the role of the licence and the broader ones."""
        if not self.in_force.covers(on) or (self.licences and licence.kind not in self.licences):
            return False
        if licence.expires is not None and not self.licences_expiring.covers(licence.expires):
            return False
        return not self.roles or any(role in self.roles for role in roles)


@dataclass(frozen=True)
class Gift:
    """What a result gives: a kind, and its particulars by name, such as the endorsement or the rank."""

    kind: str
    data: Mapping[str, str]

    @property
    def told(self) -> str:
        """What is given, in a few words: `Rank II, from rank III (1000 USD per year)`."""
        words = TOLD[self.kind].format(**self.data)
        coming_from = f", from rank {self.data['from']}" if "from" in self.data else ""
        return f"{words}{coming_from}{self._how_much}"

    @property
    def _how_much(self) -> str:
        days = f"{self.data['days']} days" if "days" in self.data else ""
        per = f"per {self.data['per']}" if "per" in self.data else ""
        currency = self.data.get("currency", "")
        if self.kind == "stipend":
            return "".join(f" {word}" for word in (currency, per) if word)
        told = " ".join(filter(None, (self.data.get("amount", ""), currency, days, per)))
        return f" ({told})" if told else ""


@dataclass(frozen=True)
class Result:
    """Something given to whoever meets its needs."""

    rule: Rule
    whom: Whom
    gives: Gift
    needs: Need


@dataclass(frozen=True)
class Obligation:
    """Something that some must meet; `by_year` says by the end of which year of the licence, else by its expiry."""

    rule: Rule
    whom: Whom
    needs: Need
    by_year: int | None


@dataclass(frozen=True)
class Step:
    """A step of a ladder, and how many credits it takes beyond the step before; a last one may repeat.

    `gives` is what it gives beyond the step before, where the policy says so.
    """

    title: str
    credits: Decimal
    repeats: bool
    gives: Gift | None = None


@dataclass(frozen=True)
class Ladder:
    """Credits that add up without a cycle, and the steps that they reach."""

    rule: Rule
    whom: Whom
    counts: Condition
    document: object
    steps: tuple[Step, ...]


def results_at(top: Place, ruling: Ruling, licences: frozenset[str]) -> tuple[Result, ...]:
    return each(top, "results", lambda spot: _result(spot, ruling, licences))


def obligations_at(top: Place, ruling: Ruling, licences: frozenset[str]) -> tuple[Obligation, ...]:
    return each(top, "obligations", lambda spot: _obligation(spot, ruling, licences))


def ladders_at(top: Place, ruling: Ruling, licences: frozenset[str]) -> tuple[Ladder, ...]:
    return each(top, "ladders", lambda spot: _ladder(spot, ruling, licences))


def _result(place: Place, ruling: Ruling, licences: frozenset[str]) -> Result:
    place.only(*RULE, *WHOM, "gives", "needs")
    return Result(
        rule=ruling.rule(place),
        whom=_whom(place, ruling, licences),
        gives=_gift(place.at("gives")),
        needs=need_at(place.at("needs"), ruling.terms),
    )


def _obligation(place: Place, ruling: Ruling, licences: frozenset[str]) -> Obligation:
    place.only(*RULE, *WHOM, "needs", "by_year")
    return Obligation(
        rule=ruling.rule(place),
        whom=_whom(place, ruling, licences),
        needs=need_at(place.at("needs"), ruling.terms),
        by_year=year_of_licence(place, "by_year"),
    )


def _ladder(place: Place, ruling: Ruling, licences: frozenset[str]) -> Ladder:
    place.only(*RULE, *WHOM, "counts", "steps")
    steps = tuple(map(_step, spots := place.items("steps")))
    for spot, step in zip(spots[:-1], steps[:-1], strict=True):
        if step.repeats:
            spot.at("repeats").wrong("Only the last step may repeat; nothing after it could be reached.")
    return Ladder(
        rule=ruling.rule(place),
        whom=_whom(place, ruling, licences),
        counts=condition_at(place.at("counts"), ruling.terms),
        document=place.at("counts").value,
        steps=steps,
    )


def _step(place: Place) -> Step:
    place.only("title", "credits", "repeats", "gives")
    # A stand-in of 1 keeps what follows from never ending.
    credits = place.number("credits", positive=True) or Decimal(1)
    if credits < STEP:
        place.at("credits").wrong(f"This must be {STEP} or more; credits are not counted in smaller parts.")
    return Step(
        place.text("title"),
        credits,
        place.flag("repeats", default=False),
        _gift(place.at("gives")) if place.has("gives") else None,
    )


def _whom(place: Place, ruling: Ruling, licences: frozenset[str]) -> Whom:
    return Whom(
        roles=ruling.terms.known(place, "roles", ruling.terms.roles),
        licences=ruling.terms.known(place, "licences", licences),
        licences_expiring=span_of(place, "licences_expiring"),
        in_force=span_of(place, "in_force"),
    )


def _gift(place: Place) -> Gift:
    kind = place.choice("kind", list(GIFTS))
    needed, possible = GIFTS.get(kind, ((), ()))
    place.only("kind", *needed, *possible)
    told = {key: place.text(key) for key in needed}
    return Gift(kind, told | {key: place.text(key) for key in possible if place.has(key)})


# How much money is given, where the policy says it.
PAID = ("amount", "currency", "per")
# For each kind of gift: what it must say, and what it may say.
GIFTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "replaces_exam": (("exam",), ()),
    "endorsement": (("endorsement",), ()),
    "requirement": (("requirement",), ()),
    "licence": (("licence",), ()),
    "rank": (("to",), ("from", *PAID)),
    "salary": (("what",), PAID),
    "stipend": (("amount",), ("currency", "per")),
    "leave": (("what",), ("days", "per")),
}
# For each kind of gift: how it is told.
TOLD = {
    "replaces_exam": "In place of the exam: {exam}",
    "endorsement": "Endorsement: {endorsement}",
    "requirement": "Requirement: {requirement}",
    "licence": "License: {licence}",
    "rank": "Rank {to}",
    "salary": "Pay: {what}",
    "stipend": "Stipend: {amount}",
    "leave": "Leave: {what}",
}
