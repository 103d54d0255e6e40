"""What is met beside the credits of a cycle, as yes or no, for as many people as a state has.

`answers` finds the same with sentences and the credits behind them. Here a shape of credit is weighed once for the days
of a band, and each condition is held against it once. It serves credits among which no stack counts as a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.bands import Bands
from longleaf.engines.policy.conditions import Condition
from longleaf.engines.policy.filling import MOST_PARTS, Filling, Heap
from longleaf.engines.policy.needs import (
    AllNeeds,
    Amount,
    AnyNeed,
    Case,
    Count,
    FinishedProgram,
    FinishedStack,
    FromGroups,
    Need,
    ScoreBand,
    Signed,
    Sought,
)
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.record import Approval, EarnedCredit, Licence
from longleaf.engines.policy.results import Ladder, Obligation, Result
from longleaf.engines.policy.rules import tidy
from longleaf.engines.policy.shapes import Earned, Shapes
from longleaf.engines.policy.weighing import is_unknown_stack, weigh_one

Climbed = tuple[tuple[str, Decimal], ...]


@dataclass(slots=True)
class Piece:
    """A shape of credit on the days of a band: what it is worth, and which conditions hold."""

    credit: EarnedCredit
    amount: Decimal
    is_usable: bool
    holding: dict[int, bool] = field(default_factory=dict)


class Pieces:
    """The pieces that one sort of licence was met with."""

    def __init__(self, policy: Policy, licence: Licence, on: date, shapes: Shapes, bands: Bands) -> None:
        self.policy, self.licence, self.on = policy, licence, on
        self._shapes, self._bands = shapes, bands
        self._found: dict[tuple[int, int], Piece] = {}

    def of(self, earned: Iterable[Earned]) -> list[tuple[Piece, date]]:
        """Those of some credits that no rule refuses, in the order of days, as a ledger takes them."""
        bands, found = self._bands, self._found
        pieces = [(found.get((number, bands[day])) or self._weigh(number, day), day) for number, day in earned]
        return sorted([it for it in pieces if it[0].is_usable], key=itemgetter(1))

    def _weigh(self, number: int, day: date) -> Piece:
        weighed = weigh_one(self.policy, self.licence, self._shapes.credit(number, day), self.on)
        is_usable = weighed.refusal is None and not is_unknown_stack(self.policy, weighed.credit)
        found = Piece(weighed.credit, weighed.amount, is_usable)
        self._found[number, self._bands[day]] = found
        return found

    def holding(self, condition: Condition, earned: Iterable[tuple[Piece, date]]) -> list[tuple[Piece, date]]:
        """Those of some pieces for which a condition holds."""
        # Conditions are parts of the policy and live as long as it does, so that they are known by where they are.
        key = id(condition)
        return [it for it in earned if (it[0].holding[key] if key in it[0].holding else self._hold(condition, it[0]))]

    def holds(self, condition: Condition, piece: Piece) -> bool:
        return piece.holding[id(condition)] if id(condition) in piece.holding else self._hold(condition, piece)

    def _hold(self, condition: Condition, piece: Piece) -> bool:
        held = piece.holding[id(condition)] = bool(condition.why(piece.credit, self.licence, ""))
        return held


@dataclass(frozen=True, slots=True)
class Concerned:
    """What of a policy concerns one licence on the day of the tally."""

    pieces: Pieces
    licence: Licence
    results: tuple[Result, ...]
    obligations: tuple[Obligation, ...]
    ladders: tuple[Ladder, ...]

    @classmethod
    def of(cls, pieces: Pieces, licence: Licence) -> Concerned | None:
        """None where a need is of a kind that is not told here."""
        policy, on = pieces.policy, pieces.on
        roles = policy.roles_of(licence)
        results = tuple(it for it in policy.results if it.whom.concerns(licence, roles, on))
        obligations = tuple(it for it in policy.obligations if it.whom.concerns(licence, roles, on))
        ladders = tuple(it for it in policy.ladders if it.whom.concerns(licence, roles, on))
        if not all(map(_is_told, [*(it.needs for it in results), *(it.needs for it in obligations)])):
            return None
        return cls(pieces, licence, results, obligations, ladders)

    def answers(
        self, earned: Sequence[Earned], approvals: tuple[Approval, ...] = ()
    ) -> tuple[tuple[str, ...], tuple[str, ...], Climbed]:
        """The ids of the results that are met and of the obligations that are not, and the amounts on ladders."""
        held = Held(self.pieces, self.licence, self.pieces.of(earned), approvals)
        return (
            tuple([it.rule.id for it in self.results if held.meets(it.needs)]),
            tuple([it.rule.id for it in self.obligations if not held.meets(it.needs)]),
            tuple([(it.rule.id, held.amount_for(it.counts)) for it in self.ladders]),
        )


@dataclass(slots=True)
class Held:
    """What needs are held against: everything usable that somebody with a licence has earned."""

    pieces: Pieces
    licence: Licence
    earned: list[tuple[Piece, date]]
    approvals: tuple[Approval, ...]

    def meets(self, need: Need) -> bool:
        return TOLD[type(need)](need, self)

    def amount_for(self, condition: Condition) -> Decimal:
        return tidy(sum([it.amount for it, _ in self.pieces.holding(condition, self.earned)], ZERO))

    def among(self, sought: Sought) -> list[Piece]:
        days = sought.days_for(self.licence)
        if days is None:
            return []
        first, last = days
        held = self.pieces.holding(sought.condition, self.earned)
        return [it for it, day in held if first <= day <= last]


def _different(found: Iterable[Piece]) -> list[Piece]:
    """Each item once, the earliest of it; what has no code is a thing of its own."""
    items: set[str] = set()
    kept = []
    for it in found:
        item = it.credit.item
        if not item or item not in items:
            kept.append(it)
            items.add(item)
    return kept


def _count(need: Count, held: Held) -> bool:
    return len(_different(held.among(need.of))) >= need.at_least


def _amount(need: Amount, held: Held) -> bool:
    return sum([it.amount for it in held.among(need.of)], ZERO) >= need.at_least


def _from_groups(need: FromGroups, held: Held) -> bool:
    found = _different(held.among(need.of))
    if len(found) < need.at_least:
        return False
    amounts: dict[Heap, int] = {}
    for it in found:
        fits = sum(1 << n for n, group in enumerate(need.groups) if held.pieces.holds(group.condition, it))
        amounts[Heap(fits)] = amounts.get(Heap(fits), 0) + 1
    wanted = tuple(group.at_least for group in need.groups)
    return Filling(wanted, {}).filled(list(amounts.items())) == wanted


def _stack(need: FinishedStack, held: Held) -> bool:
    items = {it.credit.item for it, _ in held.earned}
    return any(it.code in items or (it.pieces and items.issuperset(it.pieces)) for it in need.stacks)


def _program(need: FinishedProgram, held: Held) -> bool:
    return any(
        it.credit.item == program.code and program.approved.covers(it.credit.begun_on or day)
        for it, day in held.earned
        for program in need.programs
    )


def _without_credits(need: Need, held: Held) -> bool:
    policy = held.pieces.policy
    return need.find(Case(held.licence, (), held.approvals, held.pieces.on, policy.unit)).met


TOLD: dict[type, Callable[[Any, Held], bool]] = {
    Count: _count,
    Amount: _amount,
    FromGroups: _from_groups,
    FinishedStack: _stack,
    FinishedProgram: _program,
    ScoreBand: _without_credits,
    Signed: _without_credits,
    AllNeeds: lambda need, held: all(held.meets(it) for it in need.needs),
    AnyNeed: lambda need, held: any(held.meets(it) for it in need.needs),
}


def _is_told(need: Need) -> bool:
    if isinstance(need, AllNeeds | AnyNeed):
        return all(map(_is_told, need.needs))
    if isinstance(need, FromGroups) and len(need.groups) > MOST_PARTS:
        return False
    return type(need) in TOLD
