"""A person's record: the licences they hold and what they have earned. Nothing here names a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from longleaf.engines.documents import DocumentError, Mistake, repeated

# No career holds more; whatever is larger was mistyped, and sums of what is smaller stay exact.
LARGEST = 1_000_000


class RecordError(DocumentError):
    """A record that cannot be reckoned; `mistakes` lists every mistake as path and reason."""


@dataclass(frozen=True)
class Score:
    """A score on an exam, what qualifies there, and the standard error of measurement."""

    score: Decimal
    qualifying: Decimal
    sem: Decimal | None = None


@dataclass(frozen=True)
class Licence:
    """A licence in its current period: valid from `issued` (None when unknown) through `expires`.

    `areas` are the topics of its fields, in the same words as the topics of credits; `scores` are scores on exams
    by the exam's code. `id` tells several licences of one person apart.
    """

    kind: str
    role: str
    issued: date | None
    expires: date | None
    areas: frozenset[str] = frozenset()
    id: str = ""
    scores: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True)
class LocalValue:
    """What a local unit gives for a credit: `credits` in all, or for each hour of effort when `per_hour`."""

    credits: Decimal
    set_by: str
    rule: str
    per_hour: bool = False


class Outcome(StrEnum):
    """Where a decision on a credit stands."""

    APPROVED = "approved"
    REFUSED = "refused"
    PENDING = "pending"


@dataclass(frozen=True)
class Decision:
    """What somebody decided on one credit; `credits` where the decision also says how much it is worth."""

    outcome: Outcome
    by: str
    decided_on: date | None = None
    reason: str = ""
    credits: Decimal | None = None


@dataclass(frozen=True)
class EarnedCredit:
    """Something earned, or that could be: its kind, how much of it, when, and what it is about.

    `amount` counts the kind's own measure (clock hours, semester hours, hours of effort of a micro-credential);
    `published` is the number that whoever offers it publishes. `alignments` are codes of framework items;
    `categories_claimed` are categories that the employing unit has recorded it for. `item` is the code of what was
    earned, on lists and in stacks; `stack` the code of the stack that it is a piece of, and `pieces` the ids of the
    credits that a stack is made of. `approved_on` is the day of an approval given beforehand, `begun_on` the day on
    which the work began, `evidence_on` the day on which the proof was handed in. `counted_before` was used in an
    earlier cycle already. `repeats` is a sentence where it proves once more what another credit of
    the record proves, and counts for nothing beside it.
    """

    id: str
    kind: str
    title: str
    amount: Decimal | None
    earned_on: date
    alignments: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    value: LocalValue | None = None
    categories_claimed: frozenset[str] = frozenset()
    item: str = ""
    level: str = ""
    language: str = ""
    issuer: str = ""
    issuer_kind: str = ""
    recognised_by: frozenset[str] = frozenset()
    program: str = ""
    stack: str = ""
    pieces: frozenset[str] = frozenset()
    published: Decimal | None = None
    begun_on: date | None = None
    approved_on: date | None = None
    evidence_on: date | None = None
    decision: Decision | None = None
    counted_before: Decimal = Decimal(0)
    repeats: str = ""


@dataclass(frozen=True)
class Approval:
    """Something that somebody signed for this person and that belongs to no single credit."""

    code: str
    by: str
    given_on: date


@dataclass(frozen=True)
class PlanOutcome:
    """What a local plan looks at in place of hours: so many of the items that it accepts, or of any."""

    title: str
    at_least: int
    accepts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
    """A local plan that this person is under: the categories whose hours it sets aside, and what it asks instead."""

    id: str
    title: str
    set_by: str
    first: date
    until: date | None
    reviewed_on: date | None
    waives: frozenset[str]
    outcomes: tuple[PlanOutcome, ...]
    reviewed_by: str = ""

    def holds(self, on: date) -> bool:
        return self.first <= on and (self.until is None or on <= self.until)

    def has_ended(self, on: date) -> bool:
        return self.until is not None and self.until < on

    def holds_after(self, day: date) -> bool:
        """Whether it holds on a day or on any later one."""
        return self.until is None or day <= self.until


@dataclass(frozen=True)
class Record:
    """One licence and all that was earned, in any order; ids of credits are unique.

    `other_licences` are further licences of the same person; each has a ledger of its own.
    """

    licence: Licence
    credits: tuple[EarnedCredit, ...] = field(default=())
    approvals: tuple[Approval, ...] = ()
    plans: tuple[Plan, ...] = ()
    other_licences: tuple[Licence, ...] = ()

    def __post_init__(self) -> None:
        mistakes = list(_mistakes(self))
        if mistakes:
            raise RecordError(mistakes)

    @property
    def licences(self) -> tuple[Licence, ...]:
        return (self.licence, *self.other_licences)


def _mistakes(record: Record) -> Iterable[Mistake]:
    for one in repeated([credit.id for credit in record.credits]):
        yield Mistake("credits", f"The id “{one}” is used twice; a credit may stand in a record only once.")
    for credit in record.credits:
        yield from _mistakes_of(credit)
    for licence in record.licences:
        if licence.issued and licence.expires and licence.issued > licence.expires:
            yield Mistake("licence.issued", "The license begins after it expires; mend one of the two days.")


def _mistakes_of(credit: EarnedCredit) -> Iterable[Mistake]:
    place = f"credits[{credit.id}]"
    for name, number in (("amount", credit.amount), ("published", credit.published)):
        if number is not None and not 0 < number <= LARGEST:
            yield Mistake(f"{place}.{name}", f"An amount is more than 0 and at most {LARGEST}.")
    if credit.value is not None and not 0 <= credit.value.credits <= LARGEST:
        yield Mistake(f"{place}.value", f"A local value is from 0 to {LARGEST}.")
    decided = credit.decision.credits if credit.decision else None
    if decided is not None and not 0 <= decided <= LARGEST:
        yield Mistake(f"{place}.decision.credits", f"A decided value is from 0 to {LARGEST}.")
    if not 0 <= credit.counted_before <= LARGEST:
        yield Mistake(f"{place}.counted_before", f"What was counted before is from 0 to {LARGEST}.")
    if credit.id in credit.pieces:
        yield Mistake(f"{place}.pieces", "A stack cannot be a piece of itself.")
