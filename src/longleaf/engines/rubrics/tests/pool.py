"""A simulated pool of assessors: who is severe and who drifts is planted, so that finding them can be counted."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from longleaf.engines.rubrics.agreement.ratings import Rating
from longleaf.engines.rubrics.agreement.scale import Scale

LEVELS = ("0", "1", "2", "3", "4")
SCALE = Scale.ordinal(LEVELS)


@dataclass(frozen=True)
class Pool:
    """Assessors who each read some work twice read by two of them at random, and the errors of each on anchors.

    Severe assessors rate `severity` steps lower; drifting ones lower by `drift` from the middle of their anchors on.
    """

    assessors: int = 100
    severe: int = 10
    drifting: int = 10
    works: int = 3_000
    anchors: int = 60
    severity: float = 0.75
    drift: float = 0.75
    noise: float = 0.6

    @property
    def severe_ones(self) -> frozenset[str]:
        return frozenset(map(_name, range(self.severe)))

    @property
    def drifting_ones(self) -> frozenset[str]:
        return frozenset(map(_name, range(self.severe, self.severe + self.drifting)))

    def ratings(self, rng: random.Random) -> list[Rating]:
        """Two readings of each work."""
        return [
            Rating(f"work {work}", _name(assessor), str(self._level(rng, deserved, lower=self._severity(assessor))))
            for work in range(self.works)
            for deserved in [rng.gauss(2, 1)]
            for assessor in rng.sample(range(self.assessors), 2)
        ]

    def errors(self, rng: random.Random) -> Mapping[str, Sequence[float]]:
        """For each assessor, what they gave anchors less the reference, in the order of reading."""
        return {_name(assessor): self._errors(rng, _name(assessor)) for assessor in range(self.assessors)}

    def _errors(self, rng: random.Random, name: str) -> list[float]:
        found = []
        for place in range(self.anchors):
            reference = rng.choice([1, 2, 3])
            drifted = name in self.drifting_ones and place >= self.anchors // 2
            found.append(float(self._level(rng, reference, lower=self.drift if drifted else 0.0) - reference))
        return found

    def _severity(self, assessor: int) -> float:
        return self.severity if _name(assessor) in self.severe_ones else 0.0

    def _level(self, rng: random.Random, deserved: float, *, lower: float) -> int:
        return min(4, max(0, round(deserved - lower + rng.gauss(0, self.noise))))


def _name(assessor: int) -> str:
    return f"assessor {assessor:04}"
