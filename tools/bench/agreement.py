"""Agreement of raters, measured: how long a large pool takes, and whom the alarms find in simulated pools.

Run by hand: `.venv/bin/python tools/bench/agreement.py`. Every draw is seeded, so that rates repeat exactly; only the
times depend on the machine. It prints lines for the table in docs/explanation/agreement-of-raters.md.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from longleaf.engines.rubrics.agreement.measuring import agreement  # noqa: E402
from longleaf.engines.rubrics.drift import Cusum, DriftGate, Ewma, alarm  # noqa: E402
from longleaf.engines.rubrics.severity import severity_of  # noqa: E402
from longleaf.engines.rubrics.tests.pool import SCALE, Pool  # noqa: E402

SEEDS = range(20)
# What a sound assessor's errors scatter by: the pool's noise, rounded to levels.
SPREAD = 0.65
GATES: dict[str, DriftGate] = {
    "CUSUM, limit 5": Cusum(spread=SPREAD),
    "CUSUM, limit 8": Cusum(limit=8, spread=SPREAD),
    "EWMA": Ewma(spread=SPREAD),
}
POOLS = {
    "60 readings each, 0.75 steps": Pool(),
    "30 readings each, 0.75 steps": Pool(works=1_500, anchors=30),
    "20 readings each, 0.75 steps": Pool(works=1_000, anchors=20),
    "60 readings each, 0.5 steps": Pool(severity=0.5, drift=0.5),
}
SIZES = (2_500, 5_000, 10_000, 20_000)


def main() -> None:
    """Print both tables."""
    print("| 1,000 raters, two readings of each | every coefficient | severity |\n|---|---:|---:|")
    for works in SIZES:
        ratings = Pool(assessors=1_000, severe=100, drifting=100, works=works).ratings(random.Random(1))
        told = [_seconds(partial(measure, ratings, scale=SCALE)) for measure in (agreement, severity_of)]
        print(f"| {works:,} subjects | {told[0]:.2f} s | {told[1]:.2f} s |")
    print("\n| 100 assessors, 10 severe, 10 drifting | found | falsely suspected |\n|---|---:|---:|")
    for title, pool in POOLS.items():
        _tell(f"{title}: severity, interval above 0", [_severe(pool, seed) for seed in SEEDS])
        for name, gate in GATES.items():
            _tell(f"{title}: drift, {name}", [_drifting(pool, gate, seed) for seed in SEEDS])


def _severe(pool: Pool, seed: int) -> tuple[float, float]:
    found = severity_of(pool.ratings(random.Random(seed)), scale=SCALE)
    suspected = {rater for rater, each in found.items() if each.adjusted.low is not None and each.adjusted.low > 0}
    return _rates(pool, suspected, pool.severe_ones)


def _drifting(pool: Pool, gate: DriftGate, seed: int) -> tuple[float, float]:
    errors = pool.errors(random.Random(seed))
    return _rates(pool, {name for name, each in errors.items() if alarm(each, gate=gate)}, pool.drifting_ones)


def _rates(pool: Pool, suspected: set[str], planted: frozenset[str]) -> tuple[float, float]:
    return len(suspected & planted) / len(planted), len(suspected - planted) / (pool.assessors - len(planted))


def _tell(title: str, rates: list[tuple[float, float]]) -> None:
    found, falsely = (sum(each) / len(each) for each in zip(*rates, strict=True))
    print(f"| {title} | {found:.0%} | {falsely:.1%} |", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
