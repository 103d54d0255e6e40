"""A recognition policy: dated versions, what licences need under each, and what credits are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from longleaf.engines.documents import Place
from longleaf.engines.policy.conditions import Condition
from longleaf.engines.policy.limits import Admission, Cap, PlanRule, Units, YearStart
from longleaf.engines.policy.notices import Notice
from longleaf.engines.policy.record import EarnedCredit, Licence
from longleaf.engines.policy.results import Ladder, Obligation, Result
from longleaf.engines.policy.rules import NoRuleError, Rule, Span, Unit, spoken, years_after
from longleaf.engines.policy.terms import Stack, Terms
from longleaf.engines.policy.values import ValueRule

T = TypeVar("T")
# What a policy decides; renewal where its document does not say.
PURPOSES = ("renewal", "professional_learning", "initial_licence", "endorsement", "pay", "advancement")
OF_LICENCE, OF_YEAR = "licence", "year"


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
    """Which credits a category takes, as a rule of its own; `document` is the condition as the document says it."""

    rule: Rule
    condition: Condition
    document: object = None


@dataclass(frozen=True)
class Part:
    """So many credits of one category; `is_local` where a unit asks for it on top, so that no licence depends on it."""

    rule: Rule
    category: Category
    credits: Decimal
    takes: Eligibility
    is_local: bool = False


@dataclass(frozen=True)
class Requirement:
    """What some roles need; the parts add up to the total of the version."""

    roles: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Version:
    """The rules for licences that expire within a span, while the policy itself is in force.

    `cycle` says in which days credits count: the period of the licence, or each policy year by itself.
    """

    rule: Rule
    licences_expiring: Span
    in_force: Span
    cycle_years: int
    total: Decimal
    requirements: tuple[Requirement, ...]
    cycle: str = OF_LICENCE

    @property
    def id(self) -> str:
        return self.rule.id


@dataclass(frozen=True)
class CarryOver:
    """Up to so many credits earned in the last months before a cycle count in it."""

    rule: Rule
    at_most: Decimal
    months: int


@dataclass(frozen=True)
class Window:
    """When credits must be earned; `after_expiry` adds what a credit earned too late may still do.

    Credits earned up to `grace_days` after the end of a cycle still count for it.
    """

    rule: Rule
    after_expiry: str
    grace_days: int = 0
    carry_over: CarryOver | None = None


@dataclass(frozen=True)
class Cycle:
    """The days, both included, in which credits count for one licence period."""

    start: date
    end: date


@dataclass(frozen=True)
class Policy:
    """A whole policy as its document says it. `examples` are its own test cases, still unread.

    A policy without versions asks for no credits in a cycle; it may still give results and show notices. `overlays`
    are the local documents that were laid over it, whose rules stand among its own.
    """

    rule: Rule
    jurisdiction: str
    unit: Unit
    roles: tuple[Role, ...]
    licence_types: tuple[LicenceType, ...]
    categories: tuple[Category, ...]
    kinds: tuple[CreditKind, ...]
    values: tuple[ValueRule, ...]
    window: Window | None
    splitting: Rule | None
    versions: tuple[Version, ...]
    notices: tuple[Notice, ...]
    source_ids: frozenset[str]
    examples: Place
    purpose: str = PURPOSES[0]
    eligibility: tuple[Eligibility, ...] = ()
    caps: tuple[Cap, ...] = ()
    admissions: tuple[Admission, ...] = ()
    units: Units | None = None
    plans: PlanRule | None = None
    results: tuple[Result, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    year_start: YearStart = field(default_factory=YearStart)
    terms: Terms = field(default_factory=Terms)
    rule_ids: frozenset[str] = frozenset()
    overlays: tuple[Rule, ...] = ()

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def stacks(self) -> Mapping[str, Stack]:
        return self.terms.stacks

    def asks_for_credits(self, licence: Licence) -> bool:
        """Whether a licence has a cycle in which credits are asked for. Raises `NoRuleError` for an unknown kind."""
        if self.licence_types and self.licence_type(licence.kind).settled:
            return False
        return bool(self.versions) and self.window is not None

    def role(self, code: str) -> Role:
        found = next((it for it in self.roles if it.code == code), None)
        return _found(found, f"The policy “{self.rule.title}” knows no role “{code}”; choose one of its roles.")

    def roles_of(self, licence: Licence) -> tuple[str, ...]:
        """The role of a licence and the broader ones, the narrowest first; no error for one that is not known."""
        found = next((it for it in self.roles if it.code == licence.role), None)
        return (licence.role, *(found.within if found else ()))

    def licence_type(self, code: str) -> LicenceType:
        found = next((it for it in self.licence_types if it.code == code), None)
        return _found(found, f"The policy “{self.rule.title}” knows no license “{code}”; choose one of its types.")

    def kind(self, code: str) -> CreditKind | None:
        return next((it for it in self.kinds if it.code == code), None)

    def version_for(self, licence: Licence, on: date) -> Version:
        """The version that rules this licence, as the policy stood on a day. Raises `NoRuleError`."""
        standing = [it for it in self.versions if it.in_force.covers(on)]
        if licence.expires is None:
            yearly = (it for it in standing if it.cycle == OF_YEAR and it.licences_expiring == Span())
            return _found(next(yearly, None), "The license has no day of expiry; add it to see what it needs.")
        expires = licence.expires
        return _found(
            next((it for it in standing if it.licences_expiring.covers(expires)), None),
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

    def cycle_of(self, version: Version, licence: Licence, on: date) -> Cycle:
        """The licence's own period, or the policy year in which a day lies.

        Where the beginning of the period is unknown, it is the version's years up to expiry.
        """
        if version.cycle == OF_YEAR:
            start = self.year_start.of(on)
            return Cycle(start, years_after(start, 1) - timedelta(days=1))
        expires = _found(licence.expires, "The license has no day of expiry; add it to see what it needs.")
        return Cycle(licence.issued or years_after(expires, -version.cycle_years) + timedelta(days=1), expires)

    def value_rule_for(self, credit: EarnedCredit, licence: Licence) -> ValueRule | None:
        return next((it for it in self.values if it.holds(credit, licence)), None)


def _found(value: T | None, otherwise: str) -> T:
    if value is None:
        raise NoRuleError(otherwise)
    return value
