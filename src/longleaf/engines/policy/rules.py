"""What every part of a policy carries: its name, where it comes from, how sure it is, and when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from longleaf.engines.documents import DocumentError


class PolicyError(DocumentError):
    """A policy document that cannot be used; `mistakes` lists every mistake as path and reason."""


class NoRuleError(LookupError):
    """The policy is silent about this licence, role or date; the message says what it lacks."""


class Standing(StrEnum):
    """How sure a fact is, from the state's own text to invented."""

    OFFICIAL = "official"
    VERIFIED = "verified"
    PARTLY_VERIFIED = "partly_verified"
    RECONSTRUCTED = "reconstructed"
    PROPOSED = "proposed"
    INFERRED = "inferred"
    FROM_MEMORY = "from_memory"
    NOT_FOUND = "not_found"
    SYNTHETIC = "synthetic"

    @property
    def rests_on_sources(self) -> bool:
        """Whether it claims that somebody saw the fact, so that a source must be named."""
        return self in {Standing.OFFICIAL, Standing.VERIFIED, Standing.PARTLY_VERIFIED}


@dataclass(frozen=True)
class Rule:
    """The name of a rule as a ledger line shows it, with its sources and standing."""

    id: str
    title: str
    source_ids: tuple[str, ...]
    standing: Standing
    note: str = ""


@dataclass(frozen=True)
class Span:
    """Days from `first` up to, but not including, `before`; None leaves that side open."""

    first: date | None = None
    before: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.before is None or day < self.before)

    def overlaps(self, other: Span) -> bool:
        starts = max(self.first or date.min, other.first or date.min)
        return starts < min(self.before or date.max, other.before or date.max)


@dataclass(frozen=True)
class Unit:
    """What the policy counts in, such as renewal credits or points."""

    code: str
    title: str
    plural: str

    def amount(self, number: Decimal) -> str:
        """A number with its unit, for a sentence: `1 renewal credit`, `1.5 renewal credits`."""
        return f"{plain(number)} {self.title if number == 1 else self.plural}"


def tidy(number: Decimal) -> Decimal:
    """The same number without needless zeros and without an exponent, whichever way it is printed."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def plain(number: Decimal) -> str:
    """A number without needless zeros: 3, 1.5, 0.05."""
    return f"{number.normalize():f}"


def spoken(day: date) -> str:
    """A day as a sentence says it: June 30, 2027."""
    return f"{day:%B} {day.day}, {day.year}"
