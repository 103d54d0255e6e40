"""The ledger of one licence period: what each credit counts for, by which rule, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.answers import Answers, answers
from longleaf.engines.policy.explaining import (
    CategoryLine,
    Expiry,
    Explanation,
    Fill,
    LedgerLine,
    NextDate,
    uncounted,
)
from longleaf.engines.policy.notices import Notice
from longleaf.engines.policy.outcomes import PlanLine
from longleaf.engines.policy.policy import Cycle, Policy, Version
from longleaf.engines.policy.reckoning import Reckoning
from longleaf.engines.policy.record import Licence, Record
from longleaf.engines.policy.rules import Rule, tidy
from longleaf.engines.policy.weighing import weigh


@dataclass(frozen=True)
class Totals:
    """Credits that are asked for, and how many of them are there."""

    required: Decimal
    counted: Decimal

    @property
    def missing(self) -> Decimal:
        return tidy(self.required - self.counted)


@dataclass(frozen=True)
class Ledger:
    """A whole ledger as of a day.

    `settled` explains why no credits are asked of this licence; then there is no version, cycle or category, and so
    it is under a policy without versions. The counted amounts of the lines add up to `total_counted`, in each
    category and in all. `fills` say for what is missing which credits would fill it, `expiring` what lapses when,
    `plans` which local plans set hours aside, and `answers` what the policy gives and asks beside the credits.
    """

    on: date
    version: Version | None
    cycle: Cycle | None
    settled: str | None
    total_required: Decimal
    total_counted: Decimal
    categories: tuple[CategoryLine, ...]
    lines: tuple[LedgerLine, ...]
    missing: tuple[str, ...]
    next_date: NextDate | None
    notices: tuple[Notice, ...]
    fills: tuple[Fill, ...] = ()
    expiring: tuple[Expiry, ...] = ()
    plans: tuple[PlanLine, ...] = ()
    answers: Answers = field(default_factory=Answers)

    @property
    def total_missing(self) -> Decimal:
        return tidy(self.total_required - self.total_counted)

    @property
    def complete(self) -> bool:
        """Whether no credits are missing, and no outcome of a plan that stands in for credits."""
        return self.total_missing == 0 and all(line.met for line in self.plans)

    @property
    def for_the_licence(self) -> Totals:
        """What the licence itself needs: without the parts that a unit asks for on top of the state."""
        parts = [line for line in self.categories if not line.is_local]
        return Totals(
            tidy(sum((line.required for line in parts), ZERO)), tidy(sum((line.counted for line in parts), ZERO))
        )

    @property
    def renews(self) -> bool:
        """Whether nothing is missing that the licence needs, whatever a unit asks on top."""
        return self.for_the_licence.missing == 0 and all(line.met for line in self.plans)


def ledger(policy: Policy, record: Record, *, on: date) -> Ledger:
    """Reckon a record under the version of the policy that rules its licence, as it stands on a day.

    Raises `NoRuleError` where the policy is silent about the licence, its role or its day of expiry.
    """
    return _ledger_of(policy, record.licence, record, on)


def ledgers(policy: Policy, record: Record, *, on: date) -> tuple[Ledger, ...]:
    """A ledger for every licence of a record, each by itself. Raises `NoRuleError` as `ledger` does."""
    return tuple(_ledger_of(policy, licence, record, on) for licence in record.licences)


def _ledger_of(policy: Policy, licence: Licence, record: Record, on: date) -> Ledger:
    if policy.licence_types and (licence_type := policy.licence_type(licence.kind)).settled:
        return _ledger_without_cycle(policy, licence, record, on, licence_type.rule, licence_type.settled)
    if not policy.asks_for_credits(licence):
        return _ledger_without_cycle(policy, licence, record, on, policy.rule, None)
    version = policy.version_for(licence, on)
    weighed = weigh(policy, licence, record, on)
    reckoned = Reckoning.of(policy, licence, record, version, weighed, on)
    explained = Explanation(reckoned)
    lines = explained.lines()
    return Ledger(
        on=on,
        version=version,
        cycle=reckoned.cycle,
        settled=None,
        total_required=tidy(sum(reckoned.wanted.values(), ZERO)),
        total_counted=tidy(sum(reckoned.counted.values(), ZERO)),
        categories=explained.categories(lines),
        lines=lines,
        missing=explained.missing(),
        next_date=explained.next_date(),
        notices=tuple(it for it in policy.notices if it.concerns(licence)),
        fills=explained.fills(),
        expiring=explained.expiring(),
        plans=reckoned.plans,
        answers=answers(policy, licence, record, weighed, on),
    )


def _ledger_without_cycle(
    policy: Policy, licence: Licence, record: Record, on: date, rule: Rule, settled: str | None
) -> Ledger:
    """The ledger of a licence of which no credits are asked: every credit is listed, none counts for a cycle."""
    weighed = weigh(policy, licence, record, on)
    why = settled or "This policy asks for no credits in a cycle."
    return Ledger(
        on=on,
        version=None,
        cycle=None,
        settled=settled,
        total_required=ZERO,
        total_counted=ZERO,
        categories=(),
        lines=tuple(uncounted(it, rule, why) for it in weighed),
        missing=(),
        next_date=None,
        notices=tuple(it for it in policy.notices if it.concerns(licence)),
        answers=answers(policy, licence, record, weighed, on),
    )
