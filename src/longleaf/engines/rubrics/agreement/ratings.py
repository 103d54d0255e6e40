"""Ratings, sorted once so that every figure is worked out in time proportional to how many there are.

What two raters of one thing said is a *pattern*: the ranks of its ratings, sorted. Most coefficients depend on nothing
but how often each pattern occurs, and a pool has few patterns however large it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from longleaf.engines.rubrics.agreement.scale import Scale

Pattern: TypeAlias = tuple[int, ...]


class RatingsError(ValueError):
    """Ratings that cannot be counted; `problems` names every one, a sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class Rating(NamedTuple):
    """What one rater said of one subject, on one criterion where there are several."""

    subject: str
    rater: str
    value: str
    criterion: str = ""


@dataclass(frozen=True)
class Ratings:
    """All ratings, by what was rated.

    A *unit* is one subject on one criterion. Units of one subject stand together, because what is said of them hangs
    together: intervals count subjects, not units.
    """

    scale: Scale
    units: Mapping[tuple[str, str], Mapping[str, int]]

    @classmethod
    def on(cls, scale: Scale, ratings: Iterable[Rating]) -> Ratings:
        """Sort ratings by unit. Raises `RatingsError` for values off the scale and for rating twice."""
        units: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        problems = []
        for each in ratings:
            rank = scale.rank_of.get(each.value)
            given = units[each.subject, each.criterion]
            if rank is None:
                problems.append(f"{each.rater} rates “{each.subject}” “{each.value}”, which is not on the scale.")
            elif each.rater in given:
                problems.append(f"{each.rater} rates “{each.subject}” twice; keep one of the two.")
            else:
                given[each.rater] = rank
        if problems:
            raise RatingsError(problems)
        return cls(scale, dict(units))

    @property
    def size(self) -> int:
        return len(self.scale.categories)

    def subjects(self) -> Mapping[str, Sequence[Mapping[str, int]]]:
        """The units of each subject."""
        found = defaultdict(list)
        for (subject, _criterion), given in self.units.items():
            found[subject].append(given)
        return found

    def by_rater(self) -> Mapping[str, Counter[int]]:
        """How often each rater gave each rank."""
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for given in self.units.values():
            for rater, rank in given.items():
                found[rater][rank] += 1
        return found

    def patterns(self) -> Patterns:
        """How often each pattern occurs, by subject."""
        return Patterns(
            self.size,
            Counter(
                tuple(sorted(tuple(sorted(given.values())) for given in units)) for units in self.subjects().values()
            ),
        )


@dataclass(frozen=True)
class Patterns:
    """How many subjects there are of each kind, a kind being the patterns of a subject's units."""

    size: int
    subjects: Counter[tuple[Pattern, ...]]

    @cached_property
    def units(self) -> Counter[Pattern]:
        counted: Counter[Pattern] = Counter()
        for kind, times in self.subjects.items():
            for pattern in kind:
                counted[pattern] += times
        return counted

    def paired(self) -> Patterns:
        """Only units that two or more rated, and only subjects that have one."""
        kept: Counter[tuple[Pattern, ...]] = Counter()
        for kind, times in self.subjects.items():
            pairs = tuple(pattern for pattern in kind if len(pattern) > 1)
            if pairs:
                kept[pairs] += times
        return Patterns(self.size, kept)
