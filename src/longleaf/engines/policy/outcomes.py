"""Local plans that look at outcomes in place of hours: which hours one sets aside, and how far its outcomes are met.

What serves an outcome does not count as hours too. Which credits serve is left to what follows: `ways_to_serve` lists
every way in which as much as possible of a plan is met, and whoever reckons takes the one that leaves least to do.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal
from itertools import groupby, islice

from longleaf.engines.policy.allocation import allocate
from longleaf.engines.policy.limits import PlanRule
from longleaf.engines.policy.record import Plan, PlanOutcome
from longleaf.engines.policy.rules import Rule
from longleaf.engines.policy.values import Weighed

CENT = Decimal("0.01")
# Every way up to here; of further ones, those that take what is worth least.
MOST_WAYS = 200


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome of a plan: what serves it, and what is missing."""

    title: str
    at_least: int
    credit_ids: tuple[str, ...]

    @property
    def lacking(self) -> int:
        return max(self.at_least - len(self.credit_ids), 0)


@dataclass(frozen=True)
class PlanLine:
    """A plan that holds, or that `ended` within the cycle: the credits that it sets aside by category, its outcomes.

    One that ended goes on to set aside the share of its credits that its outcomes had reached by its last day, and asks
    for nothing any more.
    """

    plan: Plan
    rule: Rule
    set_aside: Mapping[str, Decimal]
    outcomes: tuple[OutcomeLine, ...]
    ended: bool = False

    @property
    def met(self) -> bool:
        return not self.lacking

    @property
    def lacking(self) -> int:
        """How many credits it still asks for."""
        return 0 if self.ended else sum(outcome.lacking for outcome in self.outcomes)

    @property
    def credit_ids(self) -> tuple[str, ...]:
        return tuple(id for outcome in self.outcomes for id in outcome.credit_ids)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(
            f"The plan “{self.plan.title}” still asks for {outcome.lacking} more: {outcome.title}."
            for outcome in self.outcomes
            if outcome.lacking and not self.ended
        )


Lines = tuple[PlanLine, ...]


def ways_to_serve(serving: Serving, plans: Sequence[Plan]) -> Iterator[Lines]:
    """Every way of serving the plans that set something aside, as a line for each: those that hold come before those
    that ended. No credit serves twice. The first way takes what is worth least.
    """
    in_turn = sorted(plans, key=lambda it: (it.has_ended(serving.on), it.first, it.id))
    return islice(serving.ways([it for it in in_turn if serving.concerns(it)], ()), MOST_WAYS)


@dataclass(frozen=True)
class Serving:
    """What plans are served with: the credits that may serve, and the parts that may be set aside.

    `since` is the day on which the cycle began. Credits for which `alike` gives the same count for the same hours.
    """

    rule: PlanRule
    usable: Sequence[Weighed]
    parts: Mapping[str, Decimal]
    on: date
    since: date
    alike: Callable[[Weighed], Hashable]

    def concerns(self, plan: Plan) -> bool:
        """Whether the policy lets a plan set something aside that holds on the day, or ended in the cycle."""
        touches = plan.holds(self.on) or (plan.has_ended(self.on) and plan.holds_after(self.since))
        return touches and (plan.reviewed_on is not None or not self.rule.reviewed)

    def ways(self, plans: Sequence[Plan], lines: Lines) -> Iterator[Lines]:
        """Every way of serving some plans, beside the lines of those before them."""
        if not plans:
            yield lines
            return
        plan, later = plans[0], plans[1:]
        found = [line for line in self._lines(plan, lines) if any(line.set_aside.values())]
        for beside in [(*lines, line) for line in found] or [lines]:
            yield from self.ways(later, beside)

    def _lines(self, plan: Plan, lines: Lines) -> Iterator[PlanLine]:
        waived = {code: credits for code, credits in self.parts.items() if code in plan.waives & self.rule.may_waive}
        left = {code: credits - _aside(code, lines) for code, credits in waived.items()}
        left = {code: credits for code, credits in left.items() if credits > 0}
        if left:
            for served in self._served(plan, self._free(plan, lines)):
                aside = _reached(served, waived, left) if plan.has_ended(self.on) else left
                yield PlanLine(plan, self.rule.rule, aside, served, ended=plan.has_ended(self.on))

    def _free(self, plan: Plan, lines: Lines) -> list[Weighed]:
        """What may serve a plan: of the kinds that the policy names, earned while it held, each item once."""
        taken = {id for line in lines for id in line.credit_ids}
        free = [
            it
            for it in self.usable
            if it.credit.kind in self.rule.of and plan.holds(it.credit.earned_on) and it.credit.id not in taken
        ]
        different: dict[tuple[str, str], Weighed] = {}
        for it in sorted(free, key=lambda it: it.amount):
            different.setdefault((it.credit.item, "" if it.credit.item else it.credit.id), it)
        return list(different.values())

    def _served(self, plan: Plan, free: Sequence[Weighed]) -> Iterator[tuple[OutcomeLine, ...]]:
        """Every way of meeting as much as possible of what a plan asks; of like credits the first ones serve."""
        most = sum(len(line.credit_ids) for line in _placed(plan.outcomes, free))

        def sort(it: Weighed) -> tuple[Hashable, ...]:
            return tuple(_serves(it, outcome) for outcome in plan.outcomes), self.alike(it)

        order = {kind: place for place, kind in reversed([(n, sort(it)) for n, it in enumerate(free)])}
        heaps = [list(heap) for _, heap in groupby(sorted(free, key=lambda it: order[sort(it)]), key=sort)]
        for chosen in _picks(heaps, most):
            placed = _placed(plan.outcomes, chosen)
            if sum(len(line.credit_ids) for line in placed) == most:
                yield placed


def _picks(heaps: Sequence[Sequence[Weighed]], number: int) -> Iterator[list[Weighed]]:
    """So many credits from some heaps, in every way that takes the first ones of each."""
    if not number:
        yield []
    elif sum(map(len, heaps)) >= number:
        for few in range(min(number, len(heaps[0])), -1, -1):
            for more in _picks(heaps[1:], number - few):
                yield [*heaps[0][:few], *more]


def _aside(code: str, lines: Lines) -> Decimal:
    return sum((line.set_aside.get(code, Decimal(0)) for line in lines), Decimal(0))


def _reached(
    served: Sequence[OutcomeLine], waived: Mapping[str, Decimal], left: Mapping[str, Decimal]
) -> Mapping[str, Decimal]:
    """Of what a plan set aside that ended, the share that was reached while it held."""
    asked = sum(outcome.at_least for outcome in served)
    reached = sum(outcome.at_least - outcome.lacking for outcome in served)
    # Rounded up, so that a share never comes to less than what was earned.
    shares = {code: (waived[code] * reached / asked).quantize(CENT, ROUND_UP) if asked else Decimal(0) for code in left}
    return {code: min(share, left[code]) for code, share in shares.items()}


def _placed(outcomes: Sequence[PlanOutcome], free: Sequence[Weighed]) -> tuple[OutcomeLine, ...]:
    """Some credits given to outcomes, as many as can be."""
    fits = {it.credit.id: [str(n) for n, outcome in enumerate(outcomes) if _serves(it, outcome)] for it in free}
    wanted = {str(n): Decimal(outcome.at_least) for n, outcome in enumerate(outcomes)}
    given = allocate({id: Decimal(1) for id in fits}, fits, wanted)
    return tuple(
        OutcomeLine(outcome.title, outcome.at_least, tuple(id for id, place in given if place == str(n)))
        for n, outcome in enumerate(outcomes)
    )


def _serves(it: Weighed, outcome: PlanOutcome) -> bool:
    return not outcome.accepts or it.credit.item in outcome.accepts
