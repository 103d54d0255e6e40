"""What the policy itself gives for credits beside a renewal: ladders of pay, stipends, ranks. Read, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from longleaf.recognition import ledgers

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.engines.policy import Answer, Climb

OF_MONEY = frozenset({"salary", "stipend", "rank"})


@dataclass(frozen=True)
class Lanes:
    """How far somebody is on each ladder, what the policy gives, and the word for its credits."""

    climbs: tuple[Climb, ...] = ()
    results: tuple[Answer, ...] = ()
    unit: str = "credit"

    def __bool__(self) -> bool:
        return bool(self.climbs or self.results)


def lanes_of(person: Person, *, on: date) -> Lanes:
    """The ladders and the results about money that concern somebody under the policy that is loaded."""
    standing = ledgers.standing_of(person, on=on)
    if standing.ledger is None or standing.policy is None:
        return Lanes()
    found = standing.ledger.answers
    results = tuple(each for each in found.results if each.gives is not None and each.gives.kind in OF_MONEY)
    return Lanes(found.climbs, results, standing.policy.unit.title)
