"""For whom the alarms ring that ship: sound readers, ones who drift, and ones who read at random.

The charts are those of `panels.calibration.gates`. Readers are simulated by how often they are exact, on rubrics of few
and of many levels, with several criteria in each reading, as errors come in the product. Every draw is seeded.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import fmean

from longleaf.engines.rubrics.drift import Direction, DriftGate, alarm
from longleaf.panels.calibration.gates import gate_from

READERS = 400
READINGS = {"anchors": 30, "co_readers": 100}
CRITERIA = 4
TOGETHER = 0.3
CO_READERS_EXACT = 0.85
LEVELS = (2, 3, 4)


@dataclass(frozen=True)
class Reader:
    """`exact` is how often a level is the true one, None for whoever guesses; `shift` what is added to what they find
    from the middle of their readings on, in steps."""

    title: str
    exact: float | None
    shift: float = 0.0


MAKES = (
    Reader("sound, 80 % exact", 0.8),
    Reader("sound, 90 % exact", 0.9),
    Reader("90 % exact, then harsher by half a level", 0.9, -0.5),
    Reader("90 % exact, then harsher by a level", 0.9, -1.0),
    Reader("at random", None),
)


@dataclass(frozen=True)
class Watched:
    """For what share of one make of readers each chart rang, and after how many readings the first did."""

    source: str
    levels: int
    reader: Reader
    drift: float
    scatter: float
    either: float
    after: float | None

    def cells(self) -> list[str]:
        after = "" if self.after is None else f"{self.after:.0f}"
        rates = [f"{share:.1%}" for share in (self.drift, self.scatter, self.either)]
        return [self.source.replace("_", "-"), str(self.levels), self.reader.title, *rates, after]


def watch() -> list[Watched]:
    """Every source, number of levels and make of reader."""
    return [_watched(source, levels, make) for source in READINGS for levels in LEVELS for make in MAKES]


def _watched(source: str, levels: int, make: Reader) -> Watched:
    rng, gate = random.Random(f"{source}/{levels}/{make.title}"), gate_from()
    rung = [_rung(list(_errors(rng, source, levels, make)), gate.drift[source], gate.scatter[source])
            for _ in range(READERS)]  # fmt: skip
    first = [min(found) for one, other in rung if (found := [each for each in (one, other) if each is not None])]
    return Watched(
        source=source,
        levels=levels,
        reader=make,
        drift=fmean(one is not None for one, _ in rung),
        scatter=fmean(other is not None for _, other in rung),
        either=len(first) / READERS,
        after=1 + fmean(first) / CRITERIA if first else None,
    )


def _rung(errors: Sequence[float], drift: DriftGate, scatter: DriftGate) -> tuple[int | None, int | None]:
    one_way = alarm(errors, gate=drift)
    either_way = alarm([abs(error) for error in errors], gate=scatter, only=Direction.ABOVE)
    return one_way and one_way.position, either_way and either_way.position


def _errors(rng: random.Random, source: str, levels: int, make: Reader) -> Iterator[float]:
    for number in range(READINGS[source]):
        true = [rng.randrange(levels) for _ in range(CRITERIA)]
        shift = make.shift if 2 * number >= READINGS[source] else 0.0
        given = _read(rng, true, make.exact, levels, shift)
        held = true if source == "anchors" else _others(rng, true, given, levels)
        yield from (mine - other for mine, other in zip(given, held, strict=True))


def _others(rng: random.Random, true: Sequence[int], given: Sequence[int], levels: int) -> Sequence[float]:
    """The mean of the other readers: one, and a third where the two differ."""
    second = _read(rng, true, CO_READERS_EXACT, levels)
    if second == given:
        return second
    third = _read(rng, true, CO_READERS_EXACT, levels)
    return [(one + other) / 2 for one, other in zip(second, third, strict=True)]


def _read(rng: random.Random, true: Sequence[int], exact: float | None, levels: int, shift: float = 0.0) -> list[int]:
    if exact is None:
        return [rng.randrange(levels) for _ in true]
    noise = _noise(exact, levels)
    shared = rng.gauss(0, noise * sqrt(TOGETHER))
    return [_level(each + shift + shared + rng.gauss(0, noise * sqrt(1 - TOGETHER)), levels) for each in true]


def _level(found: float, levels: int) -> int:
    return min(levels - 1, max(0, round(found)))


@cache
def _noise(exact: float, levels: int) -> float:
    """The scatter at which a reader gives so large a share of levels exactly, by halving."""
    low, high = 0.05, 5.0
    for _ in range(25):
        middle = (low + high) / 2
        low, high = (middle, high) if _exact_at(middle, levels) > exact else (low, middle)
    return low


def _exact_at(noise: float, levels: int) -> float:
    rng = random.Random(0)
    true = [rng.randrange(levels) for _ in range(8_000)]
    return fmean(_level(each + rng.gauss(0, noise), levels) == each for each in true)
