"""Figures of a version or an issuer over a time, worked out from what can be added up. Plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from longleaf.engines.rubrics.agreement.measuring import Agreement
from longleaf.panels.leading.overview import PoolAndRubric
from longleaf.quality.monitoring.shares import Share
from longleaf.quality.monitoring.sources import Cohort, Work

if TYPE_CHECKING:
    from longleaf.quality.monitoring.windows import Window


NONE = Share()


@dataclass(frozen=True)
class Complained:
    """Complaints on a version, or on an issuer itself, by key: how many were made in the time, answered in it, and
    upheld of these."""

    version: int | None
    issuer: int | None
    made: int
    answered: int
    upheld: int


@dataclass(frozen=True)
class Figures:
    """What is told of a version, or of all versions of an issuer.

    `decided` counts attempts whose first round was decided in the time; both shares of what was demonstrated are of
    these. `agreements` are those of the newest judgements, whatever the time: one for each pool and rubric. Readers of
    several rubrics have no agreement together, so these are never thrown together (`measuring.mean_agreement`);
    `agreement` is the one that is told of a version.
    """

    window: Window
    first_time: Share = NONE
    in_the_end: Share = NONE
    kept: Share = NONE
    days: Mapping[int, int] = field(default_factory=dict)
    appeals: Share = NONE
    complaints: Share = NONE
    complaints_made: int = 0
    agreement: Agreement | None = None
    agreements: Sequence[Agreement] = ()
    cohorts: Sequence[Cohort] = ()

    @property
    def decided(self) -> int:
        return self.first_time.of

    @property
    def rounds(self) -> int:
        """How many rounds were decided in the time."""
        return sum(self.days.values())

    @property
    def median_days(self) -> int | None:
        """So many business days, or fewer, took every second round."""
        reached = 0
        for days in sorted(self.days):
            reached += self.days[days]
            if 2 * reached >= self.rounds:
                return days
        return None

    @property
    def upheld_of_decided(self) -> Share:
        """Complaints upheld, in relation to how much was decided: ten of a thousand say less than ten of twenty."""
        return Share(min(self.complaints.part, self.decided), self.decided)


def figures_of(
    work: Work,
    complained: Iterable[Complained],
    window: Window,
    agreements: Sequence[Agreement] = (),
    *,
    is_of_issuer: bool = False,
) -> Figures:
    """The figures of work and of what was said of it; of an issuer no agreement stands for the others."""
    days: Counter[int] = Counter()
    for taken in work.taken:
        days[taken.business_days] += taken.rounds
    told = list(complained)
    return Figures(
        window=window,
        first_time=_sum(Share(each.first_time, each.attempts) for each in work.cohorts),
        in_the_end=_sum(Share(each.in_the_end, each.attempts) for each in work.cohorts),
        kept=_sum(Share(each.kept, each.rounds) for each in work.promised),
        days=dict(days),
        appeals=_sum(Share(each.changed, each.answered) for each in work.appealed),
        complaints=_sum(Share(each.upheld, each.answered) for each in told),
        complaints_made=sum(each.made for each in told),
        # Where several pools read a version, the one in which most was read by two tells of it.
        agreement=None if is_of_issuer else max(agreements, key=lambda each: each.shared, default=None),
        agreements=agreements,
        cohorts=work.cohorts,
    )


def agreements_on(work: Work, found: Mapping[PoolAndRubric, Agreement]) -> tuple[Agreement, ...]:
    """How far readers agree on some work: once for each pool and rubric, however many versions share the rubric."""
    read_by = dict.fromkeys((each.pool, each.rubric) for each in work.read_by)
    return tuple(found[each] for each in read_by if each in found)


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, NONE)
