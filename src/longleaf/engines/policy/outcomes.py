"""Local plans that look at outcomes in place of hours: which hours one sets aside, and how far its outcomes are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from longleaf.engines.policy.allocation import allocate
from longleaf.engines.policy.limits import PlanRule
from longleaf.engines.policy.record import Plan, PlanOutcome
from longleaf.engines.policy.rules import Rule
from longleaf.engines.policy.values import Weighed

CENT = Decimal("0.01")


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
        return self.ended or not any(outcome.lacking for outcome in self.outcomes)

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


def plan_lines(
    rule: PlanRule,
    plans: Sequence[Plan],
    usable: Sequence[Weighed],
    parts: Mapping[str, Decimal],
    on: date,
    since: date = date.min,
) -> tuple[PlanLine, ...]:
    """A line for each plan that the policy lets set something aside: those that hold on a day, and after them those
    that ended since the day on which the cycle began.

    No credit serves two outcomes; those worth least serve first, so that as much as possible is left to count.
    """
    lines: list[PlanLine] = []
    taken: set[str] = set()
    for plan in sorted(plans, key=lambda it: (it.has_ended(on), it.first, it.id)):
        waived = {code: credits for code, credits in parts.items() if code in plan.waives & rule.may_waive}
        left = {code: credits - _aside(code, lines) for code, credits in waived.items()}
        left = {code: credits for code, credits in left.items() if credits > 0}
        touches = plan.holds(on) or (plan.has_ended(on) and plan.holds_after(since))
        if not (left and touches and (plan.reviewed_on is not None or not rule.reviewed)):
            continue
        free = sorted((it for it in usable if it.credit.id not in taken), key=lambda it: it.amount)
        line = _ended(rule, plan, waived, left, free) if plan.has_ended(on) else _holding(rule, plan, left, free)
        if any(line.set_aside.values()):
            taken.update(line.credit_ids)
            lines.append(line)
    return tuple(lines)


def _aside(code: str, lines: Sequence[PlanLine]) -> Decimal:
    return sum((line.set_aside.get(code, Decimal(0)) for line in lines), Decimal(0))


def _holding(rule: PlanRule, plan: Plan, left: Mapping[str, Decimal], free: Sequence[Weighed]) -> PlanLine:
    return PlanLine(plan, rule.rule, left, _served(plan.outcomes, free))


def _ended(
    rule: PlanRule, plan: Plan, waived: Mapping[str, Decimal], left: Mapping[str, Decimal], free: Sequence[Weighed]
) -> PlanLine:
    """The line of a plan that ended: of what it set aside, the share that was reached while it held."""
    served = _served(plan.outcomes, [it for it in free if plan.holds(it.credit.earned_on)])
    asked = sum(outcome.at_least for outcome in served)
    reached = sum(outcome.at_least - outcome.lacking for outcome in served)
    # Rounded up, so that a share never comes to less than what was earned.
    shares = {code: (waived[code] * reached / asked).quantize(CENT, ROUND_UP) if asked else Decimal(0) for code in left}
    kept = {code: min(share, left[code]) for code, share in shares.items()}
    return PlanLine(plan, rule.rule, kept, served, ended=True)


def _served(outcomes: Sequence[PlanOutcome], free: Sequence[Weighed]) -> tuple[OutcomeLine, ...]:
    fits = {it.credit.id: [str(n) for n, outcome in enumerate(outcomes) if _serves(it, outcome)] for it in free}
    wanted = {str(n): Decimal(outcome.at_least) for n, outcome in enumerate(outcomes)}
    given = allocate({id: Decimal(1) for id in fits}, fits, wanted)
    return tuple(
        OutcomeLine(outcome.title, outcome.at_least, tuple(id for id, place in given if place == str(n)))
        for n, outcome in enumerate(outcomes)
    )


def _serves(it: Weighed, outcome: PlanOutcome) -> bool:
    return not outcome.accepts or it.credit.item in outcome.accepts
