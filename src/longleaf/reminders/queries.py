"""Reads of what waits for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from longleaf.reminders.models import HowToTell, Reminder

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def waiting_for(person: Person) -> QuerySet[Reminder]:
    """What somebody was reminded of and has not done yet, by the day that it is due on."""
    return Reminder.objects.filter(person=person, settled_at__isnull=True).order_by("due_on", "about")


def is_told_by_mail(person: Person) -> bool:
    told = HowToTell.objects.filter(person=person).values_list("by_mail", flat=True).first()
    return told is not False
