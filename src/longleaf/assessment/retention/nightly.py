"""Letting go once a day, by whichever worker comes first. One that dies in the middle is followed by another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from longleaf.assessment.models import Night
from longleaf.assessment.retention.letting_go import let_go

# So that other chores have their turn; the next round goes on.
AT_ONCE = 100
# Longer than so many letters take; after it the worker that claimed the day is taken for dead.
LEASE = timedelta(minutes=30)


def let_go_once_a_day(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Go on with what is due today, unless it is done or somebody is at it. Returns how much was done."""
    night = _claimed(now)
    if night is None:
        return 0
    done = let_go(on=night.day, now=now, after=night.reached, most=at_once)
    if done.reached:
        # Given free at once, so that the next round need not wait for the lease.
        Night.objects.filter(pk=night.pk).update(reached=done.reached, claimed_at=now - LEASE)
    else:
        Night.objects.filter(pk=night.pk).update(finished_at=timezone.now())
    return done.number


def _claimed(now: datetime) -> Night | None:
    day = timezone.localdate(now)
    found = Night.objects.filter(day=day).first()
    if found is None:
        try:
            with transaction.atomic():
                return Night.objects.create(day=day, claimed_at=now)
        except IntegrityError:
            return None
    is_free = found.finished_at is None and found.claimed_at <= now - LEASE
    mine = is_free and Night.objects.filter(pk=day, finished_at=None, claimed_at=found.claimed_at).update(
        claimed_at=now
    )
    return found if mine else None
