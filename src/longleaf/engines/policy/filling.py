"""How far the parts of a renewal are filled, in whole numbers, without saying by which credit.

Who only wants totals needs no flow of single credits: credits that fit the same parts within the same limits are one
heap. Parts that are filled one after the other, each as far as possible without taking from the earlier ones, get what
the first so many can get together less what one fewer can; and by the theorem of the smallest cut, what some parts can
get together is the least, over every choice among them, of what the others want and what the chosen can be brought.
`allocation` finds the same totals with the credits behind them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# So many parts have 256 choices among them.
MOST_PARTS = 8

# Parts as bits: the first part is 1, the second 2, the third 4.
Parts = int
# Limits from the widest to the narrowest, by number.
Chain = tuple[int, ...]


@dataclass(frozen=True)
class Heap:
    """Credits that fit the same parts and lie within the same limits."""

    fits: Parts
    within: Chain = ()


@dataclass(frozen=True)
class Filling:
    """What each part wants, and how much each limit lets through by its number."""

    wanted: tuple[int, ...]
    limits: Mapping[int, int]

    def room(self, parts: Parts) -> int:
        """What some parts want together; more than this a heap that fits them never gives."""
        return self._rooms[parts]

    def filled(self, heaps: Sequence[tuple[Heap, int]]) -> tuple[int, ...]:
        """How much each part gets."""
        brought = [
            self._brought([each for each in heaps if each[0].fits & chosen]) for chosen in range(1 << len(self.wanted))
        ]
        found, before = [], 0
        for number in range(1, len(self.wanted) + 1):
            together = self._together((1 << number) - 1, brought)
            found.append(together - before)
            before = together
        return tuple(found)

    @cached_property
    def _rooms(self) -> tuple[int, ...]:
        return tuple(
            sum(wanted for place, wanted in enumerate(self.wanted) if parts >> place & 1)
            for parts in range(1 << len(self.wanted))
        )

    def _together(self, parts: Parts, brought: Sequence[int]) -> int:
        """The most that the first parts can get together, by what can be brought to any choice among them."""
        rooms = self._rooms
        return min([rooms[parts ^ chosen] + brought[chosen] for chosen in range(parts + 1)])

    def _brought(self, heaps: Sequence[tuple[Heap, int]]) -> int:
        """How much some heaps give within the limits, which are nested or apart: the narrowest are looked at first."""
        if not self.limits:
            return sum(amount for _, amount in heaps)
        flowing: dict[Chain, int] = {}
        for heap, amount in heaps:
            flowing[heap.within] = flowing.get(heap.within, 0) + amount
        for length in range(max(map(len, flowing), default=0), 0, -1):
            for chain in [each for each in flowing if len(each) == length]:
                through = min(flowing.pop(chain), self.limits[chain[-1]])
                flowing[chain[:-1]] = flowing.get(chain[:-1], 0) + through
        return flowing.get((), 0)
