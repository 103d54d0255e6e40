"""The verb that mails what is new: one mail a person a day, on days on which people are at work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from longleaf.directory.queries import business_calendar, people_by_key
from longleaf.kit.dates import is_business_day
from longleaf.kit.numbers import number
from longleaf.reminders.models import HowToTell, Reminder

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def mail_what_is_new(*, now: datetime) -> int:
    """Mail each person what they were not mailed yet. Returns how many mails went out.

    Invented people have no mailbox, and whoever chose so reads it on the page. A mail that could not be sent is tried
    again on the next business day; what it told stands on the page all the while.
    """
    calendar = business_calendar()
    today = now.astimezone(calendar.zone).date()
    if not is_business_day(today, calendar.holidays):
        return 0
    new = _new_by_person(today)
    people = {key: person for key, person in people_by_key(new).items() if person.is_active}
    HowToTell.objects.bulk_create([HowToTell(person_id=key) for key in people], ignore_conflicts=True)
    mails = [_mail(person, new[key]) for key, person in people.items() if _is_ours(person, today)]
    if not mails:
        return 0
    sent = get_connection().send_messages(mails) or 0
    told = [row.pk for person in people for row in new[person]]
    Reminder.objects.filter(pk__in=told).update(mailed_at=now)
    return sent


def _new_by_person(today: date) -> dict[int, list[Reminder]]:
    rows = Reminder.objects.filter(settled_at__isnull=True, mailed_at__isnull=True, person__is_synthetic=False)
    had_one = Q(person__how_to_tell__by_mail=False) | Q(person__how_to_tell__mailed_on__gte=today)
    found = defaultdict(list)
    for row in rows.exclude(had_one).order_by("due_on", "about"):
        found[row.person_id].append(row)
    return dict(found)


def _is_ours(person: Person, today: date) -> bool:
    """Whether the mail of the day is ours to send: another worker may have been faster."""
    free = HowToTell.objects.filter(Q(mailed_on__isnull=True) | Q(mailed_on__lt=today), person=person, by_mail=True)
    return bool(free.update(mailed_on=today))


def _mail(person: Person, new: Sequence[Reminder]) -> EmailMessage:
    subject = number(len(new), "thing waits for you", "things wait for you")
    context = {"person": person, "reminders": new, "site": settings.PUBLIC_URL, "page": reverse("reminders:mine")}
    text = render_to_string("reminders/digest.txt", context)
    return EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
