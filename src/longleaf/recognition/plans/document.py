"""A plan as a document: read from what is stored, and checked against the policy before it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from longleaf.engines import policy as engine
from longleaf.engines.policy.rules import plain
from longleaf.kit.dates import day as in_words

MOST_OUTCOMES = MOST_MEASURES = 8
LONGEST_TITLE = 200
LONGEST_TERM = 10  # years


@dataclass(frozen=True)
class Outcome:
    """So many of the micro-credentials that are accepted, by their slugs, or of any where none is named."""

    title: str
    at_least: int
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """By what it is told whether the plan does what it is for; the target in the measure's own unit."""

    code: str
    title: str
    target: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class PlanText:
    """What a plan says. Roles and categories are codes of the policy, schools those of organisations; none is all."""

    title: str
    first: date
    until: date
    roles: tuple[str, ...]
    schools: tuple[str, ...]
    sets_aside: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    measures: tuple[Measure, ...]

    def covers(self, roles: Collection[str], *, school: str) -> bool:
        """Whether it is for a licence used in one of these roles, at a school."""
        return (not self.roles or not set(roles).isdisjoint(self.roles)) and (
            not self.schools or school in self.schools
        )

    def as_document(self) -> dict[str, Any]:
        """What is stored: plain values, numbers as they are written."""
        told = asdict(self)
        told |= {"first": self.first.isoformat(), "until": self.until.isoformat()}
        told["measures"] = [
            {**each, "target": plain(each["target"]) if each["target"] is not None else None}
            for each in told["measures"]
        ]
        return {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}


def read(document: Mapping[str, Any]) -> PlanText:
    """A plan from what `as_document` gave."""
    return PlanText(
        title=document["title"],
        first=date.fromisoformat(document["first"]),
        until=date.fromisoformat(document["until"]),
        roles=tuple(document["roles"]),
        schools=tuple(document["schools"]),
        sets_aside=tuple(document["sets_aside"]),
        outcomes=tuple(
            Outcome(each["title"], each["at_least"], tuple(each["accepts"])) for each in document["outcomes"]
        ),
        measures=tuple(
            Measure(
                each["code"],
                each["title"],
                Decimal(each["target"]) if each["target"] is not None else None,
                each["unit"],
            )
            for each in document["measures"]
        ),
    )


@dataclass(frozen=True)
class Named:
    """What codes and slugs are called, for whoever reads a plan."""

    roles: Mapping[str, str]
    categories: Mapping[str, str]
    schools: Mapping[str, str]
    titles: Mapping[str, str]


def mistakes_in(
    text: PlanText, policy: engine.Policy, *, schools: Sequence[str], offered: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What keeps a plan from being used: the field and a sentence for each mistake."""
    if not 0 < len(text.title.strip()) <= LONGEST_TITLE:
        yield "title", f"Give the plan a name of at most {LONGEST_TITLE} characters."
    if text.until <= text.first:
        yield "until", "The plan ends before it begins; choose a later day."
    elif (text.until - text.first).days > LONGEST_TERM * 366:
        yield "until", f"A plan runs for at most {LONGEST_TERM} years; it is looked at again before that."
    if set(text.roles) - {role.code for role in policy.roles}:
        yield "roles", "Choose roles that the policy knows."
    if set(text.schools) - set(schools):
        yield "schools", "Choose schools of your own unit."
    may = policy.plans.may_waive if policy.plans else frozenset()
    if not text.sets_aside or set(text.sets_aside) - may:
        yield "sets_aside", "Choose at least one requirement that the state lets a plan set aside."
    if not 0 < len(text.outcomes) <= MOST_OUTCOMES:
        yield "outcomes", f"Name from 1 to {MOST_OUTCOMES} outcomes that stand in place of the hours."
    if any(each.at_least < 1 or not each.title.strip() for each in text.outcomes):
        yield "outcomes", "Each outcome needs a title and a number of 1 or more."
    unknown = sorted({slug for each in text.outcomes for slug in each.accepts} - set(offered))
    if unknown:
        yield "outcomes", f"No micro-credential that is offered is called {', '.join(unknown)}."
    if not 0 < len(text.measures) <= MOST_MEASURES:
        yield "measures", f"Name from 1 to {MOST_MEASURES} measures by which the state sees what came of it."


def in_plain_words(text: PlanText, named: Named) -> list[str]:
    """The sentences of a plan, as its reviewers read them: the same facts that ledgers will heed."""
    whom = _listed(text.roles, named.roles) or "everybody whose license is renewed"
    where = _listed(text.schools, named.schools) or "all schools of the unit"
    return [
        f"{text.title}, from {in_words(text.first)} through {in_words(text.until)}.",
        f"It covers: {whom}; in {where}.",
        f"It sets aside: {_listed(text.sets_aside, named.categories)}.",
        *(
            f"In place of the hours: {each.title}; at least {each.at_least} of "
            f"{_listed(each.accepts, named.titles) or 'any micro-credentials'}."
            for each in text.outcomes
        ),
        *(f"Measured by: {each.title}{_target(each)}." for each in text.measures),
    ]


def _listed(codes: Sequence[str], titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(code, code) for code in codes)


def _target(measure: Measure) -> str:
    return f"; target: {plain(measure.target)} {measure.unit}".rstrip() if measure.target is not None else ""
