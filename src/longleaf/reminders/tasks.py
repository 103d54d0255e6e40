"""Background work of reminders: one chore, which looks at all clocks once an hour, whichever worker is first."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from longleaf.reminders import mailing, reminding
from longleaf.reminders.models import Round

# Days are counted, so nobody is told too late by an hour; all clocks at once are more than a glance.
EVERY = timedelta(hours=1)
THE_ONE = 1


def remind() -> int:
    """Tell whoever is to be told something now, and mail what is new."""
    now = timezone.now()
    if not _is_ours(now):
        return 0
    return reminding.remind(now=now) + mailing.mail_what_is_new(now=now)


def _is_ours(now: datetime) -> bool:
    rows = Round.objects.filter(pk=THE_ONE)
    if rows.filter(looked_at__lte=now - EVERY).update(looked_at=now):
        return True
    if rows.exists():
        return False
    _, is_new = Round.objects.get_or_create(pk=THE_ONE, defaults={"looked_at": now})
    return is_new
