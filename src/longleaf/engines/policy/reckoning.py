"""Reckoning one cycle in numbers: which credits count, for which parts, within which limits. Nothing is explained here.

What a credit fits and is worth is found once; giving credits to parts is left to `allocation`; sentences are made in
`ledger` from what stands here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Self

from longleaf.engines.policy.allocation import ZERO, Limit, allocate
from longleaf.engines.policy.limits import YEAR, nested
from longleaf.engines.policy.outcomes import PlanLine, Serving, ways_to_serve
from longleaf.engines.policy.policy import OF_YEAR, Cycle, Part, Policy, Version, Window
from longleaf.engines.policy.record import EarnedCredit, Licence, Record
from longleaf.engines.policy.rules import Rule, in_steps, months_before, spoken, tidy, told_in_steps, years_after
from longleaf.engines.policy.units import families, ways
from longleaf.engines.policy.values import Refusal, Weighed

Given = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Bound:
    """A limit with the rule behind it, and what is said where it is reached."""

    limit: Limit
    rule: Rule
    reached: str


@dataclass(frozen=True)
class Days:
    """The days of a cycle: credits from `carried_from` until `start` are carried over, none count after `last`."""

    carried_from: date
    start: date
    last: date


def days_of(window: Window, cycle: Cycle) -> Days:
    carry = window.carry_over
    return Days(
        carried_from=months_before(cycle.start, carry.months) if carry else cycle.start,
        start=cycle.start,
        last=cycle.end + timedelta(days=window.grace_days),
    )


@dataclass
class Reckoning:
    """One licence's credits given to the parts of its requirement, as of a day."""

    policy: Policy
    licence: Licence
    record: Record
    on: date
    version: Version
    parts: tuple[Part, ...]
    cycle: Cycle
    window: Window
    weighed: tuple[Weighed, ...]

    def __post_init__(self) -> None:
        self.by_id = {it.credit.id: it for it in self.weighed}
        self.kept_out: Mapping[str, Refusal] = {
            it.credit.id: refusal for it in self.weighed if (refusal := self._refusal(it))
        }
        self.made_of = families((it.credit for it in self.weighed), self.policy.units, self.policy.stacks)
        self.reasons = {it.credit.id: self._reasons(it.credit) for it in self.weighed}
        self._serve_plans()

    @classmethod
    def of(
        cls, policy: Policy, licence: Licence, record: Record, version: Version, weighed: tuple[Weighed, ...], on: date
    ) -> Self:
        """What a version asks of a licence, reckoned. Raises `NoRuleError` where it is silent about the licence."""
        assert policy.window is not None, "a policy that asks for credits says when"
        parts, cycle = policy.requirement_for(version, licence).parts, policy.cycle_of(version, licence, on)
        found = cls(policy, licence, record, on, version, parts, cycle, policy.window, weighed)
        if not any(line.ended for line in found.plans):
            return found
        # What was earned under a plan that ended counts by the plan or as credits, whichever leaves less to do.
        without = replace(record, plans=tuple(it for it in record.plans if not it.has_ended(on)))
        plainly = cls(policy, licence, without, on, version, parts, cycle, policy.window, weighed)
        return min(found, plainly, key=lambda it: it.lacking)

    @cached_property
    def _days(self) -> Days:
        return days_of(self.window, self.cycle)

    @property
    def last_day(self) -> date:
        return self._days.last

    @property
    def carried_from(self) -> date:
        """The first day from which credits are carried over into this cycle."""
        return self._days.carried_from

    def used(self, id: str) -> Decimal:
        """How much of a credit is taken, to the last part of a step."""
        return sum((amount for (one, _), amount in self.taken.items() if one == id), ZERO)

    def bound_reached(self, id: str) -> Bound | None:
        """The narrowest limit that keeps more of a credit from counting."""
        reached = [
            bound
            for bound in self.bounds
            if id in bound.limit.members and sum(map(self.used, bound.limit.members), ZERO) >= bound.limit.at_most
        ]
        return min(reached, key=lambda it: len(it.limit.members), default=None)

    def _refusal(self, it: Weighed) -> Refusal | None:
        """The first rule that keeps a credit out altogether: its day, its lack of value, a condition on all."""
        day, window = it.credit.earned_on, self.window
        if day < self.carried_from:
            return Refusal(window.rule, f"It was earned before this cycle began on {spoken(self.cycle.start)}.")
        if day > self.last_day:
            return Refusal(window.rule, self._too_late)
        if it.refusal and day > self.on:
            return it.refusal
        return it.refusal if it.value.amount else Refusal(it.rule, it.value.reason)

    @property
    def _too_late(self) -> str:
        end, last = spoken(self.cycle.end), spoken(self.last_day)
        if self.version.cycle == OF_YEAR:
            return f"It was earned after this year ended on {end}."
        grace = f" and the days of grace ended on {last}" if self.window.grace_days else ""
        return f"It was earned after the license expired on {end}{grace}. {self.window.after_expiry}".strip()

    @property
    def lacking(self) -> Decimal:
        """What is missing in all."""
        return sum(self.wanted.values(), ZERO) - sum(self.counted.values(), ZERO)

    def _serve_plans(self) -> None:
        """Reckon with the plans of this cycle, served in the way that leaves least to do; the first of several such."""
        self._reckon(())
        if self.policy.plans is None or not self.record.plans:
            return
        usable = [it for it in self.weighed if self._may_serve_a_plan(it)]
        parts = {part.category.code: part.credits for part in self.parts}
        bounds = self.bounds

        def alike(it: Weighed) -> Hashable:
            id = it.credit.id
            within = tuple(n for n, bound in enumerate(bounds) if id in bound.limit.members)
            gathered = tuple(stack for stack, pieces in self.made_of.items() if id == stack or id in pieces)
            return it.amount, id in self.kept_out, tuple(self.reasons[id]), within, gathered

        serving = Serving(self.policy.plans, usable, parts, self.on, self.cycle.start, alike)
        best: tuple[tuple[int, Decimal], tuple[PlanLine, ...]] | None = None
        for lines in ways_to_serve(serving, self.record.plans):
            self._reckon(lines)
            if best is None or self._left_to_do < best[0]:
                best = self._left_to_do, lines
            if best[0] <= self._least_to_do:
                break
        if best and best[1] is not self.plans:
            self._reckon(best[1])

    def _reckon(self, plans: tuple[PlanLine, ...]) -> None:
        """Reckon with some plans; what serves their outcomes does not count as hours too."""
        self.plans = plans
        self.refused = dict(self.kept_out)
        for line in plans:
            why = f"It serves the plan “{line.plan.title}” in place of hours."
            self.refused.update(dict.fromkeys(line.credit_ids, Refusal(line.rule, why)))
        self.wanted = {part.category.code: self._wanted(part) for part in self.parts}
        self.bounds = tuple(self._bounds())
        self.taken = self._best_way()
        self.given = self._in_steps(self.taken)
        self.counted = {part.category.code: self._sum_for(part) for part in self.parts}

    @property
    def _left_to_do(self) -> tuple[int, Decimal]:
        """What the outcomes of plans lack, and what the parts lack."""
        return sum(line.lacking for line in self.plans), self.lacking

    @property
    def _least_to_do(self) -> tuple[int, Decimal]:
        """What would be left to do if what serves plans counted as hours too: no way leaves less."""
        everything = self._allocate(it for it in self.weighed if it.credit.id not in self.kept_out)
        counted = in_steps(sum(everything.values(), ZERO))
        # Where one plan takes what another could have, the outcomes may lack less in another way.
        lacking = self.plans[0].lacking if len(self.plans) == 1 else 0
        return lacking, sum(self.wanted.values(), ZERO) - counted

    def _may_serve_a_plan(self, it: Weighed) -> bool:
        return it.refusal is None and self.cycle.start <= it.credit.earned_on <= self.last_day

    def _reasons(self, credit: EarnedCredit) -> Mapping[str, str]:
        """For each category that the credit fits, why; in the order in which categories are filled."""
        found = {
            part.category.code: part.takes.condition.why(credit, self.licence, part.category.code)
            for part in self.parts
        }
        return {code: why for code, why in found.items() if why}

    def _wanted(self, part: Part) -> Decimal:
        return part.credits - sum((line.set_aside.get(part.category.code, ZERO) for line in self.plans), ZERO)

    def _bounds(self) -> Iterator[Bound]:
        usable = [it.credit for it in self.weighed if it.credit.id not in self.refused]
        carry = self.window.carry_over
        if carry:
            carried = frozenset(it.id for it in usable if it.earned_on < self.cycle.start)
            most = self.policy.unit.amount(carry.at_most)
            yield Bound(Limit(carried, carry.at_most), carry.rule, f"at most {most} may be carried over")
        chains = nested(self.policy.caps)
        for cap in self.policy.caps:
            groups: dict[tuple[bool, date | None], set[str]] = defaultdict(set)
            for credit in usable:
                if all(it.takes(credit, self.licence) for it in chains[cap.rule.id]):
                    year = self.policy.year_start.of(credit.earned_on) if cap.per == YEAR else None
                    groups[credit.earned_on < self.cycle.start, year].add(credit.id)
            for (_, year), members in sorted(groups.items(), key=lambda it: (it[0][0], it[0][1] or date.min)):
                days = f", from {spoken(year)} to {spoken(years_after(year, 1) - timedelta(days=1))}" if year else ""
                most = self.policy.unit.amount(cap.at_most)
                yield Bound(
                    Limit(frozenset(members), cap.at_most), cap.rule, f"{cap.rule.title.rstrip('.')} ({most}{days})"
                )

    def _best_way(self) -> Given:
        """The way of counting stacks, as units or by their pieces, in which most counts; units where it is the same.

        Credits that fit few categories go first, so that fewer of the others must be split.
        """
        usable = [it for it in self.weighed if it.credit.id not in self.refused]
        usable.sort(key=lambda it: len(self.reasons[it.credit.id]))
        best: tuple[tuple[Decimal, ...], Given, frozenset[str]] | None = None
        for left_out in ways(self.made_of, [it.credit.id for it in usable]):
            taken = self._allocate(it for it in usable if it.credit.id not in left_out)
            reached = self._reached(taken)
            if best is None or reached > best[0]:
                best = reached, taken, left_out
        taken, left_out = (best[1], best[2]) if best else ({}, frozenset())
        self._refuse_pieces(left_out)
        return taken

    def _allocate(self, usable: Iterable[Weighed]) -> Given:
        amounts = {it.credit.id: it.amount for it in usable}
        return allocate(
            amounts=amounts,
            fits={id: tuple(self.reasons[id]) for id in amounts},
            wanted=self.wanted,
            limits=[bound.limit for bound in self.bounds],
        )

    def _in_steps(self, taken: Given) -> Given:
        """What is taken as it is told, so that what counts for the first so many parts is their sum in steps."""
        pairs = [(it.credit.id, code) for code in self.wanted for it in self.weighed]
        pairs = [pair for pair in pairs if pair in taken]
        shares = zip(pairs, told_in_steps(taken[pair] for pair in pairs), strict=True)
        return {pair: share for pair, share in shares if share}

    def _reached(self, taken: Given) -> tuple[Decimal, ...]:
        """How much counts in all, and then in each part, the first one first."""
        by_part = dict.fromkeys(self.wanted, ZERO)
        for (_, code), amount in self._in_steps(taken).items():
            by_part[code] += amount
        return (sum(by_part.values(), ZERO), *by_part.values())

    def _refuse_pieces(self, left_out: frozenset[str]) -> None:
        rule = self.policy.units.rule if self.policy.units else self.policy.rule
        counting = {id: pieces for id, pieces in self.made_of.items() if id not in left_out}
        for id in left_out:
            inside = [stack for stack, pieces in counting.items() if id in pieces]
            why = (
                f"It counts inside “{self.by_id[inside[0]].credit.title}”, which counts as a unit."
                if inside
                else "What it is made of counts for more than it does as a unit, and counts in its place."
            )
            self.refused[id] = Refusal(rule, why)

    def _sum_for(self, part: Part) -> Decimal:
        amounts = (amount for (_, code), amount in self.given.items() if code == part.category.code)
        return tidy(sum(amounts, ZERO))
