"""How much is seeded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How many educators, micro-credentials and attempts there are, and how many badges carry a real signature."""

    educators: int
    micro_credentials: int
    attempts: int
    signed: int


WHOLE = Size(educators=100_000, micro_credentials=500, attempts=50_000, signed=300)
# What a whole state's catalog could come to; everything else is small.
CATALOG = Size(educators=5_000, micro_credentials=5_000, attempts=1_000, signed=20)
QUICK = Size(educators=5_000, micro_credentials=120, attempts=4_000, signed=60)

# List lengths at which queries are counted; of those who have twenty there are several, to be measured in turn.
LENGTHS = {1: 1, 20: 8, 100: 1}
