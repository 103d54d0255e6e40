"""The ledger of one licence period: what each credit counts for, by which rule, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO, allocate
from longleaf.engines.policy.policy import Cycle, Notice, Part, Policy, Version
from longleaf.engines.policy.record import EarnedCredit, Record
from longleaf.engines.policy.rules import Rule, spoken, tidy
from longleaf.engines.policy.values import Valued

# Up to the first a stretch of time is told in days, from the second on in years, between them in months.
MONTHS_TOLD_AS_DAYS = 2
MONTHS_TOLD_AS_YEARS = 24


@dataclass(frozen=True)
class LedgerLine:
    """One credit, or the share of it that goes to one category.

    `amount` is what the whole credit is worth (None while it has no value), `counted` what this line adds;
    `category` is None where nothing is counted. `rule` decided the line, `value_rule` gave the credit its
    value. `reason` says why it counts, or what it is worth; `why_not` why it does not count, or not for a
    category that still lacks credits.
    """

    credit_id: str
    title: str
    kind: str
    earned_on: date
    amount: Decimal | None
    category: str | None
    counted: Decimal
    rule: Rule
    value_rule: Rule
    reason: str
    why_not: str | None = None


@dataclass(frozen=True)
class CategoryLine:
    """One category: what it needs, has and lacks, what it takes, and the lines that count for it."""

    code: str
    title: str
    required: Decimal
    counted: Decimal
    missing: Decimal
    takes: str
    rule: Rule
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True)
class NextDate:
    """The next day that matters, and what it is."""

    day: date
    sentence: str


@dataclass(frozen=True)
class Ledger:
    """A whole ledger as of a day.

    `settled` explains why no credits are asked of this licence; then there is no version, cycle or category.
    The counted amounts of the lines add up to `total_counted`, in each category and in all.
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

    @property
    def total_missing(self) -> Decimal:
        return tidy(self.total_required - self.total_counted)

    @property
    def complete(self) -> bool:
        return self.total_missing == 0


def ledger(policy: Policy, record: Record, *, on: date) -> Ledger:
    """Reckon a record under the version of the policy that rules its licence, as it stands on a day.

    Raises `NoRuleError` where the policy is silent about the licence, its role or its day of expiry.
    """
    settled = policy.licence_type(record.licence.kind).settled
    if settled:
        return _settled_ledger(policy, record, on, settled)
    version = policy.version_for(record.licence, on)
    parts = policy.requirement_for(version, record.licence).parts
    cycle = policy.cycle_of(version, record.licence)
    return _Reckoning(policy, record, on, version, parts, cycle).ledger()


@dataclass(frozen=True)
class _Refusal:
    """Why a credit counts for nothing, and the rule that says so."""

    rule: Rule
    why: str


@dataclass
class _Reckoning:
    policy: Policy
    record: Record
    on: date
    version: Version
    parts: tuple[Part, ...]
    cycle: Cycle

    def __post_init__(self) -> None:
        self.credits = sorted(self.record.credits, key=lambda it: (it.earned_on, it.id))
        self.values = {it.id: _value(self.policy, self.record, it) for it in self.credits}
        self.refused = {it.id: refusal for it in self.credits if (refusal := self._refusal(it))}
        self.reasons = {it.id: self._reasons(it) for it in self.credits}
        self.given = self._given()
        self.counted = {part.category.code: self._sum_for(part) for part in self.parts}

    def ledger(self) -> Ledger:
        lines = tuple(line for credit in self.credits for line in self._lines(credit))
        counted = sum(self.counted.values(), ZERO)
        return Ledger(
            on=self.on,
            version=self.version,
            cycle=self.cycle,
            settled=None,
            total_required=self.version.total,
            total_counted=tidy(counted),
            categories=tuple(self._category_line(part, lines) for part in self.parts),
            lines=lines,
            missing=tuple(self._missing_sentences()),
            next_date=self._next_date(self.version.total - counted),
            notices=tuple(it for it in self.policy.notices if it.concerns(self.record.licence)),
        )

    def _refusal(self, credit: EarnedCredit) -> _Refusal | None:
        """The first rule that keeps a credit out altogether: its day, or its lack of value."""
        window, rule_and_value = self.policy.window, self.values[credit.id]
        if credit.earned_on < self.cycle.start:
            why = f"It was earned before this cycle began on {spoken(self.cycle.start)}."
            return _Refusal(window.rule, why)
        if credit.earned_on > self.cycle.end:
            why = f"It was earned after the license expired on {spoken(self.cycle.end)}. {window.after_expiry}"
            return _Refusal(window.rule, why.strip())
        if credit.earned_on > self.on:
            why = f"It is dated {spoken(credit.earned_on)}, after the day of this ledger, {spoken(self.on)}."
            return _Refusal(window.rule, why)
        rule, value = rule_and_value
        return None if value.amount else _Refusal(rule, value.reason)

    def _reasons(self, credit: EarnedCredit) -> Mapping[str, str]:
        """For each category that the credit fits, why; in the order in which categories are filled."""
        found = {
            part.category.code: part.takes.condition.why(credit, self.record.licence, part.category.code)
            for part in self.parts
        }
        return {code: why for code, why in found.items() if why}

    def _given(self) -> dict[tuple[str, str], Decimal]:
        """Credits that fit few categories go first, so that fewer of the others must be split."""
        usable = [it for it in self.credits if it.id not in self.refused]
        usable.sort(key=lambda it: len(self.reasons[it.id]))
        return allocate(
            amounts={it.id: self.values[it.id][1].amount or ZERO for it in usable},
            fits={it.id: tuple(self.reasons[it.id]) for it in usable},
            wanted={part.category.code: part.credits for part in self.parts},
        )

    def _sum_for(self, part: Part) -> Decimal:
        amounts = (amount for (_, code), amount in self.given.items() if code == part.category.code)
        return tidy(sum(amounts, ZERO))

    def _lines(self, credit: EarnedCredit) -> Iterable[LedgerLine]:
        refusal = self.refused.get(credit.id)
        if refusal:
            yield self._line(credit, None, ZERO, refusal.rule, _worth_of(self.values[credit.id][1]), refusal.why)
            return
        shares = [part for part in self.parts if (credit.id, part.category.code) in self.given]
        for part in shares:
            yield self._share(credit, part, is_split=len(shares) > 1)
        left = (self.values[credit.id][1].amount or ZERO) - self._used(credit)
        if left > 0:
            yield self._left_over(credit, left)

    def _used(self, credit: EarnedCredit) -> Decimal:
        return sum((amount for (id, _), amount in self.given.items() if id == credit.id), ZERO)

    def _share(self, credit: EarnedCredit, part: Part, *, is_split: bool) -> LedgerLine:
        code, title = part.category.code, part.category.title
        counted = self.given[credit.id, code]
        worth, why = self.values[credit.id][1].reason, self.reasons[credit.id][code]
        reason = f"{worth} Counts {self.policy.unit.amount(counted)} for {title}: {why}."
        if is_split:
            reason += f" {self.policy.splitting.title}."
        return self._line(credit, code, counted, part.rule, reason, self._why_not_others(credit))

    def _why_not_others(self, credit: EarnedCredit) -> str | None:
        """Why the credit does not count where credits are still missing."""
        fits = self.reasons[credit.id]
        others = [part for part in self.parts if self._lacks(part) and part.category.code not in fits]
        return (
            " ".join(f"Not for {it.category.title}, which takes {it.takes.condition.wanted}." for it in others) or None
        )

    def _left_over(self, credit: EarnedCredit, left: Decimal) -> LedgerLine:
        fits = [part for part in self.parts if part.category.code in self.reasons[credit.id]]
        amount = self.policy.unit.amount(left)
        rule = fits[-1].rule if fits else self.version.rule
        state = "not needed: everything that it fits is full already." if fits else "not counted: it fits no category."
        why = " ".join(filter(None, (f"{amount} {state}", self._why_not_others(credit))))
        return self._line(credit, None, ZERO, rule, self.values[credit.id][1].reason, why)

    def _line(
        self, credit: EarnedCredit, category: str | None, counted: Decimal, rule: Rule, reason: str, why: str | None
    ) -> LedgerLine:
        value_rule, value = self.values[credit.id]
        return LedgerLine(
            credit_id=credit.id,
            title=credit.title,
            kind=credit.kind,
            earned_on=credit.earned_on,
            amount=value.amount,
            category=category,
            counted=tidy(counted),
            rule=rule,
            value_rule=value_rule,
            reason=reason,
            why_not=why,
        )

    def _category_line(self, part: Part, lines: tuple[LedgerLine, ...]) -> CategoryLine:
        counted = self.counted[part.category.code]
        return CategoryLine(
            code=part.category.code,
            title=part.category.title,
            required=part.credits,
            counted=counted,
            missing=tidy(part.credits - counted),
            takes=part.takes.condition.wanted,
            rule=part.rule,
            lines=tuple(line for line in lines if line.category == part.category.code),
        )

    def _lacks(self, part: Part) -> Decimal:
        return part.credits - self.counted[part.category.code]

    def _missing_sentences(self) -> Iterable[str]:
        for part in self.parts:
            lacking = self._lacks(part)
            if lacking:
                amount, title = self.policy.unit.amount(lacking), part.category.title
                yield f"{title} still needs {amount}. It takes {part.takes.condition.wanted}."

    def _next_date(self, lacking: Decimal) -> NextDate:
        end = self.cycle.end
        if self.on > end:
            return NextDate(end, f"The license expired on {spoken(end)}.")
        if lacking:
            amount = self.policy.unit.amount(lacking)
            return NextDate(end, f"{amount} must be earned by {spoken(end)}, {_days_left(self.on, end)}.")
        fresh = end + timedelta(days=1)
        return NextDate(end, f"Nothing is missing; credits earned from {spoken(fresh)} count for the next cycle.")


def _days_left(on: date, end: date) -> str:
    """How far off a day is, in the largest unit that still says enough: nobody plans by 1,316 days."""
    days = (end - on).days
    months = (end.year - on.year) * 12 + end.month - on.month - (end.day < on.day)
    if months >= MONTHS_TOLD_AS_YEARS:
        return f"more than {months // 12} years from now"
    if months > MONTHS_TOLD_AS_DAYS:
        return f"{months} months from now"
    return {0: "which is today", 1: "which is tomorrow"}.get(days, f"{days} days from now")


def _value(policy: Policy, record: Record, credit: EarnedCredit) -> tuple[Rule, Valued]:
    """What a credit is worth, and the rule that says so; where none does, the policy as a whole."""
    found = policy.value_rule_for(credit, record.licence)
    kind = policy.kind(credit.kind)
    if kind is None:
        return policy.rule, Valued(None, f"“{credit.kind}” is not a kind of credit that this policy knows.")
    if found is None:
        return policy.rule, Valued(None, f"The policy gives no value to “{kind.title}” for this license and day.")
    return found.rule, found.worth.of(credit, kind.measure, policy.unit)


def _worth_of(value: Valued) -> str:
    return "It has no value yet." if value.amount is None else value.reason


def _settled_ledger(policy: Policy, record: Record, on: date, settled: str) -> Ledger:
    """The ledger of a licence that credits do not renew: every credit is listed, none is asked for."""
    licence_type = policy.licence_type(record.licence.kind)
    credits = sorted(record.credits, key=lambda it: (it.earned_on, it.id))
    return Ledger(
        on=on,
        version=None,
        cycle=None,
        settled=settled,
        total_required=ZERO,
        total_counted=ZERO,
        categories=(),
        lines=tuple(_uncounted(policy, record, credit, licence_type.rule, settled) for credit in credits),
        missing=(),
        next_date=None,
        notices=tuple(it for it in policy.notices if it.concerns(record.licence)),
    )


def _uncounted(policy: Policy, record: Record, credit: EarnedCredit, rule: Rule, why: str) -> LedgerLine:
    value_rule, value = _value(policy, record, credit)
    return LedgerLine(
        credit_id=credit.id,
        title=credit.title,
        kind=credit.kind,
        earned_on=credit.earned_on,
        amount=value.amount,
        category=None,
        counted=ZERO,
        rule=rule,
        value_rule=value_rule,
        reason=_worth_of(value),
        why_not=why,
    )
