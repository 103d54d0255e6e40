"""Weighing: what each credit of a record is worth under a policy, and what keeps it out wherever it would count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.policy import Policy
from longleaf.engines.policy.record import EarnedCredit, Licence, Outcome, Record
from longleaf.engines.policy.rules import Rule, spoken, tidy
from longleaf.engines.policy.values import Refusal, Valued, Weighed


def weigh(policy: Policy, licence: Licence, record: Record, on: date) -> tuple[Weighed, ...]:
    """Every credit as it stood on a day, in the order in which they were earned, those of one day by id.

    A stack of a kind that the policy does not know is left out: all that was earned are its pieces.
    """
    known = (it for it in record.credits if not is_unknown_stack(policy, it))
    credits = sorted(known, key=lambda it: (it.earned_on, it.id))
    return tuple(weigh_one(policy, licence, credit, on) for credit in credits)


def is_unknown_stack(policy: Policy, credit: EarnedCredit) -> bool:
    """Whether a credit only gathers others, under a name that the policy has no use for."""
    return bool(credit.pieces) and policy.kind(credit.kind) is None


def weigh_one(policy: Policy, licence: Licence, credit: EarnedCredit, on: date) -> Weighed:
    """One credit as it stood on a day."""
    credit = _as_of(credit, on)
    rule, value = _value(policy, licence, credit)
    return Weighed(credit, rule, value, _refusal(policy, licence, credit, on))


def _refusal(policy: Policy, licence: Licence, credit: EarnedCredit, on: date) -> Refusal | None:
    if credit.earned_on > on:
        why = f"It is dated {spoken(credit.earned_on)}, after the day of this ledger, {spoken(on)}."
        return Refusal(policy.window.rule if policy.window else policy.rule, why)
    if credit.repeats:
        return Refusal(policy.rule, credit.repeats)
    refusing = (it for it in policy.admissions if it.refuses(credit, licence))
    return next((Refusal(it.rule, it.otherwise) for it in refusing), None)


def _value(policy: Policy, licence: Licence, credit: EarnedCredit) -> tuple[Rule, Valued]:
    """What a credit is worth, and the rule that says so; where none does, the policy as a whole."""
    found = policy.value_rule_for(credit, licence)
    kind = policy.kind(credit.kind)
    if kind is None:
        return policy.rule, Valued(None, f"“{credit.kind}” is not a kind of credit that this policy knows.")
    if found is None:
        return policy.rule, Valued(None, f"The policy gives no value to “{kind.title}” for this license and day.")
    return found.rule, _still_unused(policy, credit, found.worth.of(credit, kind.measure, policy.unit))


def _still_unused(policy: Policy, credit: EarnedCredit, value: Valued) -> Valued:
    """What is left of a value after what was counted in an earlier cycle."""
    if not credit.counted_before or value.amount is None:
        return value
    used = min(credit.counted_before, value.amount)
    counted = f"{policy.unit.amount(used)} of it counted in an earlier cycle."
    return Valued(tidy(max(value.amount - used, ZERO)), f"{value.reason} {counted}")


def _as_of(credit: EarnedCredit, on: date) -> EarnedCredit:
    """The credit as it was known on a day: what was decided or handed in later is not there yet."""
    decision = credit.decision
    if decision and decision.decided_on and decision.decided_on > on:
        pending = replace(decision, outcome=Outcome.PENDING, decided_on=None, credits=None)
        credit = replace(credit, decision=pending)
    if credit.evidence_on and credit.evidence_on > on:
        credit = replace(credit, evidence_on=None)
    return credit
