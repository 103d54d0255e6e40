"""What a draft costs beside credits, as it may be told: rule by rule, in all, and for each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from longleaf.recognition.lab.pricing import LEAVE, ZERO, Measure, Price, Priced
from longleaf.recognition.lab.sums import Given, Sums
from longleaf.recognition.lab.withholding import number_told, shows_few, withheld

More = Mapping[Measure, Decimal | None]


@dataclass(frozen=True)
class Cost:
    """A result or ladder: who gets it before and after, at which price, and what it costs more than before.

    It costs so much if everybody who meets it is given it. `more` is empty where the policies state no amount, and
    None stands in it where the number of people is withheld.
    """

    title: str
    people_before: int | None
    people_after: int | None
    before: Price | None
    after: Price | None
    is_priced: bool
    more: More
    had: bool = True
    has: bool = True


@dataclass(frozen=True)
class Costs:
    """All of it: rule by rule, and `in_all` by measure; None where a number that belongs to it is withheld."""

    rules: Sequence[Cost] = ()
    in_all: tuple[tuple[Measure, Decimal | None], ...] = ()

    @property
    def measures(self) -> Sequence[Measure]:
        return [measure for measure, _ in self.in_all]

    @property
    def not_priced(self) -> Sequence[str]:
        return [each.title for each in self.rules if not each.is_priced]


def costs_of(sums: Sums, smallest: int) -> Costs:
    rules = [_cost(sums.rules[id], given, smallest) for id, given in sorted(sums.given.items()) if id in sums.rules]
    measures = _in_order({measure for each in rules for measure in each.more})
    return Costs(
        rules, tuple((measure, _sum([each.more.get(measure, ZERO) for each in rules])) for measure in measures)
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """What some amounts come to; None where one of them is withheld."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None


def _in_order(measures: Iterable[Measure]) -> list[Measure]:
    """Money before leave, and then by name."""
    return sorted(measures, key=lambda it: (it.of == LEAVE, it.of, it.per))


def _cost(rule: Priced, given: Given, smallest: int) -> Cost:
    before, after = number_told(given.people_before, smallest), number_told(given.people_after, smallest)
    more: More = _more(rule, given)
    if shows_few(given.changed.values(), smallest):
        after = None
    if before is None or after is None:
        more = dict.fromkeys(more)
    return Cost(rule.title, before, after, rule.before, rule.after, rule.is_priced, more, rule.had, rule.has)


def _more(rule: Priced, given: Given) -> dict[Measure, Decimal]:
    """What a rule costs more than before in each measure; two where the draft gives it in another one."""
    more: dict[Measure, Decimal] = {}
    if rule.is_priced:
        for price, cost in ((rule.before, -given.cost_before), (rule.after, given.cost_after)):
            if price is not None:
                more[price.measure] = more.get(price.measure, ZERO) + cost
    return more


def in_groups(sums: Sums, division: str, smallest: int) -> Mapping[str, More]:
    """What it costs more than before for each group of a division, and so who gains by it.

    Where a number of people of a group is withheld, so is what it costs, and where it would show what few are given.
    """
    groups = sums.given_in.get(division, {})
    names = list(sums.divisions.get(division, {}))
    found: dict[str, dict[Measure, Decimal | None]] = {name: {} for name in names}
    for id, rule in sums.rules.items():
        given = {name: groups.get(name, {}).get(id, Given()) for name in names}
        few = {name for name, each in given.items() if shows_few(each.changed.values(), smallest)}
        hidden = withheld({name: each.people_before for name, each in given.items()}, smallest)
        hidden |= withheld({name: each.people_after for name, each in given.items()}, smallest, also=few)
        for name, each in given.items():
            for measure, more in _more(rule, each).items():
                known = found[name].get(measure, ZERO)
                found[name][measure] = None if name in hidden or known is None else known + more
    return found
