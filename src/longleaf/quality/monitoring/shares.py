"""A share of a number, and how far it may be from what is so. Plain Python.

The interval is Wilson's (1927): it holds what it promises also near 0 and 1 and for small numbers, where the usual one
does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.of + other.of)

    @property
    def value(self) -> float | None:
        return self.part / self.of if self.of else None

    def interval(self, confidence: float) -> tuple[float, float]:
        """Where the share lies that these were drawn from, with so much confidence; 0 to 1 where there are none."""
        if not self.of:
            return 0.0, 1.0
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        spread = z * z / self.of
        found = self.part / self.of
        middle = (found + spread / 2) / (1 + spread)
        half = z / (1 + spread) * sqrt(found * (1 - found) / self.of + spread / (4 * self.of))
        # Rounding must not leave what cannot be left: all of them is 1, none of them 0.
        low = 0.0 if self.part == 0 else middle - half
        return low, 1.0 if self.part == self.of else middle + half
