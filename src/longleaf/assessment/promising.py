"""The verb of a broken promise: the earner is told honestly that it is late, and when to expect it now.

What was promised first stays, so that how often promises are kept can be told.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from longleaf.assessment.clock import due_after
from longleaf.assessment.completeness import hold
from longleaf.assessment.events import Event
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.status import APPEAL_UNDER_WAY, WITH_THE_ASSESSORS
from longleaf.journal.recording import record
from longleaf.panels.queries import latest_due_of
from longleaf.reminders.ruling import within_of

# What the reminder of a broken promise is called; its `within` is how many business days are promised anew.
KIND = "decision-late"
LAST_TOLD = Coalesce(F("promised_anew"), F("due_at"))


def promise_anew(*, now: datetime) -> int:
    """Give a new day for each decision and each answer to an appeal whose promised day has passed. Returns how many.

    The new day is so many business days from now as the state says, and not before those who read have to be done.
    """
    within = within_of(KIND)
    late = Submission.objects.filter(submitted_at__isnull=False, decided_at__isnull=True, reread_of__isnull=True)
    late = late.filter(attempt__status__in=WITH_THE_ASSESSORS, due_at__lt=now).annotate(told=LAST_TOLD)
    appeals = Appeal.objects.filter(status__in=APPEAL_UNDER_WAY, due_at__lt=now).annotate(told=LAST_TOLD)
    told = [_of_decision(each, within, now) for each in late.filter(told__lt=now)]
    told += [_of_appeal(each, within, now) for each in appeals.filter(told__lt=now).select_related("submission")]
    return sum(told)


@transaction.atomic
def _of_decision(submission: Submission, within: int, now: datetime) -> bool:
    attempt = hold(submission)
    held = Submission.objects.get(pk=submission.pk)
    if attempt.status not in WITH_THE_ASSESSORS or held.decided_at or not _has_passed(held.expected_at, now):
        return False
    before, held.promised_anew = held.expected_at, _new_day(attempt, held, within, now)
    held.save(update_fields=["promised_anew"])
    _record(Event.DECISION_LATE, attempt, before, held.promised_anew, {"round": held.round})
    return True


@transaction.atomic
def _of_appeal(appeal: Appeal, within: int, now: datetime) -> bool:
    attempt = hold(appeal.submission)
    held = Appeal.objects.select_related("reread").get(pk=appeal.pk)
    if held.status not in APPEAL_UNDER_WAY or not _has_passed(held.expected_at, now):
        return False
    before, held.promised_anew = held.expected_at, _new_day(attempt, held.reread, within, now)
    held.save(update_fields=["promised_anew"])
    _record(Event.APPEAL_LATE, attempt, before, held.promised_anew, {"appeal": held.ref})
    return True


def _has_passed(promised: datetime | None, now: datetime) -> bool:
    return promised is not None and promised < now


def _new_day(attempt: Attempt, read: Submission | None, within: int, now: datetime) -> datetime:
    state = attempt.micro_credential.state
    holidays = frozenset(date.fromisoformat(day) for day in state.holidays)
    soonest = due_after(now, max(within, 1), holidays=holidays, zone=ZoneInfo(state.time_zone))
    readers = latest_due_of(read.panel_id) if read and read.panel_id else None
    return max(soonest, readers) if readers else soonest


def _record(event: Event, attempt: Attempt, before: datetime | None, new: datetime, data: dict[str, object]) -> None:
    days = {"promised": timezone.localdate(before).isoformat(), "expected": timezone.localdate(new).isoformat()}
    record(event, actor=None, subject=f"attempt:{attempt.ref}", data={**data, **days})
