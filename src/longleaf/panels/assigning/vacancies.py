"""A panel with free seats, and an assessor of its pool, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

Tags = Mapping[str, frozenset[str]]
# First and last day of each.
Absences = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Rater:
    """An assessor of a pool. People and organisations stand by their keys.

    `places` are the organisations where they work or lately worked, each with the one that runs it; `ties` the same
    without the pool's where they only judge for it. `qualifications` are what counts as known to them by the rules of
    the pool, `confirmed` those of them that a lead of the pool has confirmed. `under_way` counts readings now, `asked`
    those of the last 30 days, also declined and expired ones. `is_away` is whoever could not open an offer in time,
    `absences` are all that are not over.
    """

    person: int
    at_a_time: int
    a_month: int
    under_way: int = 0
    asked: int = 0
    last_asked: datetime | None = None
    status: str = "active"
    is_away: bool = False
    absences: Absences = ()
    languages: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    places: frozenset[int] = frozenset()
    ties: frozenset[int] = frozenset()
    conflicts_with_people: frozenset[int] = frozenset()
    conflicts_with_places: frozenset[int] = frozenset()

    @property
    def room(self) -> int:
        """How many more readings they can be asked for now."""
        return max(0, min(self.at_a_time - self.under_way, self.a_month - self.asked))


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A panel that is short of raters: its free seats, and what its raters must and should be.

    `places` are the organisations too near to the work; `asked` everybody who was asked before; `read_before` who read
    an earlier round; `read_the_author` who lately read other work of the same person; `read_by_author` those whose work
    its author lately read. `certified` is None where no gate is set. `of_outsiders` says that judging for its pool is
    no tie. `days` are the first and the last on which it is read, if known, of which a reader needs `least_days`.
    """

    panel: int
    seats: tuple[int, ...]
    due: datetime
    language: str = ""
    tags: frozenset[str] = frozenset()
    places: frozenset[int] = frozenset()
    authors: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    read_before: frozenset[int] = frozenset()
    read_the_author: frozenset[int] = frozenset()
    read_by_author: frozenset[int] = frozenset()
    certified: frozenset[int] | None = field(default=None)
    of_outsiders: bool = False
    days: tuple[date, date] | None = None
    least_days: int = 0

    def days_to_read(self, absences: Absences) -> int:
        """On how many of the days in which it is to be read somebody with these absences is there."""
        return self.least_days if self.days is None else _days_outside(absences, *self.days)


# Many panels are due on the same few days, and few people are away.
@cache
def _days_outside(absences: Absences, first: date, last: date) -> int:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(not any(begins <= day <= ends for begins, ends in absences) for day in days)


def by_list(tags: Iterable[str]) -> Tags:
    """Codes such as `topics:literacy` by the list from which they come."""
    lists: dict[str, set[str]] = {}
    for tag in tags:
        lists.setdefault(tag.partition(":")[0], set()).add(tag)
    return {name: frozenset(codes) for name, codes in lists.items()}
