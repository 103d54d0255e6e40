"""The roster of a school unit: reckoned in few queries for as many people as are wanted at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.kit import keeping
from longleaf.recognition import access, ledgers
from longleaf.recognition.errors import NotYourUnit
from longleaf.recognition.roster.lines import RosterLine, Spent, line_of
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import CycleStanding

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person
    from longleaf.directory.queries import Employment

# So many ledgers are held in memory at once, with all their lines.
AT_ONCE = 500
# So many rosters of days that officers typed are kept in this process: a large one has thousands of lines.
OTHER_DAYS = 4
SORTS = {"standing": "Most urgent first", "end": "Cycle that ends first", "missing": "Most missing", "name": "Name"}
_URGENCY = {standing: place for place, standing in enumerate(CycleStanding)}


@dataclass(frozen=True)
class Asked:
    """What an officer wants to see of a roster; empty means all."""

    standing: str = ""
    ends_by: date | None = None
    words: str = ""
    sort: str = "standing"


@dataclass(frozen=True)
class Roster:
    """A whole roster with its numbers. Lines carry no ledgers: a large unit has thousands of lines."""

    lines: Sequence[RosterLine]
    standings: Counter[CycleStanding] = field(default_factory=Counter)
    years: dict[int, Spent] = field(default_factory=dict)

    @property
    def spent(self) -> Spent:
        return sum(self.years.values(), Spent())

    @property
    def ends(self) -> list[date]:
        """The days on which cycles of the roster end, each once."""
        return sorted({line.cycle_end for line in self.lines if line.cycle_end})


def units_of(officer: Person) -> list[Organisation]:
    """The units whose rosters an officer may see. Raises `NotYourUnit` where there is none."""
    found = list(access.offices_of(officer))
    if not found:
        raise NotYourUnit("Rosters are kept by the licensure officer of a school unit.")
    return found


def unit_asked(officer: Person, slug: str) -> tuple[list[Organisation], Organisation | None]:
    """The units of an officer, and the one that was asked for; None means all of them."""
    units = units_of(officer)
    return units, units[0] if len(units) == 1 else next((each for each in units if each.slug == slug), None)


def roster_of(units: Sequence[Organisation], *, on: date) -> Roster:
    """The roster of school units on a day, kept until the next decision; of days that are typed only the latest few."""
    keys = tuple(sorted(unit.pk for unit in units))
    if on == timezone.localdate():
        return keeping.as_decided("roster", keys, make=lambda: gathered(keys, on))
    return of_another_day(keeping.revision(), keys, on) if keeping.may_keep() else gathered(keys, on)


@lru_cache(maxsize=OTHER_DAYS)
def of_another_day(_revision: keeping.Revision, units: tuple[int, ...], on: date) -> Roster:
    """The roster of school units on a day that is not today, as of a decision."""
    return gathered(units, on)


def gathered(units: Sequence[int], on: date) -> Roster:
    """The roster of school units, by their keys, reckoned now."""
    lines, standings, years = [], Counter[CycleStanding](), dict[int, Spent]()
    for line in lines_of(units, on=on, with_ledgers=False):
        lines.append(line)
        standings[line.standing] += 1
        for year, spent in line.by_year.items():
            years[year] = years.get(year, Spent()) + spent
    return Roster(lines, standings, dict(sorted(years.items())))


def lines_of(units: Sequence[int], *, on: date, with_ledgers: bool = True) -> Iterator[RosterLine]:
    """Each educator of school units, by name, a bounded number at a time: the same few queries for each."""
    practice = practice_in_force()
    people = access.educators_of(units).order_by("name", "pk")
    rows = list(people.values_list("pk", "ref", "name", "is_synthetic"))
    for start in range(0, len(rows), AT_ONCE):
        chunk = rows[start : start + AT_ONCE]
        standings = ledgers.standings_of([row[0] for row in chunk], on=on)
        employed = directory.employments_of([row[0] for row in chunk]) if with_ledgers else {}
        for pk, ref, name, is_synthetic in chunk:
            line = line_of((ref, name, is_synthetic), standings[pk], on=on, practice=practice)
            yield replace(line, unit=_unit_of(employed.get(pk, ()))) if with_ledgers else _without_ledger(line)


def _unit_of(employments: Sequence[Employment]) -> str:
    """The code of the school unit that employs somebody today, the newest where there are several; "" for none."""
    today = timezone.localdate()
    return next((each.employer.code for each in employments if each.covers(today)), "")


def chosen(roster: Roster, asked: Asked) -> list[RosterLine]:
    """The lines that fit what was asked, in the order that was asked for."""
    words = asked.words.casefold().split()
    found = [
        line
        for line in roster.lines
        if (not asked.standing or line.standing == asked.standing)
        and (asked.ends_by is None or (line.cycle_end is not None and line.cycle_end <= asked.ends_by))
        and all(word in line.name.casefold() for word in words)
    ]
    return sorted(found, key=_keys[asked.sort if asked.sort in _keys else "standing"])


def _by_end(line: RosterLine) -> tuple[date, str]:
    return line.cycle_end or date.max, line.name


_keys = {
    "standing": lambda line: (_URGENCY[line.standing], *_by_end(line)),
    "end": _by_end,
    "missing": lambda line: (-line.missing, *_by_end(line)),
    "name": lambda line: (line.name, line.ref),
}


def _without_ledger(line: RosterLine) -> RosterLine:
    return RosterLine(**{**vars(line), "ledger": None})
