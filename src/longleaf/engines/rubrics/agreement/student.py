"""Student's t: how many standard errors an interval reaches."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, pi, sin, sqrt, tan
from statistics import NormalDist

# Beyond so many degrees of freedom the expansion about the normal distribution is exact to nine places.
SERIES_UP_TO = 200


@lru_cache(maxsize=1024)
def reach(confidence: float, freedom: int) -> float:
    """The t that a share `confidence` (0 to 1, both excluded) of the distribution stays within, on both sides.

    `freedom` is a whole number of degrees of freedom from 1. After Abramowitz and Stegun, Handbook of Mathematical
    Functions (1964): 26.7.3 and 26.7.4 for few degrees, 26.7.5 for many.
    """
    if freedom > SERIES_UP_TO:
        return _expanded(NormalDist().inv_cdf((1 + confidence) / 2), freedom)
    low, high = 0.0, pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _share_within(middle, freedom) < confidence else (low, middle)
    return sqrt(freedom) * tan(low)


def share_within(t: float, freedom: int) -> float:
    """The share of the distribution between -t and t."""
    return _share_within(atan2(t, sqrt(freedom)), freedom)


def _share_within(angle: float, freedom: int) -> float:
    """The same by the angle whose tangent is t / sqrt(freedom): a finite sum, one form for odd and one for even."""
    odd = freedom % 2
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for step in range(2 + odd, freedom + 1, 2):
        total += term
        term *= cos(angle) ** 2 * (step - 1) / step
    return (angle + sin(angle) * total) * 2 / pi if odd else sin(angle) * total


def _expanded(z: float, freedom: int) -> float:
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
