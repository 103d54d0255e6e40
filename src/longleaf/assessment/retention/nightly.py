"""Letting go once a day, by whichever worker comes first. One that dies in the middle is followed by another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.assessment.models import Night
from longleaf.assessment.retention.letting_go import let_go

# Longer than a run of a whole state takes; after it the worker that claimed the day is taken for dead.
LEASE = timedelta(hours=2)


def let_go_once_a_day(*, now: datetime) -> int:
    """Do what is due today, unless it was done or somebody is at it. Returns how much was done."""
    day = timezone.localdate(now)
    if not _claim(now):
        return 0
    done = let_go(on=day, now=now)
    Night.objects.filter(day=day).update(finished_at=timezone.now())
    return done.number


def _claim(now: datetime) -> bool:
    day = timezone.localdate(now)
    found = Night.objects.filter(day=day).first()
    if found is not None:
        if found.finished_at is not None:
            return False
        stale = Night.objects.filter(day=day, finished_at=None, claimed_at__lt=now - LEASE)
        return bool(stale.update(claimed_at=now))
    try:
        with transaction.atomic():
            Night.objects.create(day=day, claimed_at=now)
    except IntegrityError:
        return False
    return True
