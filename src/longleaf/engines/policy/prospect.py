"""What one prospective credit would be worth to one person, before any work is begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.ledger import Ledger, LedgerLine, ledger
from longleaf.engines.policy.policy import Category, Policy
from longleaf.engines.policy.record import EarnedCredit, Licence, Record
from longleaf.engines.policy.rules import Rule, tidy


@dataclass(frozen=True)
class Gain:
    """How much a category would gain."""

    category: Category
    credits: Decimal


@dataclass(frozen=True)
class Prospect:
    """What a credit would be worth.

    `amount` is its value (None while nobody has set one), `counts` how much of it would count, `gains`
    where. `rule` gives the value, or refuses it; `sentence` says all this to the person.
    """

    amount: Decimal | None
    counts: Decimal
    gains: tuple[Gain, ...]
    rule: Rule
    sentence: str


def worth(
    policy: Policy, licence: Licence, credit: EarnedCredit, *, on: date, record: Record | None = None
) -> Prospect:
    """What a prospective credit would add to a person's ledger if it were earned on its `earned_on`.

    `record` holds what the person has already; without it the licence is taken as having nothing yet. Raises
    `NoRuleError` where the policy is silent about the licence, and `RecordError` where the credit's id is
    taken.
    """
    earned = record.credits if record else ()
    then = max(on, credit.earned_on)
    before = ledger(policy, Record(licence, earned), on=then)
    after = ledger(policy, Record(licence, (*earned, credit)), on=then)
    gains = tuple(_gains(before, after))
    line = next(it for it in after.lines if it.credit_id == credit.id)
    counts = tidy(after.total_counted - before.total_counted)
    return Prospect(line.amount, counts, gains, _deciding(line), _sentence(policy, line, counts, gains))


def _gains(before: Ledger, after: Ledger) -> list[Gain]:
    had = {line.code: line.counted for line in before.categories}
    rows = ((line, tidy(line.counted - had.get(line.code, ZERO))) for line in after.categories)
    return [Gain(Category(line.code, line.title), gained) for line, gained in rows if gained]


def _deciding(line: LedgerLine) -> Rule:
    return line.rule if not line.counted or line.value_rule is None else line.value_rule


def _sentence(policy: Policy, line: LedgerLine, counts: Decimal, gains: tuple[Gain, ...]) -> str:
    if gains:
        shares = " and ".join(f"{policy.unit.amount(it.credits)} for {it.category.title}" for it in gains)
        rest = "" if line.amount == counts else f" of the {policy.unit.amount(line.amount or ZERO)} it is worth"
        return f"It would count {shares}{rest}."
    return f"It would not count now. {line.why_not or line.reason}"
