"""Whom severity finds in simulated pools, whom it suspects falsely, and how long it takes; and the same of the alarms.

Who is severe is planted. Every draw is seeded, so rates repeat exactly; only the times depend on the machine.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import perf_counter, process_time

from bench import alarms
from longleaf.engines.rubrics.agreement.measuring import agreement
from longleaf.engines.rubrics.severity import severity_of
from longleaf.engines.rubrics.tests.pool import SCALE, Pool

HEADING = "Severe and drifting raters"
SEEDS = range(20)
# By how many steps of five levels the planted ones are off, and how many readings there are of each assessor.
POOLS = (
    *(Pool(severity=steps, drift=steps) for steps in (0.25, 0.5, 0.75, 1.0)),
    *(Pool(works=50 * readings, anchors=readings) for readings in (30, 20)),
)
SIZES = (2_500, 10_000)  # subjects of a pool of 1,000, each read by two


@dataclass(frozen=True)
class Rates:
    """The mean over all seeds: the share of planted ones that were found, and of sound ones that were suspected."""

    found: float
    falsely: float

    def __str__(self) -> str:
        return f"{self.found:.0%}, {self.falsely:.1%}"


@dataclass(frozen=True)
class OfPool:
    """What was found in pools of one make."""

    pool: Pool
    severe: Rates


@dataclass(frozen=True)
class Figures:
    """Everything that was measured; `times` are the seconds of every coefficient and of severity, by subjects."""

    pools: Sequence[OfPool]
    watched: Sequence[alarms.Watched]
    times: Mapping[int, tuple[float, float]]
    seconds: float


def measure() -> Figures:
    """Simulate, look, and count."""
    begun = process_time()
    pools = [OfPool(pool, _mean([_severe(pool, seed) for seed in SEEDS])) for pool in POOLS]
    return Figures(pools, alarms.watch(), dict(_timed()), process_time() - begun)


def on_screen(figures: Figures) -> str:
    return f"\n{_found(figures)}\n\n{_watched(figures)}\n\n{_times(figures)}\n\n{figures.seconds:.0f} s of a processor."


def as_section(figures: Figures) -> str:
    pool, day, load = POOLS[0], datetime.now(tz=UTC).date().isoformat(), os.getloadavg()[0]
    return f"""## {HEADING}

{len(SEEDS)} simulated pools of {pool.assessors} assessors of each make, {pool.severe} of them severe by so many of
five levels. In each cell: how many of the planted ones were found, and how many of the sound ones were suspected
falsely. Severe is whoever's interval of adjusted severity lies above 0. `tools/bench.py --raters` repeats this section
alone; the rates repeat exactly. What follows from them is told in
[Agreement of raters](../explanation/agreement-of-raters.md).

{_found(figures)}

The alarms, with the charts that ship ([gate](calibration.md#drift)): {alarms.READERS} readers of each make read
{alarms.READINGS["anchors"]} anchors, or {alarms.READINGS["co_readers"]} submissions beside another reader and, where
the two differ, a third, both exact in {alarms.CO_READERS_EXACT:.0%}. A reading is {alarms.CRITERIA} criteria, whose
errors hang together (correlation {alarms.TOGETHER:g}); each criterion is an error of its own. In each cell: the share
for whom the chart rang; for a sound reader that is a false alarm. *After* is the mean number of readings until the
first of the two rang.

{_watched(figures)}

A pool of 1,000 assessors, each subject read by two of them, in one process:

{_times(figures)}

Measured on {day} in {figures.seconds:.0f} s of a processor; load average when it ended: {load:.1f}."""


def _found(figures: Figures) -> str:
    heads = ["off by", "readings of each", "severe"]
    return _table(
        heads, [[f"{each.pool.severity:g}", str(each.pool.anchors), str(each.severe)] for each in figures.pools]
    )


def _watched(figures: Figures) -> str:
    heads = ["held against", "levels", "reader", "drift rang", "scatter rang", "either", "after"]
    return _table(heads, [each.cells() for each in figures.watched])


def _times(figures: Figures) -> str:
    rows = [[f"{works:,}", f"{told[0]:.2f}", f"{told[1]:.2f}"] for works, told in figures.times.items()]
    return _table(["subjects", "every coefficient, s", "severity, s"], rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _severe(pool: Pool, seed: int) -> Rates:
    found = severity_of(pool.ratings(random.Random(seed)), scale=SCALE)
    suspected = {rater for rater, each in found.items() if each.adjusted.low is not None and each.adjusted.low > 0}
    return _rates(pool, suspected, pool.severe_ones)


def _rates(pool: Pool, suspected: set[str], planted: frozenset[str]) -> Rates:
    falsely = len(suspected - planted) / (pool.assessors - len(planted))
    return Rates(len(suspected & planted) / len(planted), falsely)


def _mean(rates: Sequence[Rates]) -> Rates:
    return Rates(sum(each.found for each in rates) / len(rates), sum(each.falsely for each in rates) / len(rates))


def _timed() -> Iterator[tuple[int, tuple[float, float]]]:
    for works in SIZES:
        ratings = Pool(assessors=1_000, severe=100, drifting=100, works=works).ratings(random.Random(1))
        yield (
            works,
            (_seconds(partial(agreement, ratings, scale=SCALE)), _seconds(partial(severity_of, ratings, scale=SCALE))),
        )


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
