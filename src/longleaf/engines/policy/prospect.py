"""What one prospective credit would be worth to one person, before any work is begun."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.explaining import LedgerLine
from longleaf.engines.policy.ledger import Ledger, ledger
from longleaf.engines.policy.policy import Category, Policy
from longleaf.engines.policy.record import EarnedCredit, Licence, Record
from longleaf.engines.policy.rules import Rule, Unit, tidy


@dataclass(frozen=True)
class Gain:
    """How much a category would gain."""

    category: Category
    credits: Decimal


@dataclass(frozen=True)
class Prospect:
    """What a credit would be worth.

    `amount` is its value (None while nobody has set one), `counts` how much of it would count, `gains` where, and
    `fits` every category that takes it, full or not. `rule` gives the value, or refuses it; `sentence` says all this.
    """

    amount: Decimal | None
    counts: Decimal
    gains: tuple[Gain, ...]
    fits: tuple[Category, ...]
    rule: Rule
    sentence: str


def worth(
    policy: Policy,
    licence: Licence,
    credit: EarnedCredit,
    *,
    on: date,
    record: Record | None = None,
    instead_of: Collection[str] = (),
) -> Prospect:
    """What a prospective credit would add to a person's ledger if it were earned on its `earned_on`.

    `record` holds what the person has already; without it the licence is taken as having nothing yet. `instead_of` are
    ids of credits in it that would count no more, because this one takes their place. Raises `NoRuleError` where the
    policy is silent about the licence, and `RecordError` where the credit's id is taken.
    """
    have = replace(record, licence=licence) if record else Record(licence)
    then = max(on, credit.earned_on)
    before = ledger(policy, have, on=then)
    kept = (it for it in have.credits if it.id not in instead_of)
    after = ledger(policy, replace(have, credits=(*kept, credit)), on=then)
    lines = [it for it in after.lines if it.credit_id == credit.id]
    return Prospect(
        amount=lines[0].amount,
        counts=tidy(after.total_counted - before.total_counted),
        gains=(gains := tuple(_gains(before, after))),
        fits=(fits := _fits(policy, licence, credit, after)),
        rule=_deciding(lines),
        sentence=_sentence(policy, lines, gains, fits),
    )


def _gains(before: Ledger, after: Ledger) -> list[Gain]:
    had = {line.code: line.counted for line in before.categories}
    rows = ((line, tidy(line.counted - had.get(line.code, ZERO))) for line in after.categories)
    return [Gain(Category(line.code, line.title), gained) for line, gained in rows if gained]


def _fits(policy: Policy, licence: Licence, credit: EarnedCredit, found: Ledger) -> tuple[Category, ...]:
    if found.version is None:
        return ()
    parts = policy.requirement_for(found.version, licence).parts
    return tuple(it.category for it in parts if it.takes.condition.why(credit, licence, it.category.code))


def _deciding(lines: list[LedgerLine]) -> Rule:
    """The rule of value where some of the credit counts, else the rule that refuses it."""
    counted = next((it for it in lines if it.counted), None)
    return lines[0].rule if counted is None else counted.value_rule


def _sentence(policy: Policy, lines: list[LedgerLine], gains: tuple[Gain, ...], fits: tuple[Category, ...]) -> str:
    unit, line = policy.unit, lines[0]
    if gains:
        shares = " and ".join(_share(unit, it) for it in gains)
        return f"It would count {shares}."
    # Where it only takes the place of another credit, nothing is gained.
    replaces = any(it.counted for it in lines)
    refused = "Everything that it fits is full already." if replaces else line.why_not or line.reason
    fitting = f"It fits {' and '.join(it.title for it in fits)}. " if fits and line.amount is None else ""
    return f"{fitting}It would not count now. {refused}"


def _share(unit: Unit, gain: Gain) -> str:
    less = " less" if gain.credits < ZERO else ""
    return f"{unit.amount(abs(gain.credits))}{less} for {gain.category.title}"
