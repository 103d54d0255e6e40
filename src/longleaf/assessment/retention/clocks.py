"""When each thing of an attempt goes: the one place that says so, for the page, the command and the chore alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from longleaf.assessment.models import Artifact, Attempt, Response
from longleaf.assessment.retention.kinds import CountedFrom
from longleaf.assessment.retention.rules import WorkRule
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus
from longleaf.awards.queries import last_day_of_badge

DECIDED = frozenset({AttemptStatus.NOT_YET, AttemptStatus.DEMONSTRATED})


@dataclass(frozen=True)
class Event:
    """In which states of an attempt a clock runs, and which column tells since when."""

    statuses: frozenset[AttemptStatus]
    column: str


# While something is read or appealed no clock runs, and a sample belongs to those who train assessors.
EVENTS: Mapping[CountedFrom, Event] = {
    CountedFrom.LAST_CHANGE: Event(OPEN_FOR_WRITING, "last_change"),
    CountedFrom.WITHDRAWAL: Event(frozenset({AttemptStatus.WITHDRAWN}), "changed_at"),
    CountedFrom.DECISION: Event(DECIDED, "decided_at"),
    CountedFrom.BADGE_EXPIRY: Event(DECIDED, "decided_at"),
}


@dataclass(frozen=True)
class Clock:
    """`since` is the event that began it; `goes_on` None says that it runs only when the badge ends, which it never
    does."""

    rule: WorkRule
    since: datetime
    goes_on: date | None


def attempts_with_clocks() -> QuerySet[Attempt]:
    """Attempts with what their clocks need."""
    saved = _latest(Response.objects.filter(submission__attempt=OuterRef("pk")), "submission__attempt", "saved_at")
    added = _latest(
        Artifact.objects.filter(response__submission__attempt=OuterRef("pk")),
        "response__submission__attempt",
        "added_at",
    )
    changed = F("changed_at")
    last = Greatest(changed, Coalesce(saved, changed), Coalesce(added, changed), output_field=DateTimeField())
    found = Attempt.objects.select_related("version", "micro_credential__state", "micro_credential__issuer", "earner")
    return found.defer("version__search_text").annotate(last_change=last)


def clock_of(attempt: Attempt, rule: WorkRule) -> Clock | None:
    """The clock of one kind of thing of an attempt (of `attempts_with_clocks`); None while it does not run."""
    event = EVENTS[rule.counted_from]
    if AttemptStatus(attempt.status) not in event.statuses:
        return None
    since: datetime | None = getattr(attempt, event.column)
    if since is None:
        return None
    return Clock(rule, since, _goes_on(attempt, rule, since))


def _goes_on(attempt: Attempt, rule: WorkRule, since: datetime) -> date | None:
    counted = timezone.localdate(since)
    if rule.counted_from is CountedFrom.BADGE_EXPIRY and attempt.status == AttemptStatus.DEMONSTRATED:
        ends = last_day_of_badge(attempt.version, since)
        if ends is None:
            return None
        counted = ends
    # The day after the last one on which it is kept.
    return counted + timedelta(days=rule.days + 1)


def _latest(rows: QuerySet[Response] | QuerySet[Artifact], by: str, column: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(latest=Max(column)).values("latest"))
