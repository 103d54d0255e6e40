"""A recognition policy: dated versions, what licences need under each, and what credits are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import Condition
from longleaf.engines.policy.record import EarnedCredit, Licence
from longleaf.engines.policy.rules import NoRuleError, Rule, Span, Unit, spoken
from longleaf.engines.policy.values import ValueRule

T = TypeVar("T")


@dataclass(frozen=True)
class Role:
    """A role that licences are held for; `within` names broader ones, tried where it is not named itself."""

    code: str
    title: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class LicenceType:
    """A kind of licence; `settled` explains why credits do not renew it, and is empty where they do."""

    rule: Rule
    code: str
    title: str
    years: int | None
    settled: str


@dataclass(frozen=True)
class Category:
    code: str
    title: str


@dataclass(frozen=True)
class CreditKind:
    """Something that can be earned, and what it is measured in, such as clock hours."""

    code: str
    title: str
    measure: Unit


@dataclass(frozen=True)
class Eligibility:
    """Which credits a category takes, as a rule of its own."""

    rule: Rule
    condition: Condition


@dataclass(frozen=True)
class Part:
    """So many credits of one category."""

    rule: Rule
    category: Category
    credits: Decimal
    takes: Eligibility


@dataclass(frozen=True)
class Requirement:
    """What some roles need; the parts add up to the total of the version."""

    roles: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Version:
    """The rules for licences that expire within a span, while the policy itself is in force."""

    rule: Rule
    licences_expiring: Span
    in_force: Span
    cycle_years: int
    total: Decimal
    requirements: tuple[Requirement, ...]

    @property
    def id(self) -> str:
        return self.rule.id


@dataclass(frozen=True)
class Window:
    """When credits must be earned; `after_expiry` adds what a credit earned too late may still do."""

    rule: Rule
    after_expiry: str


@dataclass(frozen=True)
class Notice:
    """A rule that a person must see to: it is shown with the ledger and never computed."""

    rule: Rule
    text: str
    roles: tuple[str, ...]
    licences_expiring: Span

    def concerns(self, licence: Licence) -> bool:
        dated = licence.expires is None or self.licences_expiring.covers(licence.expires)
        return dated and (not self.roles or licence.role in self.roles)


@dataclass(frozen=True)
class Cycle:
    """The days, both included, in which credits count for one licence period."""

    start: date
    end: date


@dataclass(frozen=True)
class Policy:
    """A whole policy as its document says it. `examples` are its own test cases, still unread."""

    rule: Rule
    jurisdiction: str
    unit: Unit
    roles: tuple[Role, ...]
    licence_types: tuple[LicenceType, ...]
    categories: tuple[Category, ...]
    kinds: tuple[CreditKind, ...]
    values: tuple[ValueRule, ...]
    window: Window
    splitting: Rule
    versions: tuple[Version, ...]
    notices: tuple[Notice, ...]
    source_ids: frozenset[str]
    examples: Place

    @property
    def id(self) -> str:
        return self.rule.id

    def role(self, code: str) -> Role:
        found = next((it for it in self.roles if it.code == code), None)
        return _found(found, f"The policy “{self.rule.title}” knows no role “{code}”; choose one of its roles.")

    def licence_type(self, code: str) -> LicenceType:
        found = next((it for it in self.licence_types if it.code == code), None)
        return _found(found, f"The policy “{self.rule.title}” knows no license “{code}”; choose one of its types.")

    def kind(self, code: str) -> CreditKind | None:
        return next((it for it in self.kinds if it.code == code), None)

    def version_for(self, licence: Licence, on: date) -> Version:
        """The version that rules this licence, as the policy stood on a day. Raises `NoRuleError`."""
        expires = _found(licence.expires, "The license has no day of expiry; add it to see what it needs.")
        fitting = (it for it in self.versions if it.licences_expiring.covers(expires) and it.in_force.covers(on))
        return _found(
            next(fitting, None),
            f"The policy “{self.rule.title}” has no version for licenses that expire on {spoken(expires)}.",
        )

    def requirement_for(self, version: Version, licence: Licence) -> Requirement:
        """What this licence's role needs, under its own name or a broader one. Raises `NoRuleError`."""
        role = self.role(licence.role)
        for code in (role.code, *role.within):
            for requirement in version.requirements:
                if code in requirement.roles:
                    return requirement
        raise NoRuleError(
            f"“{version.rule.title}” does not say what the role “{role.title}” needs; "
            "ask the licensure office, or choose the role that this version names."
        )

    def cycle_of(self, version: Version, licence: Licence) -> Cycle:
        """The licence's own period; where its beginning is unknown, the version's years up to expiry."""
        expires = _found(licence.expires, "The license has no day of expiry; add it to see what it needs.")
        return Cycle(licence.issued or _years_before(expires, version.cycle_years) + timedelta(days=1), expires)

    def value_rule_for(self, credit: EarnedCredit, licence: Licence) -> ValueRule | None:
        rules: Iterable[ValueRule] = (it for it in self.values if it.of == credit.kind)
        return next((it for it in rules if _holds(it, credit, licence)), None)


def _holds(value: ValueRule, credit: EarnedCredit, licence: Licence) -> bool:
    dated = licence.expires is None or value.licences_expiring.covers(licence.expires)
    return dated and value.earned.covers(credit.earned_on)


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; February 29 becomes February 28 where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _found(value: T | None, otherwise: str) -> T:
    if value is None:
        raise NoRuleError(otherwise)
    return value
