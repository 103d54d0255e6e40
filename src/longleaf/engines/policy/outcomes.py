"""Local plans that look at outcomes in place of hours: which hours one sets aside, and how far its outcomes are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines.policy.allocation import allocate
from longleaf.engines.policy.limits import PlanRule
from longleaf.engines.policy.record import Plan, PlanOutcome
from longleaf.engines.policy.rules import Rule
from longleaf.engines.policy.values import Weighed


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
    """A plan that holds: the credits that it sets aside by category, and its outcomes."""

    plan: Plan
    rule: Rule
    set_aside: Mapping[str, Decimal]
    outcomes: tuple[OutcomeLine, ...]

    @property
    def met(self) -> bool:
        return not any(outcome.lacking for outcome in self.outcomes)

    @property
    def credit_ids(self) -> tuple[str, ...]:
        return tuple(id for outcome in self.outcomes for id in outcome.credit_ids)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(
            f"The plan “{self.plan.title}” still asks for {outcome.lacking} more: {outcome.title}."
            for outcome in self.outcomes
            if outcome.lacking
        )


def plan_lines(
    rule: PlanRule, plans: Sequence[Plan], usable: Sequence[Weighed], parts: Mapping[str, Decimal], on: date
) -> tuple[PlanLine, ...]:
    """A line for each plan that holds on a day and that the policy lets set something aside.

    No credit serves two outcomes; those worth least serve first, so that as much as possible is left to count.
    """
    lines: list[PlanLine] = []
    taken: set[str] = set()
    for plan in sorted(plans, key=lambda it: (it.first, it.id)):
        waived = {code: credits for code, credits in parts.items() if code in plan.waives & rule.may_waive}
        waived = {code: credits for code, credits in waived.items() if not any(code in it.set_aside for it in lines)}
        if not (waived and plan.holds(on) and (plan.reviewed_on is not None or not rule.reviewed)):
            continue
        free = sorted((it for it in usable if it.credit.id not in taken), key=lambda it: it.amount)
        line = PlanLine(plan, rule.rule, waived, _served(plan.outcomes, free))
        taken.update(line.credit_ids)
        lines.append(line)
    return tuple(lines)


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
