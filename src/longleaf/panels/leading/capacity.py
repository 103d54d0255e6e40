"""What the forecast of a pool rests on: what waits and came, what its members can read, what they have read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.panels.instruments import OVERT
from longleaf.panels.leading.forecasting import HORIZON_DAYS, Demand, Forecast, forecast
from longleaf.panels.models import Absence, Assignment, Panel, PoolMember
from longleaf.panels.status import SEATED, AssignmentStatus, MemberStatus, PanelStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

# Four whole weeks: every day of the week counts alike, and a holiday does not hide the rest.
LOOKED_BACK = timedelta(days=28)
# In what a capacity “a month” is told (`panels.assigning.gathering.MONTH`).
DAYS_OF_A_MONTH = 30
# Where nothing came lately, what the pools themselves give at least (`panels.pool.rules`) says nothing of the whole
# time; a business fortnight and a weekend is what most versions promise.
USUAL_DAYS_GIVEN = 16.0


@dataclass(frozen=True)
class Outlook:
    """A pool as its lead sees it: what it rests on, and the forecast by what members can and by what they did read."""

    demand: Demand
    members: int
    told_a_day: float
    read_a_day: float
    by_told: Forecast
    by_pace: Forecast


def outlook_of(pool: Organisation, *, lead: Person, now: datetime) -> Outlook:
    """Work the forecast of a pool out for a lead. As many queries for a large pool as for a small one.

    Panels for which the lead reads too are left out of what waits, as in the list of panels: set against their own
    queue, the number would tell how many anchors are in it.

    Capacity is what members tell for all their pools, without the days on which they are away. The pace is what this
    pool has read a day in the last four weeks.
    """
    today = timezone.localdate(now)
    demand, pace = _demand(pool, lead, now), _read_lately(pool, now) / LOOKED_BACK.days
    members = _members(pool)
    told = _capacity(members, today)
    return Outlook(
        demand=demand,
        members=len(members),
        told_a_day=sum(told) / len(told),
        read_a_day=pace,
        by_told=forecast(demand, told, today=today),
        by_pace=forecast(demand, [pace] * HORIZON_DAYS, today=today),
    )


def _demand(pool: Organisation, lead: Person, now: datetime) -> Demand:
    # Each panel counts its own: a join would repeat its seats for every reading.
    handed_in = Assignment.objects.filter(panel=OuterRef("pk"), status=AssignmentStatus.SUBMITTED).order_by()
    done = Coalesce(Subquery(handed_in.values("panel").annotate(number=Count("pk")).values("number")), 0)
    own = Assignment.objects.filter(rater=lead, status__in=SEATED)
    watched = Panel.objects.filter(pool=pool, status=PanelStatus.OPEN).exclude(pk__in=own.values("panel"))
    still = watched.annotate(left=F("seats") - done)
    came = list(_came_lately(pool, now).values_list("seats", "convened_at", "due_at"))
    return Demand(
        waiting=still.aggregate(all=Coalesce(Sum("left"), 0))["all"],
        arrivals_a_day=sum(seats for seats, _, _ in came) / LOOKED_BACK.days,
        days_given=_days_given((convened, due) for _, convened, due in came),
    )


def _came_lately(pool: Organisation, now: datetime) -> QuerySet[Panel]:
    live = {PanelStatus.OPEN, PanelStatus.ADJUDICATING, PanelStatus.DECIDED}
    return Panel.objects.filter(pool=pool, convened_at__gte=now - LOOKED_BACK, status__in=live)


def _days_given(times: Iterable[tuple[datetime, datetime]]) -> float:
    days = [(due - convened) / timedelta(days=1) for convened, due in times]
    return float(median(days)) if days else USUAL_DAYS_GIVEN


def _read_lately(pool: Organisation, now: datetime) -> int:
    """Anchors among live readings count too: they take the same time, and nobody may tell them apart by a number."""
    lately = Assignment.objects.filter(status=AssignmentStatus.SUBMITTED, submitted_at__gte=now - LOOKED_BACK)
    return lately.filter(panel__pool=pool).exclude(panel__kind__endswith=OVERT).count()


def _members(pool: Organisation) -> Mapping[int, int]:
    """How many readings a month everybody takes who is asked, by key."""
    may_read = directory.people_with(Role.ASSESSOR, organisation_id=pool.pk)
    active = PoolMember.objects.filter(pool=pool, status=MemberStatus.ACTIVE, assessor__in=may_read.values("pk"))
    return dict(active.values_list("assessor", "assessor__a_month"))


def _capacity(members: Mapping[int, int], today: date) -> Sequence[float]:
    """How many readings the members can read on each day from today on."""
    last = today + timedelta(days=HORIZON_DAYS - 1)
    absences = Absence.objects.filter(assessor__in=list(members), begins__lte=last, ends__gte=today)
    away: dict[date, set[int]] = defaultdict(set)
    for person, begins, ends in absences.values_list("assessor", "begins", "ends"):
        first, until = max(begins, today), min(ends, last)
        for number in range((until - first).days + 1):
            away[first + timedelta(days=number)].add(person)
    days = (today + timedelta(days=number) for number in range(HORIZON_DAYS))
    whole = sum(members.values())
    return [(whole - sum(members[person] for person in away[day])) / DAYS_OF_A_MONTH for day in days]
