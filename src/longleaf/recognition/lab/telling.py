"""What may be told of sums: small groups and small numbers are withheld, so that nobody is found in them.

A group of fewer than the state's smallest is withheld whole, a number of people below it is told as “fewer”. Where that
leaves a single one out of a column, the next smallest is left out with it: else it could be worked out from the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from longleaf.engines.policy import Policy
from longleaf.engines.policy.results import Gift
from longleaf.recognition.lab.sums import UNKNOWN, Given, Sum, Sums

COLUMNS = ("gain", "lose", "complete_before", "complete_after")
# Everybody is in one of these, so a single one that is not told would follow from the others.
PARTS = ("gain", "lose", "unchanged", "apart")


@dataclass(frozen=True)
class Row:
    """A group as it may be told: a number of people is None where it is too small, all of them where the group is."""

    name: str
    people: int | None
    numbers: Mapping[str, int | None]

    def share(self, column: str) -> float | None:
        """Of all people of the group, from 0 to 1."""
        number = self.numbers[column]
        return None if number is None or not self.people else number / self.people


@dataclass(frozen=True)
class Division:
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Cost:
    """A result or ladder: who gets it before and after, and what it costs where the policy names an amount of money."""

    title: str
    people_before: int | None
    people_after: int | None
    each: Decimal | None = None
    currency: str = ""

    @property
    def more(self) -> Decimal | None:
        """What it costs more than before, once, if everybody who meets it is given it."""
        if self.each is None or self.people_before is None or self.people_after is None:
            return None
        return self.each * (self.people_after - self.people_before)


@dataclass(frozen=True)
class Told:
    """The whole of a lab as it may be told. `too_few` says that there are not even enough people in all."""

    whole: Sum
    numbers: Mapping[str, int | None]
    divisions: Sequence[Division]
    costs: Sequence[Cost]
    smallest: int

    @property
    def too_few(self) -> bool:
        return self.whole.people < self.smallest


def told(sums: Sums, policies: Sequence[Policy], *, smallest: int) -> Told:
    """Sums as they may be told, under the two policies that they are of, the later one last."""
    numbers = _of_everybody(sums.whole, smallest)
    if sums.whole.people < smallest:
        return Told(Sum(), dict.fromkeys(numbers), (), (), smallest)
    divisions = [Division(title, _rows(groups, smallest)) for title, groups in sums.divisions.items()]
    return Told(sums.whole, numbers, divisions, list(_costs(sums.given, policies, smallest)), smallest)


def _of_everybody(whole: Sum, smallest: int) -> dict[str, int | None]:
    parts: dict[str, int] = {name: getattr(whole, name) for name in PARTS}
    withheld = _withheld({name: number for name, number in parts.items() if number}, smallest)
    numbers = {name: None if name in withheld else number for name, number in parts.items()}
    return numbers | {name: _number(getattr(whole, name), smallest) for name in ("complete_before", "complete_after")}


def _rows(groups: Mapping[str, Sum], smallest: int) -> list[Row]:
    names = sorted(groups, key=lambda name: (name == UNKNOWN, name))
    sizes = {name: groups[name].people for name in names}
    small = _withheld(sizes, smallest, below=0)
    columns = {
        column: _withheld({name: getattr(groups[name], column) for name in names if name not in small}, smallest)
        for column in COLUMNS
    }
    return [
        Row(
            name,
            None if name in small else groups[name].people,
            {
                column: None if name in small or name in columns[column] else getattr(groups[name], column)
                for column in COLUMNS
            },
        )
        for name in names
    ]


def _withheld(numbers: Mapping[str, int], smallest: int, *, below: int = 1) -> frozenset[str]:
    """The names whose numbers are too small to be told, and the next one where it would be the only one.

    Nobody at all may be told where `below` is 1.
    """
    small = [name for name, number in numbers.items() if below <= number < smallest]
    if len(small) == 1 and len(numbers) > 1:
        others = sorted((number, name) for name, number in numbers.items() if name not in small)
        small.append(others[0][1])
    return frozenset(small)


def _number(number: int, smallest: int) -> int | None:
    return number if number == 0 or number >= smallest else None


def _costs(given: Mapping[str, Given], policies: Sequence[Policy], smallest: int) -> Sequence[Cost]:
    titles = {each.rule.id: each.rule.title for policy in policies for each in policy.results}
    titles |= {each.rule.id: each.rule.title for policy in policies for each in policy.ladders}
    gifts = {each.rule.id: each.gives for policy in policies for each in policy.results}
    return [
        Cost(
            titles.get(id, id),
            _number(each.people_before, smallest),
            _number(each.people_after, smallest),
            _money(gifts.get(id)),
            gifts[id].data.get("currency", "") if id in gifts else "",
        )
        for id, each in sorted(given.items())
    ]


def _money(gift: Gift | None) -> Decimal | None:
    text = (gift.data.get("amount") or "") if gift and gift.kind == "stipend" else ""
    plain = text.replace(",", "").lstrip("$")
    return Decimal(plain) if plain.replace(".", "", 1).isdigit() else None
