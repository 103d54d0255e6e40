"""What every part of a policy carries: its name, where it comes from, how sure it is, and when it holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from longleaf.engines.documents import DocumentError, Place

# What is compared and shown is in steps; what single credits are worth is kept so finely that thirds and fourteenths of
# credits add up again.
STEP = Decimal("0.0001")
FINEST = Decimal("1E-12")
# By so much a sum of worths may be off, and then still reaches the step that it would have reached exactly.
_OFF = Decimal("5E-9")


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

    @property
    def told(self) -> str:
        """The span as the end of a sentence."""
        first = f"from {spoken(self.first)}" if self.first else ""
        before = f"before {spoken(self.before)}" if self.before else ""
        return " and ".join(filter(None, (first, before))) or "on any day"


def span_at(place: Place) -> Span:
    """The span at a place whose keys were checked, noting one that is empty."""
    span = Span(place.day("from"), place.day("before"))
    if span.first and span.before and span.first >= span.before:
        place.wrong("This span ends before it begins; `before` names the first day after it.")
    return span


@dataclass(frozen=True)
class Unit:
    """What the policy counts in, such as renewal credits or points."""

    code: str
    title: str
    plural: str

    def amount(self, number: Decimal) -> str:
        """A number in steps with its unit, for a sentence: `1 renewal credit`, `1.5 renewal credits`."""
        number = in_steps(number)
        return f"{plain(number)} {self.title if number == 1 else self.plural}"


def tidy(number: Decimal) -> Decimal:
    """The same number without needless zeros and without an exponent, whichever way it is printed."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def fine(number: Decimal) -> Decimal:
    """What one credit is worth, before anything is added up."""
    return tidy(number.quantize(FINEST, ROUND_HALF_UP))


def in_steps(number: Decimal) -> Decimal:
    """A sum of worths in whole steps, a half one rounded up; it never falls where the sum rises."""
    return tidy((number + _OFF).quantize(STEP, ROUND_HALF_UP))


def told_in_steps(amounts: Iterable[Decimal]) -> Iterator[Decimal]:
    """Amounts in steps that add up to their sum in steps: each is told as what it adds to the sum so far."""
    total = told = Decimal(0)
    for amount in amounts:
        total += amount
        reached = in_steps(total)
        yield tidy(reached - told)
        told = reached


def plain(number: Decimal) -> str:
    """A number without needless zeros: 3, 1.5, 0.05."""
    return f"{number.normalize():f}"


def spoken(day: date) -> str:
    """A day as a sentence says it: June 30, 2027."""
    return f"{day:%B} {day.day}, {day.year}"


def years_after(day: date, years: int) -> date:
    """The same day of another year, an earlier one where `years` is negative; February 29 becomes February 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
