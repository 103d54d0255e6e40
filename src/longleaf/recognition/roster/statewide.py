"""How the school units of the state stood when they were last counted, by region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from longleaf.recognition.models import UnitCount
from longleaf.recognition.roster.lines import Spent
from longleaf.recognition.status import CycleStanding

NO_REGION = "No region given"


@dataclass
class RegionCount:
    """The units of a region, added up."""

    name: str
    units: int = 0
    standings: Counter[CycleStanding] = field(default_factory=Counter)
    years: dict[int, Spent] = field(default_factory=dict)

    @property
    def educators(self) -> int:
        return sum(self.standings.values())

    @property
    def spent(self) -> Spent:
        return sum(self.years.values(), Spent())

    def add(self, count: UnitCount) -> None:
        self.units += 1
        self.standings.update({CycleStanding(word): number for word, number in count.standings.items()})
        for year, told in count.years.items():
            spent = Spent(Decimal(told["time"]), Decimal(told["competency"]))
            self.years[int(year)] = self.years.get(int(year), Spent()) + spent


@dataclass(frozen=True)
class Statewide:
    """Every region, and all of them together. `since` is the day of the count that is longest ago."""

    regions: list[RegionCount]
    whole: RegionCount
    since: date | None


def statewide() -> Statewide:
    """What was counted of the units that have educators; one query."""
    counts = UnitCount.objects.exclude(standings={}).select_related("organisation")
    return _added_up(counts.order_by("organisation__region", "organisation__name"))


def _added_up(counts: Iterable[UnitCount]) -> Statewide:
    whole, regions, since = RegionCount("All regions"), dict[str, RegionCount](), None
    for count in counts:
        name = count.organisation.region or NO_REGION
        regions.setdefault(name, RegionCount(name)).add(count)
        whole.add(count)
        since = min(filter(None, (since, count.counted_on)), default=None)
    return Statewide(list(regions.values()), whole, since)
