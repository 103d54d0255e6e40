"""What each assessor of a pool did in a period, what it is paid, and what of that was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.kit.dates import business_days_between
from longleaf.panels.errors import NoSuchMember, UnusablePeriod
from longleaf.panels.instruments import OVERT
from longleaf.panels.leading.fees import Fee, fee_on, fees_of
from longleaf.panels.models import Assignment, PaidReading, Payment
from longleaf.panels.status import AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

LONGEST = timedelta(days=366)
Money = dict[str, Decimal]


@dataclass(frozen=True)
class Period:
    """Days, both included. Raises `UnusablePeriod` where they are the wrong way round or more than a year."""

    begins: date
    ends: date

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.ends - self.begins <= LONGEST:
            sentence = "A period ends on or after the day on which it begins, and is a year long at most."
            raise UnusablePeriod(sentence, fields={"ends": sentence})

    @classmethod
    def this_month(cls, today: date) -> Period:
        """From the first of the month until today."""
        return cls(today.replace(day=1), today)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment to the one after the last, in the zone of the state."""
        first, after = (datetime.combine(day, time()) for day in (self.begins, self.ends + timedelta(days=1)))
        return timezone.make_aware(first), timezone.make_aware(after)


@dataclass
class Work:
    """What one assessor did in a period. Money is by currency; `days` are business days from offer to hand-in.

    Of what was `handed_in`, they `adjudicated` so many; it is paid as a reading is.
    """

    person: Person
    handed_in: int = 0
    adjudicated: int = 0
    declined: int = 0
    expired: int = 0
    days: list[int] = field(default_factory=list)
    unpaid: int = 0
    owed: Money = field(default_factory=lambda: defaultdict(Decimal))
    paid: Money = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def median_days(self) -> float | None:
        return float(median(self.days)) if self.days else None

    @property
    def currencies(self) -> list[str]:
        return sorted({*self.owed, *self.paid})


@dataclass(frozen=True)
class Owed:
    """A reading that waits to be paid."""

    assignment: int
    fee: Fee


def work_in(pool: Organisation, period: Period, *, of: Person | None = None) -> list[Work]:
    """What everybody who was asked in a period did, by name; or one person. As many queries for many as for one.

    Readings count in the period in which they were handed in; those given back or left, in which they were offered.
    """
    handed_in, others = _handed_in(pool, period, of), _given_back_or_left(pool, period, of)
    # The database tells days: a year of a state's readings would be converted one by one here.
    dated = handed_in.annotate(offered=TruncDate("offered_at"), handed=TruncDate("submitted_at"))
    rows, counts = list(dated.values_list("pk", "rater", "offered", "handed", "adjudicates")), list(others)
    people = directory.people_by_key({*(row[1] for row in rows), *(row["rater"] for row in counts)})
    found = {key: Work(person) for key, person in people.items()}
    for row in counts:
        found[row["rater"]].declined, found[row["rater"]].expired = row["declined"], row["expired"]
    _add_readings(found, rows, _paid(handed_in), fees_of(pool))
    return sorted(found.values(), key=lambda work: (work.person.name, work.person.ref))


def owed_to(person: Person, pool: Organisation, period: Period) -> list[Owed]:
    """The readings of a period for which somebody was not paid yet."""
    rows = _handed_in(pool, period, person).exclude(pk__in=PaidReading.objects.filter(stands=True).values("assignment"))
    fees = fees_of(pool)
    dated = ((key, fee_on(timezone.localdate(moment), fees)) for key, moment in rows.values_list("pk", "submitted_at"))
    return [Owed(key, fee) for key, fee in dated if fee is not None]


def ledger_of(person: Person, pool: Organisation) -> QuerySet[Payment]:
    """Everything that somebody was paid by a pool, the newest first, also what was taken back."""
    return Payment.objects.filter(person=person, pool=pool).order_by("-recorded_at", "-pk")


def payment_for(person: Person, pool: Organisation, ref: str) -> Payment:
    """A line of somebody's ledger. Raises `NoSuchMember` where there is none."""
    found = ledger_of(person, pool).filter(ref=ref).first()
    if found is None:
        raise NoSuchMember
    return found


def pools_read_for(person: Person) -> list[Organisation]:
    """The pools that ever asked somebody to read, by name."""
    keys = Assignment.objects.filter(rater=person).order_by().values_list("panel__pool", flat=True).distinct()
    return list(directory.organisations_to_choose().filter(pk__in=list(keys)).order_by("name"))


def _handed_in(pool: Organisation, period: Period, of: Person | None) -> QuerySet[Assignment]:
    first, after = period.moments
    asked = _asked(pool, of).filter(status=AssignmentStatus.SUBMITTED)
    return asked.filter(submitted_at__gte=first, submitted_at__lt=after)


def _given_back_or_left(pool: Organisation, period: Period, of: Person | None) -> QuerySet[Assignment, Any]:
    first, after = period.moments
    asked = _asked(pool, of).filter(status__in={AssignmentStatus.DECLINED, AssignmentStatus.EXPIRED})
    in_period = asked.filter(offered_at__gte=first, offered_at__lt=after)
    return (
        in_period.order_by()
        .values("rater")
        .annotate(
            declined=Count("pk", filter=Q(status=AssignmentStatus.DECLINED)),
            expired=Count("pk", filter=Q(status=AssignmentStatus.EXPIRED)),
        )
    )


def _asked(pool: Organisation, of: Person | None) -> QuerySet[Assignment]:
    """Live readings, and anchors among them: by what is counted and paid nobody tells one from the other.

    Tests, training and back-readings, of which their readers know, are none.
    """
    mine = Q(rater=of) if of else Q()
    return Assignment.objects.filter(mine, panel__pool=pool).exclude(panel__kind__endswith=OVERT)


def _paid(handed_in: QuerySet[Assignment]) -> dict[int, tuple[Decimal, str]]:
    lines = PaidReading.objects.filter(stands=True, assignment__in=handed_in.values("pk"))
    rows = lines.values_list("assignment", "amount", "payment__currency")
    return {assignment: (amount, currency) for assignment, amount, currency in rows}


def _add_readings(
    found: Mapping[int, Work],
    rows: Iterable[tuple[int, int, date, date, bool]],
    paid: Mapping[int, tuple[Decimal, str]],
    fees: list[Fee],
) -> None:
    state = directory.current_state()
    holidays = frozenset(date.fromisoformat(day) for day in state.holidays) if state else frozenset[date]()
    days_between = cache(lambda first, last: business_days_between(first, last, holidays))
    fee_of_day = cache(lambda day: fee_on(day, fees))
    for key, rater, offered, day, adjudicates in rows:
        work = found[rater]
        work.handed_in += 1
        work.adjudicated += adjudicates
        work.days.append(days_between(offered, day))
        fee = fee_of_day(day)
        if key in paid:
            amount, currency = paid[key]
            work.paid[currency] += amount
        elif fee is not None:
            work.owed[fee.currency] += fee.amount
            work.unpaid += 1
