"""What the policies of other states would give for a micro-credential of this one, as far as they are known here.

Read from the documents that the state's pack holds of other states, each with its sources and standing. A policy tells
what a credit is worth to somebody who holds a licence there, and what it brings that is no number, such as a rank or an
endorsement; whether this very badge would be taken is decided there. What was not found is unknown, which is something
else than nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from longleaf.awards import queries as awards
from longleaf.engines import policy as engine
from longleaf.recognition import policies, prospects
from longleaf.recognition.portability import accepted, queries
from longleaf.recognition.portability.status import IMPORTED_BADGE

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Person
    from longleaf.recognition.models import ImportedBadge


class Gives(StrEnum):
    """How much is known of what a policy would give."""

    SO_MUCH = "so_much"
    OTHERWISE = "otherwise"
    NOTHING_YET = "nothing_yet"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What one policy says: the amount in words where there is one, why, by which rule, and for which categories.

    `rule` is None, and `reason` empty, where it gives no number to anything and something else instead: `openings` are
    what it gives or asks that is no number, and how far this badge goes toward each.
    """

    policy: engine.Policy
    gives: Gives
    amount: str
    reason: str
    rule: engine.Rule | None
    categories: tuple[str, ...] = ()
    openings: tuple[engine.Opening, ...] = ()


@dataclass(frozen=True)
class Earned:
    """Something that somebody has earned: a version of a micro-credential, also one that an accepted badge stands for,
    or by itself a badge from elsewhere, as a `credit`."""

    title: str
    version: Version | None = None
    credit: engine.EarnedCredit | None = None


def earned_by(person: Person) -> list[Earned]:
    """What somebody has earned here, the newest first, and then what they brought and was accepted."""
    own = [Earned(version.labelled_title, version) for version in awards.versions_earned_by(person)]
    return [*own, *map(_brought, queries.accepted_of([person.pk]))]


def answers_for_earned(earned: Sequence[Earned], *, on: date) -> list[tuple[Earned, list[Answer]]]:
    """What each policy that is known here would give for each, in their order. As many queries as for one."""
    known = policies.policies_elsewhere()
    credits = iter(prospects.prospects_of([each.version for each in earned if each.version], on=on))
    told = [(each, each.credit or next(credits)) for each in earned]
    return [(each, [_answer(policy, credit, on) for policy in known]) for each, credit in told]


def _brought(imported: ImportedBadge) -> Earned:
    ours = imported.ruling.micro_credential if imported.ruling else None
    if ours and ours.current:
        return Earned(f"{imported.title}, accepted as {ours.current.labelled_title}", ours.current)
    return Earned(imported.title, credit=accepted.as_anywhere(imported))


def answers_for(version: Version, *, on: date) -> list[Answer]:
    """What each policy that is known here would give for a version that is earned on a day, by their titles."""
    return answers_for_each([version], on=on)[0][1]


def answers_for_each(versions: Sequence[Version], *, on: date) -> list[tuple[Version, list[Answer]]]:
    """The same for several versions, in their order. As many queries as for one."""
    known, credits = policies.policies_elsewhere(), prospects.prospects_of(versions, on=on)
    told = ([_answer(policy, credit, on) for policy in known] for credit in credits)
    return list(zip(versions, told, strict=True))


def _answer(policy: engine.Policy, credit: engine.EarnedCredit, on: date) -> Answer:
    """The number with all else that it gives: what is known of either is told, and unknown is what is neither."""
    valued, openings = _valued(policy, credit, on), engine.openings(policy, credit, on=on)
    if not openings:
        return valued
    reason = valued.reason if valued.rule else ""
    return replace(valued, gives=_beyond(valued.gives, openings), reason=reason, openings=openings)


def _beyond(gives: Gives, openings: Sequence[engine.Opening]) -> Gives:
    if gives is Gives.SO_MUCH:
        return gives
    known = [each for each in openings if each.is_known]
    if any(each.holds for each in known):
        return Gives.OTHERWISE
    return Gives.ENDED if known and gives is Gives.UNKNOWN else gives


def _valued(policy: engine.Policy, credit: engine.EarnedCredit, on: date) -> Answer:
    anybody = engine.Licence(kind="", role="", issued=None, expires=None)
    found, kind = policy.value_rule_for(credit, anybody), policy.kind(credit.kind)
    if found is None or kind is None:
        what = "badges from elsewhere" if credit.kind == IMPORTED_BADGE else "micro-credentials"
        return Answer(policy, Gives.UNKNOWN, "", f"What is known of its policy says nothing of {what}.", None)
    if found.rule.standing is engine.Standing.NOT_FOUND:
        reason = found.rule.note or "It was looked for and not found."
        return Answer(policy, Gives.UNKNOWN, "", reason, found.rule)
    valued = found.worth.of(credit, kind.measure, policy.unit)
    if valued.amount is None:
        return Answer(policy, Gives.NOTHING_YET, "", valued.reason, found.rule)
    fitting = tuple(_categories(policy, credit, anybody, on))
    return Answer(policy, Gives.SO_MUCH, policy.unit.amount(valued.amount), valued.reason, found.rule, fitting)


def _categories(policy: engine.Policy, credit: engine.EarnedCredit, anybody: engine.Licence, on: date) -> Sequence[str]:
    """Titles of the categories that would take it. Standards of one state are not matched with those of another."""
    parts = [
        part
        for current in policy.versions
        if current.licences_expiring.covers(on) and current.in_force.covers(on)
        for requirement in current.requirements
        for part in requirement.parts
        if part.takes.condition.why(credit, anybody, part.category.code)
    ]
    return list(dict.fromkeys(part.category.title for part in parts))
