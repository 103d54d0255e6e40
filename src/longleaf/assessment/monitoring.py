"""What assessment tells `quality.monitoring` of its work: numbers by version, worked out by the database.

What an appeal has read anew is no round, and what an issuer's staff wrote to train assessors is no attempt.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.models import Appeal, Submission
from longleaf.assessment.status import (
    APPEAL_ANSWERED,
    WITH_THE_ASSESSORS,
    AppealStatus,
    AttemptStatus,
)
from longleaf.directory.queries import business_calendar, newest_workplace
from longleaf.kit.dates import business_days_between
from longleaf.quality.monitoring.sources import Appealed, Cohort, Promised, ReadBy, Taken, Work
from longleaf.quality.monitoring.windows import Window

VERSION = "attempt__version"
OF_APPEAL = "submission__attempt__version"


def work_in(window: Window, *, issuer: int | None = None) -> Work:
    """The work of a time, of one issuer or of all, in six queries."""
    rounds = Submission.objects.filter(reread_of__isnull=True).exclude(attempt__status=AttemptStatus.SAMPLE)
    appeals = Appeal.objects.filter(status__in=APPEAL_ANSWERED)
    if issuer is not None:
        rounds = rounds.filter(attempt__micro_credential__issuer=issuer)
        appeals = appeals.filter(submission__attempt__micro_credential__issuer=issuer)
    decided = rounds.filter(decided_at__gte=window.begins, decided_at__lt=window.ends)
    return Work(
        kind=PANEL_KIND,
        cohorts=_cohorts(decided.filter(round=1)),
        promised=_promised(rounds, window),
        taken=_taken(decided),
        appealed=_appealed(appeals.filter(answered_at__gte=window.begins, answered_at__lt=window.ends)),
        read_by=_read_by(rounds),
    )


def _cohorts(first_rounds: QuerySet[Submission]) -> list[Cohort]:
    workplace = Subquery(newest_workplace(OuterRef("attempt__earner")))
    counted = first_rounds.annotate(workplace=workplace).values(VERSION, "workplace")
    rows = counted.annotate(
        attempts=Count("pk"),
        first_time=Count("pk", filter=Q(outcome__verdict="demonstrated")),
        in_the_end=Count("pk", filter=Q(attempt__status=AttemptStatus.DEMONSTRATED)),
    ).order_by(VERSION, "workplace")
    return [Cohort(*row) for row in rows.values_list(VERSION, "workplace", "attempts", "first_time", "in_the_end")]


def _promised(rounds: QuerySet[Submission], window: Window) -> list[Promised]:
    until = min(window.ends, timezone.now())
    due = rounds.filter(due_at__gte=window.begins, due_at__lt=until, submitted_at__isnull=False)
    counted = due.filter(Q(decided_at__isnull=False) | Q(attempt__status__in=WITH_THE_ASSESSORS)).values(VERSION)
    kept = Count("pk", filter=Q(decided_at__lte=F("due_at")))
    rows = counted.annotate(rounds=Count("pk"), kept=kept).order_by(VERSION)
    return [Promised(*row) for row in rows.values_list(VERSION, "rounds", "kept")]


def _taken(decided: QuerySet[Submission]) -> list[Taken]:
    """Rounds that came and went on the same days are one row, so their number is that of days and not of rounds."""
    holidays = business_calendar().holidays
    days = decided.filter(submitted_at__isnull=False).annotate(
        came=TruncDate("submitted_at"), went=TruncDate("decided_at")
    )
    rows = days.values(VERSION, "came", "went").annotate(rounds=Count("pk")).order_by(VERSION, "came", "went")
    return [
        Taken(version, business_days_between(came, went, holidays), number)
        for version, came, went, number in rows.values_list(VERSION, "came", "went", "rounds")
        if isinstance(came, date)
    ]


def _appealed(answered: QuerySet[Appeal]) -> list[Appealed]:
    changed = Count("pk", filter=Q(status=AppealStatus.CHANGED))
    rows = answered.values(OF_APPEAL).annotate(answered=Count("pk"), changed=changed).order_by(OF_APPEAL)
    return [Appealed(*row) for row in rows.values_list(OF_APPEAL, "answered", "changed")]


def _read_by(rounds: QuerySet[Submission]) -> list[ReadBy]:
    judged = rounds.filter(panel__isnull=False, decided_at__isnull=False)
    rows = judged.values_list(VERSION, "panel__pool", "panel__rubric").order_by(VERSION, "panel__pool", "panel__rubric")
    return [ReadBy(*row) for row in rows.distinct()]
