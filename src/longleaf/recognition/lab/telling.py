"""What may be told of sums: small groups and small numbers are withheld, so that nobody is found in them.

A group of fewer than the state's smallest is withheld whole, a number of people below it is told as “fewer”. Where that
leaves a single one out of a column, the next smallest is left out with it: else it could be worked out from the whole.
What holds under the draft is left out too where it would tell of few by how it differs from now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from longleaf.recognition.lab.costing import Costs, costs_of, in_groups
from longleaf.recognition.lab.pricing import Measure
from longleaf.recognition.lab.sums import UNKNOWN, Misfit, Sum, Sums
from longleaf.recognition.lab.withholding import number_told, shows_few, withheld

COLUMNS = ("gain", "lose", "complete_before", "complete_after")
# Everybody is in one of these, so a single one that is not told would follow from the others.
PARTS = ("gain", "lose", "unchanged", "apart")


@dataclass(frozen=True)
class Row:
    """A group as it may be told: a number of people is None where it is too small, all of them where the group is."""

    name: str
    people: int | None
    numbers: Mapping[str, int | None]
    costs: Mapping[Measure, Decimal | None] = field(default_factory=dict)

    def share(self, column: str) -> float | None:
        """Of all people of the group, from 0 to 1."""
        number = self.numbers[column]
        return None if number is None or not self.people else number / self.people


@dataclass(frozen=True)
class Division:
    title: str
    rows: Sequence[Row]
    measures: Sequence[Measure] = ()


@dataclass(frozen=True)
class Told:
    """The whole of a lab as it may be told. `too_few` says that there are not even enough people in all.

    `misfits` are documents of units that could not be laid over the draft; they are about nobody.
    """

    whole: Sum
    numbers: Mapping[str, int | None]
    divisions: Sequence[Division]
    costs: Costs
    smallest: int
    misfits: Sequence[Misfit] = ()
    tells_after: bool = True

    @property
    def counted_before(self) -> Decimal:
        return self.whole.counted_before

    @property
    def missing_before(self) -> Decimal:
        return self.whole.missing_before

    @property
    def counted_after(self) -> Decimal | None:
        """None where the difference would tell of few."""
        return self.whole.counted_after if self.tells_after else None

    @property
    def missing_after(self) -> Decimal | None:
        return self.whole.missing_after if self.tells_after else None

    @property
    def required_after(self) -> Decimal | None:
        return self.whole.required_after if self.tells_after else None

    @property
    def too_few(self) -> bool:
        return self.whole.people < self.smallest


def told(sums: Sums, *, smallest: int) -> Told:
    """Sums as they may be told."""
    numbers = _of_everybody(sums.whole, smallest)
    if sums.whole.people < smallest:
        return Told(Sum(), dict.fromkeys(numbers), (), Costs(), smallest, sums.misfits)
    costs = costs_of(sums, smallest)
    divisions = [
        Division(title, _rows(groups, in_groups(sums, title, smallest), smallest), costs.measures)
        for title, groups in sums.divisions.items()
    ]
    whole = sums.whole
    changed = (whole.gain, whole.lose, whole.silent_before, whole.silent_after)
    tells_after = not shows_few(changed, smallest)
    return Told(whole, numbers, divisions, costs, smallest, sums.misfits, tells_after)


def _of_everybody(whole: Sum, smallest: int) -> dict[str, int | None]:
    parts: dict[str, int] = {name: getattr(whole, name) for name in PARTS}
    kept_back = withheld({name: number for name, number in parts.items() if number}, smallest)
    numbers = {name: None if name in kept_back else number for name, number in parts.items()}
    complete = {name: number_told(getattr(whole, name), smallest) for name in ("complete_before", "complete_after")}
    return numbers | complete | ({"complete_after": None} if _shows_few_complete(whole, smallest) else {})


def _shows_few_complete(group: Sum, smallest: int) -> bool:
    return shows_few((group.became_complete, group.is_complete_no_more), smallest)


def _rows(groups: Mapping[str, Sum], costs: Mapping[str, Mapping[Measure, Decimal | None]], smallest: int) -> list[Row]:
    names = sorted(groups, key=lambda name: (name == UNKNOWN, name))
    sizes = {name: groups[name].people for name in names}
    small = withheld(sizes, smallest, below=0)
    few = [name for name in names if _shows_few_complete(groups[name], smallest)]
    columns = {
        column: withheld(
            {name: getattr(groups[name], column) for name in names if name not in small},
            smallest,
            also=few if column == "complete_after" else (),
        )
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
            {measure: None if name in small else more for measure, more in costs.get(name, {}).items()},
        )
        for name in names
    ]
