"""Who demonstrates what, by where earners work: groups of earners that the directory and the state's pack know.

A group of fewer than the state's smallest is not told. Where that leaves a single group out, the next smallest is left
out with it: else the one could be worked out from the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from longleaf.directory.places import place_of, tier_of
from longleaf.quality.monitoring.shares import Share
from longleaf.quality.monitoring.sources import Cohort

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

UNKNOWN = "Not known"
SURE = frozenset({"", "official", "verified"})


@dataclass(frozen=True)
class Group:
    """Earners of one group. `attempts` and the shares are None where it is too small to be told."""

    name: str
    attempts: int | None
    first_time: Share | None
    in_the_end: Share | None
    standings: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        return self.attempts is not None


@dataclass(frozen=True)
class Division:
    """One way to divide earners, with its groups by name."""

    title: str
    groups: Sequence[Group]

    @property
    def standings(self) -> tuple[str, ...]:
        """How far what it divides by is less than verified."""
        return tuple(sorted({each for group in self.groups for each in group.standings} - SURE))


# What an organisation belongs to, and how sure that is.
Belongs = Callable[["Organisation", date], tuple[str, str]]


def _region(workplace: Organisation, today: date) -> tuple[str, str]:
    return workplace.region, ""


def _locale(workplace: Organisation, today: date) -> tuple[str, str]:
    place = place_of(workplace)
    return str(place.get("locale", "")).replace("-", " ").capitalize(), str(place.get("locale_standing", ""))


def _kind(workplace: Organisation, today: date) -> tuple[str, str]:
    return workplace.get_kind_display(), ""


DIVISIONS: Mapping[str, Belongs] = {"Region": _region, "Tier": tier_of, "Locale": _locale, "Kind of workplace": _kind}


def divisions_of(
    cohorts: Iterable[Cohort], workplaces: Mapping[int, Organisation], *, smallest: int, today: date
) -> list[Division]:
    """Every way to divide the earners of some attempts, with what may be told of each group."""
    given = list(cohorts)
    return [
        Division(title, _withheld(_groups(given, workplaces, belongs, today), smallest))
        for title, belongs in DIVISIONS.items()
    ]


def _groups(
    cohorts: Iterable[Cohort], workplaces: Mapping[int, Organisation], belongs: Belongs, today: date
) -> list[Group]:
    found: dict[str, tuple[Share, Share, set[str]]] = {}
    for each in cohorts:
        workplace = workplaces.get(each.workplace) if each.workplace else None
        name, standing = belongs(workplace, today) if workplace else ("", "")
        first, end, standings = found.get(name or UNKNOWN, (Share(), Share(), set()))
        first, end = first + Share(each.first_time, each.attempts), end + Share(each.in_the_end, each.attempts)
        found[name or UNKNOWN] = (first, end, standings | {standing})
    return [
        Group(name, first.of, first, end, tuple(sorted(standings - SURE)))
        for name, (first, end, standings) in sorted(found.items(), key=lambda item: (item[0] == UNKNOWN, item[0]))
    ]


def _withheld(groups: Sequence[Group], smallest: int) -> list[Group]:
    by_size = sorted(groups, key=lambda group: group.attempts or 0)
    small = [group.name for group in by_size if (group.attempts or 0) < smallest]
    if len(small) == 1:
        small = [group.name for group in by_size[:2]]
    return [Group(group.name, None, None, None, group.standings) if group.name in small else group for group in groups]
