"""Stacks that count as a unit: a stack counts, or what it is made of does, and never both.

Which of the two is left to what follows: `ways` lists every way of counting, as the credits that it leaves out, and
whoever reckons takes the way in which most counts. So a further award, stack or piece, never lowers a total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from longleaf.engines.policy.limits import Units
from longleaf.engines.policy.record import EarnedCredit
from longleaf.engines.policy.terms import Stack

# Every way of counting up to here; of further stacks of one person, each counts as a unit where it can.
MOST_STACKS_WEIGHED = 8

Families = Mapping[str, frozenset[str]]


def families(credits: Iterable[EarnedCredit], units: Units | None, stacks: Mapping[str, Stack]) -> Families:
    """For each credit that is a stack, all that it is made of, and what that is made of: ids of credits."""
    if units is None:
        return {}
    credits = tuple(credits)
    direct = {it.id: _pieces(it, credits, stacks) for it in credits if it.kind in units.of}
    return {id: _all_below(id, direct) for id in direct}


def ways(made_of: Families, ids: Collection[str]) -> Iterator[frozenset[str]]:
    """Every way of counting some credits, each as the ids that it leaves out; a single one where there is no stack."""
    present = set(ids)
    stacks = [id for id in made_of if id in present and _has_rivals(id, made_of, present)]
    weighed, further = stacks[:MOST_STACKS_WEIGHED], stacks[MOST_STACKS_WEIGHED:]
    for size in range(len(weighed), -1, -1):
        for some in combinations(weighed, size):
            if all(_apart(one, other, made_of) for one, other in combinations(some, 2)):
                yield _left_out(_with_further(list(some), further, made_of), stacks, made_of) & present


def _with_further(chosen: list[str], further: list[str], made_of: Families) -> list[str]:
    for stack in further:
        if all(_apart(stack, other, made_of) for other in chosen):
            chosen.append(stack)
    return chosen


def _left_out(chosen: Collection[str], stacks: Collection[str], made_of: Families) -> frozenset[str]:
    pieces: set[str] = set()
    for stack in chosen:
        pieces |= made_of[stack]
    return frozenset(pieces | (set(stacks) - set(chosen)))


def _has_rivals(stack: str, made_of: Families, present: set[str]) -> bool:
    others = (other for other in made_of if other != stack and other in present)
    return bool(made_of[stack] & present) or any(not _apart(stack, other, made_of) for other in others)


def _apart(one: str, other: str, made_of: Families) -> bool:
    """Whether two stacks share nothing, so that both may count."""
    return not ({one, *made_of[one]} & {other, *made_of[other]})


def _pieces(stack: EarnedCredit, credits: tuple[EarnedCredit, ...], stacks: Mapping[str, Stack]) -> frozenset[str]:
    defined = stacks[stack.item].pieces if stack.item in stacks else ()
    told = (it.id for it in credits if (stack.item and it.stack == stack.item) or (it.item and it.item in defined))
    return frozenset((*stack.pieces, *told)) - {stack.id}


def _all_below(id: str, direct: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [id]
    while waiting:
        below = direct.get(waiting.pop(), frozenset()) - found - {id}
        found |= below
        waiting.extend(sorted(below))
    return frozenset(found)
