"""Explaining a reckoning: a line for every credit, what is missing and would fill it, and what lapses when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.policy import Part
from longleaf.engines.policy.reckoning import Reckoning
from longleaf.engines.policy.rules import Rule, in_steps, months_before, spoken, tidy, years_after
from longleaf.engines.policy.values import Valued, Weighed

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
    """One category: what it needs, has and lacks, what it takes, and the lines that count for it.

    `set_aside` is what a local plan sets aside of it; `required` is what is left. `is_local` says that a unit asks for
    it on top of the state.
    """

    code: str
    title: str
    required: Decimal
    counted: Decimal
    missing: Decimal
    takes: str
    rule: Rule
    lines: tuple[LedgerLine, ...]
    set_aside: Decimal = ZERO
    is_local: bool = False


@dataclass(frozen=True)
class NextDate:
    """The next day that matters, and what it is."""

    day: date
    sentence: str


@dataclass(frozen=True)
class Fill:
    """What would fill what a category lacks: how much, by which day, and which credits.

    `takes` says it in words, and `seek` is the condition as the document says it, so that a catalog can be searched.
    """

    code: str
    title: str
    credits: Decimal
    by: date
    takes: str
    seek: object
    rule: Rule


@dataclass(frozen=True)
class Expiry:
    """Credits that are not needed now, and the day after which they no longer count anywhere."""

    credit_id: str
    amount: Decimal
    day: date
    sentence: str


@dataclass(frozen=True)
class Explanation:
    """The sentences of one reckoning."""

    of: Reckoning

    def lines(self) -> tuple[LedgerLine, ...]:
        return tuple(line for it in self.of.weighed for line in self._lines(it))

    def categories(self, lines: tuple[LedgerLine, ...]) -> tuple[CategoryLine, ...]:
        return tuple(self._category_line(part, lines) for part in self.of.parts)

    def missing(self) -> tuple[str, ...]:
        unit = self.of.policy.unit
        credits = (
            f"{part.category.title} still needs {unit.amount(lacking)}. It takes {part.takes.condition.wanted}."
            for part in self.of.parts
            if (lacking := self._lacks(part))
        )
        return (*credits, *(sentence for plan in self.of.plans for sentence in plan.missing))

    def fills(self) -> tuple[Fill, ...]:
        return tuple(
            Fill(
                code=part.category.code,
                title=part.category.title,
                credits=tidy(lacking),
                by=self.of.last_day,
                takes=part.takes.condition.wanted,
                seek=part.takes.document,
                rule=part.takes.rule,
            )
            for part in self.of.parts
            if (lacking := self._lacks(part))
        )

    def expiring(self) -> tuple[Expiry, ...]:
        """What of this cycle's credits is left over, and until when it can still be of use."""
        left = ((it, self._left_of(it)) for it in self.of.weighed if self._is_spare(it))
        return tuple(self._expiry(it, amount) for it, amount in left if amount > 0)

    def next_date(self) -> NextDate:
        of, end = self.of, self.of.cycle.end
        lacking = sum((self._lacks(part) for part in of.parts), ZERO)
        if of.on > of.last_day or (of.on > end and not lacking):
            return NextDate(end, f"The license expired on {spoken(end)}.")
        if of.on > end:
            amount, last = of.policy.unit.amount(lacking), spoken(of.last_day)
            sentence = f"The license expired on {spoken(end)}; {amount} may still be earned by {last}."
            return NextDate(of.last_day, sentence)
        if lacking:
            amount = of.policy.unit.amount(lacking)
            return NextDate(end, f"{amount} must be earned by {spoken(end)}, {_days_left(of.on, end)}.")
        fresh = end + timedelta(days=1)
        return NextDate(end, f"Nothing is missing; credits earned from {spoken(fresh)} count for the next cycle.")

    def _lines(self, it: Weighed) -> Iterable[LedgerLine]:
        of, id = self.of, it.credit.id
        refusal = of.refused.get(id)
        if refusal:
            yield uncounted(it, refusal.rule, refusal.why)
            return
        shares = [part for part in of.parts if (id, part.category.code) in of.given]
        for part in shares:
            yield self._share(it, part, is_split=len(shares) > 1)
        left = self._left_of(it)
        if left > 0 or not shares:
            yield self._left_over(it, left)

    def _left_of(self, it: Weighed) -> Decimal:
        return in_steps(it.amount - self.of.used(it.credit.id))

    def _share(self, it: Weighed, part: Part, *, is_split: bool) -> LedgerLine:
        of, code, title = self.of, part.category.code, part.category.title
        counted = of.given[it.credit.id, code]
        why = of.reasons[it.credit.id][code]
        reason = f"{it.value.reason} Counts {of.policy.unit.amount(counted)} for {title}: {why}."
        if is_split and of.policy.splitting:
            reason += f" {of.policy.splitting.title}."
        if it.credit.earned_on < of.cycle.start and of.window.carry_over:
            reason += f" {of.window.carry_over.rule.title.rstrip('.')}."
        return _line(it, code, counted, part.rule, reason, self._why_not_others(it))

    def _why_not_others(self, it: Weighed) -> str | None:
        """Why the credit does not count where credits are still missing."""
        fits = self.of.reasons[it.credit.id]
        others = [part for part in self.of.parts if self._lacks(part) and part.category.code not in fits]
        return (
            " ".join(f"Not for {it.category.title}, which takes {it.takes.condition.wanted}." for it in others) or None
        )

    def _left_over(self, it: Weighed, left: Decimal) -> LedgerLine:
        of = self.of
        fits = [part for part in of.parts if part.category.code in of.reasons[it.credit.id]]
        bound = of.bound_reached(it.credit.id) if any(map(self._lacks, fits)) else None
        rule = bound.rule if bound else fits[-1].rule if fits else of.version.rule
        if bound:
            state = f"not counted: {bound.reached}."
        elif fits:
            state = "not needed: everything that it fits is full already."
        else:
            state = "not counted: it fits no category."
        why = " ".join(filter(None, (f"{of.policy.unit.amount(left)} {state}", self._why_not_others(it))))
        return _line(it, None, ZERO, rule, it.value.reason, why)

    def _category_line(self, part: Part, lines: tuple[LedgerLine, ...]) -> CategoryLine:
        code = part.category.code
        required, counted = self.of.wanted[code], self.of.counted[code]
        return CategoryLine(
            code=code,
            title=part.category.title,
            required=required,
            counted=counted,
            missing=tidy(required - counted),
            takes=part.takes.condition.wanted,
            rule=part.rule,
            lines=tuple(line for line in lines if line.category == code),
            set_aside=tidy(part.credits - required),
            is_local=part.is_local,
        )

    def _lacks(self, part: Part) -> Decimal:
        return self.of.wanted[part.category.code] - self.of.counted[part.category.code]

    def _is_spare(self, it: Weighed) -> bool:
        return it.credit.id not in self.of.refused and it.credit.earned_on >= self.of.cycle.start

    def _expiry(self, it: Weighed, amount: Decimal) -> Expiry:
        of = self.of
        told, carry, end = of.policy.unit.amount(amount), of.window.carry_over, of.cycle.end
        fresh = end + timedelta(days=1)
        if carry and it.credit.earned_on >= months_before(fresh, carry.months):
            until = years_after(end, of.version.cycle_years)
            sentence = f"{told} may be carried over: {carry.rule.title.rstrip('.')}."
            return Expiry(it.credit.id, amount, until, sentence)
        return Expiry(it.credit.id, amount, end, f"{told} not needed now; after {spoken(end)} they count nowhere.")


def uncounted(it: Weighed, rule: Rule, why: str) -> LedgerLine:
    """The line of a credit that counts for nothing, by the rule that says so."""
    return _line(it, None, ZERO, rule, _worth_of(it.value), why)


def _line(it: Weighed, category: str | None, counted: Decimal, rule: Rule, reason: str, why: str | None) -> LedgerLine:
    return LedgerLine(
        credit_id=it.credit.id,
        title=it.credit.title,
        kind=it.credit.kind,
        earned_on=it.credit.earned_on,
        amount=None if it.value.amount is None else in_steps(it.value.amount),
        category=category,
        counted=tidy(counted),
        rule=rule,
        value_rule=it.rule,
        reason=reason,
        why_not=why,
    )


def _worth_of(value: Valued) -> str:
    return "It has no value yet." if value.amount is None else value.reason


def _days_left(on: date, end: date) -> str:
    """How far off a day is, in the largest unit that still says enough: nobody plans by 1,316 days."""
    days = (end - on).days
    months = (end.year - on.year) * 12 + end.month - on.month - (end.day < on.day)
    if months >= MONTHS_TOLD_AS_YEARS:
        return f"more than {months // 12} years from now"
    if months > MONTHS_TOLD_AS_DAYS:
        return f"{months} months from now"
    return {0: "which is today", 1: "which is tomorrow"}.get(days, f"{days} days from now")
