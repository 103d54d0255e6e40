"""Stacks that somebody has completed, as credits: reckoned from what was earned, and never recorded by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from longleaf.engines import policy as engine

if TYPE_CHECKING:
    from longleaf.catalog.queries import StackOutline

STACK = "stack"

# What was earned: the item, the day, the id, in any order.
Earned = tuple[str, date, str]


def with_stacks(
    credits: Sequence[engine.EarnedCredit], stacks: Iterable[StackOutline]
) -> tuple[engine.EarnedCredit, ...]:
    """Credits, and after them one for each stack that they complete."""
    told = {credit.id: credit for credit in credits}
    earned = [(credit.item, credit.earned_on, credit.id) for credit in credits if credit.item]
    done = ((stack, completed(stack, earned)) for stack in stacks)
    return (*credits, *(_as_credit(stack, *it, told) for stack, it in done if it is not None))


def completed(stack: StackOutline, earned: Iterable[Earned]) -> tuple[date, frozenset[str]] | None:
    """The first day on which everything was earned that a stack had on that day, and the ids of it; None before then.

    What came into the stack later is no piece of it, so nobody loses a stack that they had completed.
    """
    first: dict[str, tuple[date, str]] = {}
    for item, day, id in earned:
        if item in stack.members and (item not in first or (day, id) < first[item]):
            first[item] = day, id
    for day in sorted({day for day, _ in first.values()}):
        pieces = [item for item, since in stack.members.items() if since is None or since <= day]
        if pieces and all(item in first and first[item][0] <= day for item in pieces):
            return day, frozenset(first[item][1] for item in pieces)
    return None


def as_credit(stack: StackOutline, day: date, pieces: Mapping[str, engine.EarnedCredit]) -> engine.EarnedCredit:
    """A completed stack: about what each of its pieces is about, and recognised by who recognised each."""
    found = list(pieces.values())
    languages = {piece.language for piece in found}
    return engine.EarnedCredit(
        id=f"{STACK}:{stack.slug}",
        kind=STACK,
        title=stack.title,
        amount=None,
        earned_on=day,
        alignments=frozenset.intersection(*(piece.alignments for piece in found)),
        topics=frozenset.intersection(*(piece.topics for piece in found)),
        item=stack.slug,
        language=languages.pop() if len(languages) == 1 else "",
        issuer=stack.issuer,
        issuer_kind=stack.issuer_kind,
        recognised_by=frozenset.intersection(*(piece.recognised_by for piece in found)),
        pieces=frozenset(pieces),
    )


def _as_credit(
    stack: StackOutline, day: date, pieces: frozenset[str], credits: Mapping[str, engine.EarnedCredit]
) -> engine.EarnedCredit:
    return as_credit(stack, day, {id: credits[id] for id in pieces})
