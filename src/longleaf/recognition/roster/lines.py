"""One line of a roster: how somebody's cycle stands, and what its credits rest on. Plain values, no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from longleaf.recognition.beside import is_late
from longleaf.recognition.status import CycleStanding

if TYPE_CHECKING:
    from longleaf.engines import policy as engine
    from longleaf.recognition.ledgers import Standing
    from longleaf.recognition.practice import Practice

ZERO = Decimal(0)


@dataclass(frozen=True)
class Spent:
    """Counted credits by what they rest on: time spent, or competency shown."""

    time: Decimal = ZERO
    competency: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.time + self.competency

    @property
    def share_of_competency(self) -> int | None:
        """In whole percent; None where nothing is counted."""
        return int(self.competency * 100 / self.total) if self.total else None

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.time + other.time, self.competency + other.competency)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a policy asks beside credits and that is not met yet, and the day by which it is due."""

    title: str
    due: date | None
    is_late: bool


@dataclass(frozen=True)
class RosterLine:
    """How one educator stands. `problem` says why there is no ledger; `by_year` is what was counted, by year earned.

    What is required, counted and missing is what the licence needs, without what a unit asks on top. `given` says which
    results are met and which steps of ladders are reached, `owed` which obligations are not met.
    `unit` is the code of their employer.
    """

    ref: str
    name: str
    is_synthetic: bool
    standing: CycleStanding
    licence_kind: str = ""
    licence_title: str = ""
    role: str = ""
    cycle_start: date | None = None
    cycle_end: date | None = None
    required: Decimal = ZERO
    counted: Decimal = ZERO
    missing: Decimal = ZERO
    by_year: Mapping[int, Spent] = field(default_factory=dict)
    problem: str = ""
    ledger: engine.Ledger | None = None
    given: tuple[str, ...] = ()
    owed: tuple[Owed, ...] = ()
    unit: str = ""

    @property
    def spent(self) -> Spent:
        return sum(self.by_year.values(), Spent())


def line_of(person: tuple[str, str, bool], standing: Standing, *, on: date, practice: Practice) -> RosterLine:
    """The line of a person (reference, name, whether synthetic) whose standing was reckoned on a day."""
    ref, name, is_synthetic = person
    licence, ledger = standing.licence, standing.ledger
    if licence is None or ledger is None:
        word = CycleStanding.NO_LICENCE if licence is None else CycleStanding.NO_RULE
        end = licence.expires if licence else None
        return RosterLine(ref, name, is_synthetic, word, cycle_end=end, problem=standing.problem)
    assert standing.policy is not None
    return RosterLine(
        ref,
        name,
        is_synthetic,
        standing=cycle_standing(ledger, on=on, practice=practice),
        licence_kind=licence.kind,
        licence_title=standing.policy.licence_type(licence.kind).title,
        role=standing.policy.role(licence.role).title if ledger.cycle else licence.role,
        cycle_start=ledger.cycle.start if ledger.cycle else licence.issued,
        cycle_end=ledger.cycle.end if ledger.cycle else licence.expires,
        required=(needed := ledger.for_the_licence).required,
        counted=needed.counted,
        missing=needed.missing,
        by_year=spent_by_year(ledger, competency_kinds=practice.competency_kinds),
        ledger=ledger,
        given=_given(ledger),
        owed=_owed(ledger, on),
    )


def _given(ledger: engine.Ledger) -> tuple[str, ...]:
    found = ledger.answers
    results = (each.gives.told for each in found.results if each.met and each.gives)
    steps = (f"{climb.rule.title}: {climb.reached[-1]}" for climb in found.climbs if climb.reached)
    return (*results, *steps)


def _owed(ledger: engine.Ledger, on: date) -> tuple[Owed, ...]:
    """What is asked and not met, by its days."""
    owed = [Owed(each.rule.title, each.due, is_late(each, on)) for each in ledger.answers.obligations if not each.met]
    return tuple(sorted(owed, key=lambda each: each.due or date.max))


def cycle_standing(ledger: engine.Ledger, *, on: date, practice: Practice) -> CycleStanding:
    """What a ledger means for the licence on a day, by the state's own figures."""
    if ledger.settled or ledger.cycle is None:
        return CycleStanding.SETTLED
    if ledger.renews:
        return CycleStanding.COMPLETE
    end = ledger.cycle.end
    if end < on:
        return CycleStanding.EXPIRED
    if end <= months_after(on, practice.at_risk_months):
        return CycleStanding.AT_RISK
    return CycleStanding.WATCH if end <= months_after(on, practice.watch_months) else CycleStanding.ON_TRACK


def spent_by_year(ledger: engine.Ledger, *, competency_kinds: Collection[str]) -> dict[int, Spent]:
    """What counts in a ledger, by the year in which it was earned and by what it rests on."""
    found: dict[int, Spent] = {}
    for line in ledger.lines:
        if line.counted:
            shown = line.kind in competency_kinds
            share = Spent(competency=line.counted) if shown else Spent(time=line.counted)
            found[line.earned_on.year] = found.get(line.earned_on.year, Spent()) + share
    return found


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, 28)
