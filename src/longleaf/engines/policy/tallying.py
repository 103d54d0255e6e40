"""Tallies: the totals of ledgers, without lines or reasons, for as many people as a state has.

`tally` gives for one record just what `ledger` adds up to. A `Tallier` gives the same for many records as of one day:
what a shape of credit is worth and where it fits under the rules for a sort of licence is found once, by the same code
as in a ledger, and kept. What is met beside credits is found likewise (`meeting`). Where a record needs more than
totals (stacks that count as units, local plans, amounts that are too fine), the whole reckoning is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from longleaf.engines.policy.allocation import ZERO
from longleaf.engines.policy.answers import Answers, answers
from longleaf.engines.policy.bands import Bands
from longleaf.engines.policy.filling import MOST_PARTS, Chain, Filling, Heap
from longleaf.engines.policy.limits import YEAR, nested
from longleaf.engines.policy.meeting import Concerned, Pieces
from longleaf.engines.policy.policy import Policy, Version
from longleaf.engines.policy.reckoning import Reckoning, days_of
from longleaf.engines.policy.record import Approval, EarnedCredit, Licence, Plan, Record
from longleaf.engines.policy.rules import FINEST, NoRuleError, tidy, told_in_steps
from longleaf.engines.policy.shapes import Earned, Shapes
from longleaf.engines.policy.weighing import weigh, weigh_one

# Of one sort of licence so many different tallies are kept; then they are let go and found anew.
MOST_KEPT = 200_000
CARRY = 0


@dataclass(frozen=True, slots=True)
class CategoryTally:
    """How much of one category is required and counted, as a ledger says it of the same category."""

    code: str
    required: Decimal
    counted: Decimal

    @property
    def missing(self) -> Decimal:
        return tidy(self.required - self.counted)


@dataclass(frozen=True, slots=True)
class Tally:
    """The totals of a ledger. `version` is empty where no credits are asked of the licence.

    `met` are the ids of the results whose needs are met, `owed` those of obligations that are not, `climbed` the
    amounts on ladders by the ladder's id. `plans_met` is false where a local plan stands in for credits and still asks
    for something. Many people share one object.
    """

    version: str = ""
    required: Decimal = ZERO
    counted: Decimal = ZERO
    categories: tuple[CategoryTally, ...] = ()
    met: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    climbed: tuple[tuple[str, Decimal], ...] = ()
    plans_met: bool = True

    @property
    def missing(self) -> Decimal:
        return tidy(self.required - self.counted)

    @property
    def complete(self) -> bool:
        return self.required == self.counted and self.plans_met


class TooFine(ArithmeticError):
    """An amount that is no whole number of the smallest parts."""


def tally(policy: Policy, record: Record, *, on: date) -> Tally:
    """The totals of the ledger of a record as of a day. Raises `NoRuleError` as `ledger` does."""
    return Tallier(policy, on=on).tally(record)


class Tallier:
    """Tallies many records under one policy as of one day.

    Talliers that are given the same `shapes` take the same credits.
    """

    def __init__(self, policy: Policy, *, on: date, shapes: Shapes | None = None) -> None:
        self.policy, self.on = policy, on
        self.shapes = Shapes() if shapes is None else shapes
        self._bands = Bands(policy, on)
        self._spans = tuple(dict.fromkeys(it.licences_expiring for it in policy.values))
        self._answers_something = bool(policy.results or policy.obligations or policy.ladders)
        self._under: dict[tuple[object, ...], _Under | NoRuleError] = {}
        self._sorts: dict[tuple[object, ...], _Sort] = {}
        self._pieces: dict[tuple[object, ...], Pieces] = {}

    def tally(self, record: Record) -> Tally:
        """The totals of the ledger of one record. Raises `NoRuleError` as `ledger` does."""
        if record.plans or any(it.pieces for it in record.credits):
            return self._reckoned(record)
        return self.of(record.licence, [(self.shapes.of(it), it.earned_on) for it in record.credits], record)

    def of(
        self,
        licence: Licence,
        earned: Sequence[Earned],
        record: Record | None = None,
        *,
        plans: tuple[Plan, ...] = (),
        approvals: tuple[Approval, ...] = (),
    ) -> Tally:
        """The totals for a licence, credits by their shapes, local plans and what was signed for the person.

        `record` is the same as a record, where there is one already. Credits of one day are taken to stand in the order
        in which a ledger takes them. Raises `NoRuleError` as `ledger` does.
        """

        def whole() -> Record:
            return record or Record(licence, self.shapes.credits(earned), approvals, plans)

        if plans:
            return self._reckoned(whole())
        under = self._rules_for(licence)
        sort = under.sort
        if sort is None:
            found: Tally | None = NOTHING_ASKED
        else:
            found = None if self._has_stacks(earned) else sort.tally(earned, under, self._bands)
        if found is None:
            return self._reckoned(whole())
        if not self._answers_something:
            return found
        if under.concerned is None or self._has_stacks(earned):
            return self._with_answers(found, whole())
        met, owed, climbed = under.concerned.answers(earned, record.approvals if record else approvals)
        return replace(found, met=met, owed=owed, climbed=climbed) if met or owed or climbed else found

    def _rules_for(self, licence: Licence) -> _Under:
        scores = tuple(licence.scores.items()) if licence.scores else ()
        key = (licence.kind, licence.role, licence.issued, licence.expires, licence.areas, scores)
        found = self._under.get(key)
        if found is None:
            try:
                found = self._find_rules(licence)
            except NoRuleError as silent:
                found = silent
            self._under[key] = found
        if isinstance(found, NoRuleError):
            raise NoRuleError(str(found))
        return found

    def _find_rules(self, licence: Licence) -> _Under:
        policy = self.policy
        covered = licence.expires and tuple(span.covers(licence.expires) for span in self._spans)
        concerned = self._concerned(licence, covered)
        if not policy.asks_for_credits(licence):
            return _Under(None, date.max, date.max, date.min, concerned)
        assert policy.window is not None, "a policy that asks for credits says when"
        version = policy.version_for(licence, self.on)
        days = days_of(policy.window, policy.cycle_of(version, licence, self.on))
        key = (licence.kind, licence.role, licence.areas, version.id, covered)
        if key not in self._sorts:
            self._sorts[key] = _Sort(policy, licence, version, self.on, self.shapes)
        return _Under(self._sorts[key], days.carried_from, days.start, days.last, concerned)

    def _concerned(self, licence: Licence, covered: object) -> Concerned | None:
        if not self._answers_something:
            return None
        key = (licence.areas, covered)
        if key not in self._pieces:
            self._pieces[key] = Pieces(self.policy, licence, self.on, self.shapes, self._bands)
        return Concerned.of(self._pieces[key], licence)

    def _has_stacks(self, earned: Iterable[Earned]) -> bool:
        units = self.policy.units
        return units is not None and any(self.shapes.kind(number) in units.of for number, _ in earned)

    def _reckoned(self, record: Record) -> Tally:
        """The totals of a record by the whole reckoning."""
        policy, licence, on = self.policy, record.licence, self.on
        if not policy.asks_for_credits(licence):
            return self._with_answers(NOTHING_ASKED, record)
        version = policy.version_for(licence, on)
        found = Reckoning.of(policy, licence, record, version, weigh(policy, licence, record, on), on)
        categories = tuple(
            CategoryTally(code, required, found.counted[code]) for code, required in found.wanted.items()
        )
        total = _total(version.id, categories, plans_met=all(line.met for line in found.plans))
        return self._with_answers(total, record)

    def _with_answers(self, found: Tally, record: Record) -> Tally:
        if not self._answers_something:
            return found
        weighed = weigh(self.policy, record.licence, record, self.on)
        return _answered(found, answers(self.policy, record.licence, record, weighed, self.on))


NOTHING_ASKED = Tally()


@dataclass(frozen=True, slots=True)
class _Under:
    """The rules for licences of one sort, and the days of one cycle; credits from `first` until `start` are carried."""

    sort: _Sort | None
    first: date
    start: date
    last: date
    concerned: Concerned | None


class _Sort:
    """One sort of licence under a policy: what shapes of credits are worth to it, and the tallies found so far."""

    def __init__(self, policy: Policy, licence: Licence, version: Version, on: date, shapes: Shapes) -> None:
        self.policy, self.licence, self.version, self.on, self.shapes = policy, licence, version, on, shapes
        self.parts = policy.requirement_for(version, licence).parts
        self.limits: dict[int, int] = {}
        self.filling = self._filling()
        self.heaps: dict[Heap, int] = {}
        self.rooms: list[int] = []
        # By shape and band: the heap, the amount, and the heap where it is carried over; None where nothing counts.
        self.weighed: dict[tuple[int, int], tuple[int, int, int] | None] = {}
        self.found: dict[tuple[tuple[int, int], ...], Tally] = {}
        self._nodes: dict[tuple[str, bool, date | None], int] = {}
        chains = nested(policy.caps)
        self._caps = sorted(((cap, chains[cap.rule.id]) for cap in policy.caps), key=lambda it: len(it[1]))

    def tally(self, earned: Iterable[Earned], under: _Under, bands: Bands) -> Tally | None:
        """The totals, or None where they cannot be found in whole numbers."""
        if self.filling is None:
            return None
        amounts: dict[int, int] = {}
        first, start, last, weighed = under.first, under.start, under.last, self.weighed
        try:
            for number, day in earned:
                if first <= day <= last:
                    key = number, bands[day]
                    piece = weighed[key] if key in weighed else self._weigh(key, day)
                    if piece is not None:
                        heap = piece[0] if day >= start else piece[2]
                        amounts[heap] = amounts.get(heap, 0) + piece[1]
        except TooFine:
            return None
        rooms = self.rooms
        heaps = tuple(
            [(heap, amount if amount < rooms[heap] else rooms[heap]) for heap, amount in sorted(amounts.items())]
        )
        return self.found.get(heaps) or self._fill(self.filling, heaps)

    def _filling(self) -> Filling | None:
        """What is wanted in the smallest parts; None where that cannot be said."""
        codes = {part.category.code for part in self.parts}
        if len(codes) < len(self.parts) or len(codes) > MOST_PARTS:
            return None
        try:
            if self.policy.window and self.policy.window.carry_over:
                self.limits[CARRY] = _finest(self.policy.window.carry_over.at_most)
            return Filling(tuple(_finest(part.credits) for part in self.parts), self.limits)
        except TooFine:
            return None

    def _weigh(self, key: tuple[int, int], day: date) -> tuple[int, int, int] | None:
        """What credits of a shape are worth on the days of a band, by the code of a ledger."""
        credit = self.shapes.credit(key[0], day)
        found = weigh_one(self.policy, self.licence, credit, self.on)
        fits = sum(
            1 << place
            for place, part in enumerate(self.parts)
            if part.takes.condition.why(found.credit, self.licence, part.category.code)
        )
        piece = None
        if fits and found.amount:
            usual, carried = (Heap(fits, self._within(found.credit, is_carried)) for is_carried in (False, True))
            piece = self._number(usual), _finest(found.amount), self._number(carried)
        self.weighed[key] = piece
        return piece

    def _number(self, heap: Heap) -> int:
        if heap not in self.heaps:
            assert self.filling is not None, "nothing is weighed without it"
            self.heaps[heap] = len(self.heaps)
            self.rooms.append(self.filling.room(heap.fits))
        return self.heaps[heap]

    def _within(self, credit: EarnedCredit, is_carried: bool) -> Chain:
        """The limits that a credit lies in, from the widest to the narrowest."""
        chain = [CARRY] if is_carried and CARRY in self.limits else []
        for cap, wider in self._caps:
            if all(it.takes(credit, self.licence) for it in wider):
                year = self.policy.year_start.of(credit.earned_on) if cap.per == YEAR else None
                node = self._nodes.setdefault((cap.rule.id, is_carried, year), len(self._nodes) + 1)
                self.limits[node] = _finest(cap.at_most)
                chain.append(node)
        return tuple(chain)

    def _fill(self, filling: Filling, heaps: tuple[tuple[int, int], ...]) -> Tally:
        named = list(self.heaps)
        counted = filling.filled([(named[number], amount) for number, amount in heaps])
        told = told_in_steps(number * FINEST for number in counted)
        categories = tuple(
            CategoryTally(part.category.code, part.credits, amount)
            for part, amount in zip(self.parts, told, strict=True)
        )
        if len(self.found) >= MOST_KEPT:
            self.found.clear()
        self.found[heaps] = _total(self.version.id, categories)
        return self.found[heaps]


def _total(version: str, categories: tuple[CategoryTally, ...], *, plans_met: bool = True) -> Tally:
    required = tidy(sum((it.required for it in categories), ZERO))
    counted = tidy(sum((it.counted for it in categories), ZERO))
    return Tally(version, required, counted, categories, plans_met=plans_met)


def _answered(found: Tally, given: Answers) -> Tally:
    return replace(
        found,
        met=tuple(it.rule.id for it in given.results if it.met),
        owed=tuple(it.rule.id for it in given.obligations if not it.met),
        climbed=tuple((it.rule.id, it.amount) for it in given.climbs),
    )


def _finest(amount: Decimal) -> int:
    """An amount in the smallest parts. Raises `TooFine` where it is between two."""
    number = int(amount / FINEST)
    if number * FINEST != amount:
        raise TooFine(amount)
    return number
