"""Allocating splittable credits among parts of a renewal; nobody falls short by the order of allocation.

A maximum flow: credits are sources, parts are sinks, an edge says that a credit fits a part. Parts are
filled one after the other, each as far as possible without taking from the earlier ones (augmenting paths
only reroute). So the first part gets all it can, the second all it can beside it, and so on; the total is
the largest possible. Numbers stay decimals, and the amounts are exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


@dataclass
class _Flow:
    """Who gives how much to which part, and what each credit and each part has left."""

    left: dict[str, Decimal]
    fits: Mapping[str, Sequence[str]]
    given: dict[tuple[str, str], Decimal] = field(default_factory=dict)

    def fill(self, part: str, wanted: Decimal) -> None:
        """Bring as much as possible, up to what is wanted, to one part."""
        while wanted > 0 and (path := self._path_to(part)):
            moved = min(wanted, self._narrowest(path))
            self._move(path, moved)
            wanted -= moved

    def _path_to(self, part: str) -> list[str] | None:
        """A shortest way from a credit with something left to the part: credit, part, credit, …, part."""
        queue = deque([credit] for credit in self.fits if self.left[credit] > 0)
        seen = {path[0] for path in queue}
        while queue:
            path = queue.popleft()
            for reached in self.fits[path[-1]]:
                if reached == part:
                    return [*path, reached]
                for credit in self._givers(reached):
                    if credit not in seen:
                        seen.add(credit)
                        queue.append([*path, reached, credit])
        return None

    def _givers(self, part: str) -> list[str]:
        return [credit for credit in self.fits if self.given.get((credit, part), ZERO) > 0]

    def _narrowest(self, path: list[str]) -> Decimal:
        back = [self.given[path[n + 1], path[n]] for n in range(1, len(path) - 1, 2)]
        return min([self.left[path[0]], *back])

    def _move(self, path: list[str], amount: Decimal) -> None:
        """Each credit on the way gives to the part after it and takes back from the part before it."""
        self.left[path[0]] -= amount
        for n in range(0, len(path), 2):
            credit = path[n]
            self.given[credit, path[n + 1]] = self.given.get((credit, path[n + 1]), ZERO) + amount
            if n:
                self.given[credit, path[n - 1]] -= amount


def allocate(
    amounts: Mapping[str, Decimal], fits: Mapping[str, Sequence[str]], wanted: Mapping[str, Decimal]
) -> dict[tuple[str, str], Decimal]:
    """Give credits to parts: amounts by (credit, part), all more than 0.

    `amounts` says what each credit holds, `fits` which parts it may go to, `wanted` what each part needs;
    parts are filled in the order of `wanted`, and credits are used in the order of `amounts`.
    """
    flow = _Flow(left=dict(amounts), fits={credit: fits.get(credit, ()) for credit in amounts})
    for part, needed in wanted.items():
        flow.fill(part, needed)
    return {pair: amount for pair, amount in flow.given.items() if amount > 0}
