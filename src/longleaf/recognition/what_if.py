"""What a ledger would say if something further were earned: two ledgers beside each other. Nothing is stored.

What was chosen stands in the address of the page, so that it can be sent to somebody: they see it for themselves only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from longleaf.catalog import queries as catalog
from longleaf.catalog.facets import Asked
from longleaf.catalog.status import Facet
from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.recognition import adopting, granted, held, ledgers, prospects
from longleaf.recognition.beside import beside

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person
    from longleaf.recognition.models import Adoption, Licence

MOST_CHOSEN = 8
MOST_OFFERED = 12
# One part of a credit may go to another category when something further is earned, so only sums are compared.
ZERO = Decimal(0)


@dataclass(frozen=True)
class Change:
    """One category before and after."""

    title: str
    required: Decimal
    before: Decimal
    after: Decimal
    takes: str

    @property
    def gained(self) -> Decimal:
        return self.after - self.before

    @property
    def missing(self) -> Decimal:
        return self.required - self.after


@dataclass(frozen=True)
class Added:
    """What one of the further credits would bring: what it is worth, how much of it counts and for what, and why."""

    title: str
    amount: Decimal | None
    counted: Decimal
    shares: tuple[tuple[str, Decimal], ...]
    reasons: tuple[str, ...]

    @property
    def surplus(self) -> Decimal:
        """What would be earned and not needed."""
        return max((self.amount or ZERO) - self.counted, ZERO)


@dataclass(frozen=True)
class Turn:
    """A result, an obligation or a ladder before and after: whether it is met, or the last step that is reached."""

    rule: engine.Rule
    what: str
    before: str
    after: str
    missing: str
    is_new: bool
    is_met: bool
    due: date | None = None


@dataclass(frozen=True)
class Comparison:
    """A ledger as it is, and as it would be; `turns` are what would become of what the policy gives and asks beside."""

    before: engine.Ledger
    after: engine.Ledger
    changes: tuple[Change, ...]
    added: tuple[Added, ...]
    unit: engine.Unit
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Offered:
    """A micro-credential to choose, and why it is put before this educator."""

    version: Version
    why: str = ""


@dataclass(frozen=True)
class WhatIf:
    """The page: what was chosen, what it changes, and what else could be chosen. `problem` says why there is none.

    `to_approve` is what of the chosen a rule asks to have approved before it is begun, and nobody has approved.
    `held` is what was chosen and is held already, each with a sentence; it is neither compared nor offered.
    """

    chosen: tuple[Version, ...] = ()
    comparison: Comparison | None = None
    offered: tuple[Offered, ...] = field(default=())
    to_approve: tuple[Version, ...] = ()
    held: tuple[tuple[Version, str], ...] = ()
    problem: str = ""


def if_earned(person: Person, slugs: Sequence[str], *, words: str, on: date, licence: Licence | None = None) -> WhatIf:
    """What a person's ledger would say if they earned some micro-credentials on a day. As many queries for any number.

    Offered are those that the words find, or, without words, what the school unit adopted and what is still missing.
    `licence` is one of theirs, where another is meant than the one whose cycle runs.
    """
    standing = ledgers.standing_of(person, on=on, licence=licence)
    record = standing.record
    if standing.ledger is None or standing.policy is None or record is None:
        return WhatIf(problem=standing.problem)
    if standing.ledger.settled and standing.ledger.answers == engine.Answers():
        return WhatIf(problem=standing.ledger.settled)
    has, asked = held.held_by(person, standing.ledger, on=on), _chosen(slugs)
    chosen = [version for version in asked if version.pk not in has]
    further = prospects.prospects_for(person, chosen, on=on)
    comparison = compare(standing.policy, record, further, on=on)
    after = comparison.after
    offered = _offered(person, words, after, leave_out={version.pk for version in chosen} | has.keys())
    asks = granted.asks_for_approval_beforehand(standing.policy)
    to_approve = [it for it, credit in zip(chosen, further, strict=True) if asks and credit.approved_on is None]
    already = tuple((version, has[version.pk]) for version in asked if version.pk in has)
    return WhatIf(tuple(chosen), comparison, tuple(offered), tuple(to_approve), already)


def compare(
    policy: engine.Policy, record: engine.Record, further: Iterable[engine.EarnedCredit], *, on: date
) -> Comparison:
    """A record's ledger without and with further credits. Raises `NoRuleError` where the policy is silent."""
    added = tuple(further)
    before = engine.ledger(policy, record, on=on)
    after = engine.ledger(policy, prospects.once_earned(record, added), on=on)
    had = {part.code: part.counted for part in before.categories}
    return Comparison(
        before,
        after,
        changes=tuple(
            Change(part.title, part.required, had.get(part.code, ZERO), part.counted, part.takes)
            for part in after.categories
        ),
        added=tuple(_added(after, credit) for credit in added),
        unit=policy.unit,
        turns=(*_turns(before, after, policy.unit),),
    )


def _turns(before: engine.Ledger, after: engine.Ledger, unit: engine.Unit) -> Iterator[Turn]:
    had, has = beside(before), beside(after)
    met = {each.rule.id for each in (*had.given, *had.asked) if each.met}
    for told in (*has.given, *has.asked):
        was = told.rule.id in met
        yield Turn(
            told.rule, told.what, _met(was), _met(told.met), told.missing, told.met and not was, told.met, told.by_day
        )
    for now, then in zip(had.climbs, has.climbs, strict=True):
        missing = f"{unit.amount(then.missing)} more to “{then.next_step}”." if then.next_step else ""
        is_new = len(then.reached) > len(now.reached)
        yield Turn(
            then.rule, then.rule.title, _reached(now, unit), _reached(then, unit), missing, is_new, not then.next_step
        )


def _met(is_met: bool) -> str:
    return "Met" if is_met else "Not yet"


def _reached(climb: engine.Climb, unit: engine.Unit) -> str:
    step = climb.reached[-1] if climb.reached else "No step yet"
    return f"{step}, {unit.amount(climb.amount)}"


def _added(after: engine.Ledger, credit: engine.EarnedCredit) -> Added:
    titles = {part.code: part.title for part in after.categories}
    lines = [line for line in after.lines if line.credit_id == credit.id]
    return Added(
        credit.title,
        amount=lines[0].amount,
        counted=sum((line.counted for line in lines), ZERO),
        shares=tuple((titles[line.category], line.counted) for line in lines if line.category),
        reasons=tuple(dict.fromkeys(line.why_not or line.reason for line in lines if not line.counted)),
    )


def _chosen(slugs: Sequence[str]) -> list[Version]:
    """The versions that were chosen and are offered, in the order in which they were chosen."""
    wanted = list(dict.fromkeys(slugs))[:MOST_CHOSEN]
    found = catalog.offered().filter(micro_credential__slug__in=wanted).select_related("micro_credential")
    by_slug = {version.micro_credential.slug: version for version in found.defer(*catalog.NOT_FOR_LISTS)}
    return [by_slug[slug] for slug in wanted if slug in by_slug]


def _offered(person: Person, words: str, after: engine.Ledger, *, leave_out: Collection[int]) -> list[Offered]:
    if words:
        found = catalog.listed(Asked(words=words)).exclude(pk__in=leave_out)
        return [Offered(version) for version in found[:MOST_OFFERED]]
    adopted = adopting.adopted_for(directory.employer_of(person))
    first = [_adopted(each) for each in adopted if each.micro_credential.current_id not in leave_out]
    taken = {*leave_out, *(each.version.pk for each in first)}
    lacking = {part.code: part.title for part in after.categories if part.missing}
    fitting = catalog.listed(Asked(chosen={Facet.CREDIT.value: tuple(lacking)})) if lacking else catalog.newest(0)
    then = [Offered(version, _why(version, lacking)) for version in fitting[: MOST_OFFERED + len(taken)]]
    return [*first, *(each for each in then if each.version.pk not in taken)][:MOST_OFFERED]


def _adopted(adoption: Adoption) -> Offered:
    version = adoption.micro_credential.current
    assert version is not None
    return Offered(version, f"Adopted by {adoption.organisation.name}. {adoption.note}".strip())


def _why(version: Version, lacking: dict[str, str]) -> str:
    fits = [lacking[code] for code in catalog.counts_toward(version) if code in lacking]
    return f"It fits {' and '.join(fits)}, where credits are missing." if fits else ""
