"""What a policy answers beside the credits of a cycle: results given or not yet, obligations, and steps of ladders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.needs import Case, Finding
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.record import Licence, Record
from longleaf.engines.policy.results import Gift, Ladder, Obligation, Step
from longleaf.engines.policy.rules import Rule, in_steps, tidy, told_in_steps, years_after
from longleaf.engines.policy.units import families
from longleaf.engines.policy.values import Weighed


@dataclass(frozen=True)
class Answer:
    """A result, with `gives`, or an obligation, with the day by which it is `due`: met or not yet, and why."""

    rule: Rule
    finding: Finding
    gives: Gift | None = None
    due: date | None = None

    @property
    def met(self) -> bool:
        return self.finding.met


@dataclass(frozen=True)
class Rung:
    """One credit on a ladder, with what it adds and the rule that gave it its value; or why it adds nothing."""

    credit_id: str
    title: str
    counted: Decimal
    rule: Rule
    reason: str


@dataclass(frozen=True)
class Climb:
    """How far somebody is on a ladder: the steps reached, and what the next one still takes.

    The counted amounts of the rungs add up to `amount`.
    """

    rule: Rule
    amount: Decimal
    reached: tuple[str, ...]
    next_step: str
    missing: Decimal
    seek: object
    rungs: tuple[Rung, ...]


@dataclass(frozen=True)
class Answers:
    results: tuple[Answer, ...] = ()
    obligations: tuple[Answer, ...] = ()
    climbs: tuple[Climb, ...] = ()


def answers(policy: Policy, licence: Licence, record: Record, weighed: tuple[Weighed, ...], on: date) -> Answers:
    """Every result, obligation and ladder that concerns a licence on a day."""
    if not (policy.results or policy.obligations or policy.ladders):
        return Answers()
    made_of = families((it.credit for it in weighed), policy.units, policy.stacks)
    case = Case(licence, weighed, record.approvals, on, policy.unit, made_of)
    roles = policy.roles_of(licence)
    return Answers(
        results=tuple(
            Answer(it.rule, it.needs.find(case), gives=it.gives)
            for it in policy.results
            if it.whom.concerns(licence, roles, on)
        ),
        obligations=tuple(
            Answer(it.rule, it.needs.find(case), due=_due(it, licence))
            for it in policy.obligations
            if it.whom.concerns(licence, roles, on)
        ),
        climbs=tuple(climb(it, case) for it in policy.ladders if it.whom.concerns(licence, roles, on)),
    )


def _due(obligation: Obligation, licence: Licence) -> date | None:
    if obligation.by_year is None or licence.issued is None:
        return licence.expires
    return years_after(licence.issued, obligation.by_year) - timedelta(days=1)


def climb(ladder: Ladder, case: Case) -> Climb:
    """How far what a case holds reaches on a ladder, whoever it concerns."""
    reasons = {it.credit.id: ladder.counts.why(it.credit, case.licence, "") for it in case.weighed}
    counting = case.counting([it for it in case.weighed if reasons[it.credit.id] and it.amount])
    amount = in_steps(sum((it.amount for it in counting), ZERO))
    counted = dict(zip([it.credit.id for it in counting], told_in_steps(it.amount for it in counting), strict=True))
    reached, needed, step = _steps(ladder, amount)
    return Climb(
        rule=ladder.rule,
        amount=amount,
        reached=tuple(step.title for step in reached),
        next_step=step.title if step else "",
        missing=tidy(needed - amount) if step else ZERO,
        seek=ladder.document if step else None,
        rungs=tuple(_rung(it, reasons[it.credit.id], ladder, counted.get(it.credit.id)) for it in case.weighed),
    )


def steps_reached(ladder: Ladder, amount: Decimal) -> tuple[Step, ...]:
    """The steps of a ladder that so many credits reach; one that repeats stands there as often as it is reached."""
    return _steps(ladder, amount)[0]


def _steps(ladder: Ladder, amount: Decimal) -> tuple[tuple[Step, ...], Decimal, Step | None]:
    """The steps that an amount reaches; then what the next one needs in all, and that step, if there is one."""
    reached: list[Step] = []
    needed = ZERO
    for step in _rising(ladder.steps):
        needed += step.credits
        if needed > amount:
            return tuple(reached), needed, step
        reached.append(step)
    return tuple(reached), needed, None


def _rising(steps: tuple[Step, ...]) -> Iterator[Step]:
    yield from steps
    while steps[-1].repeats:
        yield steps[-1]


def _rung(it: Weighed, reason: str | None, ladder: Ladder, counted: Decimal | None) -> Rung:
    credit = it.credit
    if counted is not None:
        return Rung(credit.id, credit.title, counted, it.rule, f"{it.value.reason} It counts because {reason}.")
    if it.refusal:
        return Rung(credit.id, credit.title, ZERO, it.refusal.rule, it.refusal.why)
    if not reason:
        return Rung(credit.id, credit.title, ZERO, ladder.rule, f"It takes {ladder.counts.wanted}.")
    if not it.value.amount:
        return Rung(credit.id, credit.title, ZERO, it.rule, it.value.reason)
    return Rung(credit.id, credit.title, ZERO, ladder.rule, "It counts with its stack, or its pieces in its place.")
