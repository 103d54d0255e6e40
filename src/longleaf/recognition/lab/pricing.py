"""What a policy gives beside credits, priced as its document says: money, and days of leave.

What it states no amount for is not priced, and nothing is made up for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from longleaf.engines.policy import Gift, Ladder, Policy, Rule, steps_reached

ZERO = Decimal(0)
LEAVE = "days of leave"
MONEY = "money (no currency is stated)"


@dataclass(frozen=True)
class Measure:
    """What an amount is counted in, and how often it is given; `per` is empty where it is given once."""

    of: str
    per: str = ""

    @property
    def told(self) -> str:
        return f"{self.of}, {f'each {self.per}' if self.per else 'once'}"


@dataclass(frozen=True)
class Price:
    """What each who meets a rule is given; `each` is None on a ladder, where it depends on the steps."""

    each: Decimal | None
    measure: Measure


@dataclass(frozen=True)
class Priced:
    """A result or ladder with its price under each of two policies; None where that one states no amount.

    `had` and `has` say whether the earlier and the later policy have the rule at all.
    """

    title: str
    before: Price | None
    after: Price | None
    had: bool
    has: bool

    @property
    def is_priced(self) -> bool:
        """Whether every policy that has the rule states an amount."""
        return (self.before is not None or not self.had) and (self.after is not None or not self.has)

    def as_document(self) -> dict[str, Any]:
        prices = {"before": _document(self.before), "after": _document(self.after)}
        return {"title": self.title, **prices, "had": self.had, "has": self.has}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Priced:
        before, after = _read(document["before"]), _read(document["after"])
        return cls(document["title"], before, after, document["had"], document["has"])


class Prices:
    """What the results and ladders of a policy cost, and those that units' documents add to it.

    Where two units give one id to rules of different prices, it is not priced.
    """

    def __init__(self, policy: Policy, of_units: Iterable[Policy] = ()) -> None:
        self.titles: dict[str, str] = {}
        self.prices: dict[str, Price | None] = {}
        self._ladders: dict[str, Ladder] = {}
        for each in (policy, *of_units):
            for result in each.results:
                self._add(result.rule, _price(result.gives))
            for ladder in each.ladders:
                price = _price_of(ladder)
                if self._ladders.setdefault(ladder.rule.id, ladder).steps != ladder.steps:
                    price = None
                self._add(ladder.rule, price)
        self._of_climb = cache(self._climb)

    def _add(self, rule: Rule, price: Price | None) -> None:
        self.titles.setdefault(rule.id, rule.title)
        if self.prices.setdefault(rule.id, price) != price:
            self.prices[rule.id] = None

    def result(self, id: str) -> Decimal:
        """What one educator is given who meets a result; nothing where it is not priced."""
        price = self.prices.get(id)
        return (price.each or ZERO) if price else ZERO

    def climb(self, id: str, amount: Decimal) -> Decimal:
        """What one educator is given for the steps that so many credits reach; nothing where it is not priced."""
        return self._of_climb(id, amount) if self.prices.get(id) else ZERO

    def reaches(self, id: str, amount: Decimal) -> bool:
        """Whether so many credits reach a step of a ladder, priced or not; who reaches none is given nothing."""
        ladder = self._ladders.get(id)
        return ladder is not None and amount >= ladder.steps[0].credits

    def _climb(self, id: str, amount: Decimal) -> Decimal:
        prices = (_price(step.gives) for step in steps_reached(self._ladders[id], amount))
        return sum((it.each for it in prices if it and it.each is not None), ZERO)


def _price(gift: Gift | None) -> Price | None:
    if gift is None:
        return None
    is_leave = gift.kind == "leave"
    amount = _number(gift.data.get("days" if is_leave else "amount", ""))
    measure = Measure(LEAVE if is_leave else gift.data.get("currency") or MONEY, gift.data.get("per", ""))
    return None if amount is None else Price(amount, measure)


def _price_of(ladder: Ladder) -> Price | None:
    """A ladder is priced where every step states an amount, and all of them in one measure."""
    prices = [_price(step.gives) for step in ladder.steps]
    measures = {it.measure if it else None for it in prices}
    [measure] = measures if len(measures) == 1 else [None]
    return Price(None, measure) if measure else None


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "").strip().lstrip("$")
    return Decimal(plain) if plain.replace(".", "", 1).isdecimal() else None


def rules_of(before: Prices, after: Prices) -> dict[str, Priced]:
    """Every result and ladder of two policies by its id, titled as the later one titles it."""
    return {
        id: Priced(title, before.prices.get(id), after.prices.get(id), id in before.titles, id in after.titles)
        for id, title in (before.titles | after.titles).items()
    }


def _document(price: Price | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {"each": None if price.each is None else f"{price.each:f}", **asdict(price.measure)}


def _read(document: Mapping[str, Any] | None) -> Price | None:
    if document is None:
        return None
    each = document["each"]
    return Price(None if each is None else Decimal(each), Measure(document["of"], document["per"]))
