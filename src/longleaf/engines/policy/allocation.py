"""Allocating splittable credits among parts of a renewal; nobody falls short by the order of allocation.

A maximum flow: credits are sources, parts are sinks, an edge says that a credit fits a part. A limit says how much
some credits may give together; limits lie before their credits, and since any two of them are nested or apart they
form a tree, so that it stays a flow. Parts are filled one after the other, each as far as possible without taking
from the earlier ones (augmenting paths only reroute). So the first part gets all it can, the second all it can beside
it, and so on; the total is the largest possible. Numbers stay decimals, and the amounts are exact.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

ZERO = Decimal(0)

# A node of the flow: the sort of thing that it is, and its name or number.
Node = tuple[str, str | int]
SOURCE: Node = ("source", "")


@dataclass(frozen=True)
class Limit:
    """How much these credits may give together."""

    members: frozenset[str]
    at_most: Decimal


@dataclass
class _Flow:
    """What may still move from node to node, and so what has moved: the way back."""

    left: dict[tuple[Node, Node], Decimal] = field(default_factory=dict)
    next: dict[Node, list[Node]] = field(default_factory=dict)

    def join(self, one: Node, other: Node, room: Decimal) -> None:
        if (one, other) in self.left:
            return
        self.left[one, other] = room
        self.left[other, one] = ZERO
        self.next.setdefault(one, []).append(other)
        self.next.setdefault(other, []).append(one)

    def fill(self, part: Node, wanted: Decimal) -> None:
        """Bring as much as possible, up to what is wanted, to one part."""
        while wanted > 0 and (path := self._path_to(part)):
            steps = list(pairwise(path))
            moved = min(wanted, *(self.left[step] for step in steps))
            for one, other in steps:
                self.left[one, other] -= moved
                self.left[other, one] += moved
            wanted -= moved

    def _path_to(self, part: Node) -> list[Node] | None:
        """A shortest way from the source to the part along which something can still move."""
        queue, came_from = deque([SOURCE]), {SOURCE: SOURCE}
        while queue:
            here = queue.popleft()
            for reached in self.next.get(here, ()):
                if reached in came_from or self.left[here, reached] <= 0:
                    continue
                came_from[reached] = here
                if reached == part:
                    return _back_from(part, came_from)
                queue.append(reached)
        return None


def allocate(
    amounts: Mapping[str, Decimal],
    fits: Mapping[str, Sequence[str]],
    wanted: Mapping[str, Decimal],
    limits: Sequence[Limit] = (),
) -> dict[tuple[str, str], Decimal]:
    """Give credits to parts: amounts by (credit, part), all more than 0.

    `amounts` says what each credit holds, `fits` which parts it may go to, `wanted` what each part needs, `limits`
    what some may give together; parts are filled in the order of `wanted`, and credits are used in the order of
    `amounts`. Raises `ValueError` where two limits share a credit and neither holds all of the other.
    """
    flow = _Flow()
    _join_credits(flow, amounts, limits)
    for credit in amounts:
        for part in fits.get(credit, ()):
            flow.join(("credit", credit), ("part", part), amounts[credit])
    for part, needed in wanted.items():
        flow.fill(("part", part), needed)
    given = {
        (credit, part): flow.left[("part", part), ("credit", credit)]
        for credit in amounts
        for part in fits.get(credit, ())
    }
    return {pair: amount for pair, amount in given.items() if amount > 0}


def _join_credits(flow: _Flow, amounts: Mapping[str, Decimal], limits: Sequence[Limit]) -> None:
    """Lead from the source to every credit through the limits that it lies in, from the widest to the narrowest."""
    nested = sorted(range(len(limits)), key=lambda n: -len(limits[n].members))
    before: dict[int, Node] = {}
    for credit, amount in amounts.items():
        above = SOURCE
        for n in (n for n in nested if credit in limits[n].members):
            if before.setdefault(n, above) != above:
                raise ValueError("Two limits share a credit, and neither holds all of the other.")
            flow.join(above, ("limit", n), limits[n].at_most)
            above = ("limit", n)
        flow.join(above, ("credit", credit), amount)


def _back_from(node: Node, came_from: Mapping[Node, Node]) -> list[Node]:
    path = [node]
    while path[-1] != SOURCE:
        path.append(came_from[path[-1]])
    return path[::-1]
