"""Whom applications remind: officers of an organisation whose approval ends, or whose application is to be updated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.kit.dates import day
from longleaf.quality.models import Application, QualityDecision
from longleaf.quality.queries import RECOGNISES, holding_among
from longleaf.quality.reviewing.subjects import APPLIES
from longleaf.quality.status import APPLIED_FOR, OPEN_APPLICATIONS, ApplicationStatus, Judges
from longleaf.reminders.sources import Due, Source

# Further ahead than any state may ask to be told, in days of the calendar.
FURTHEST_AHEAD = timedelta(days=250)


def endings(now: datetime) -> Iterator[Due]:
    """To each officer of an organisation, that its approval ends on a day, unless an application is under way."""
    today = timezone.localdate(now)
    ending = QualityDecision.objects.filter(
        organisation__isnull=False, outcome__in=RECOGNISES, valid_until__range=(today, today + FURTHEST_AHEAD)
    )
    named = QualityDecision.objects.filter(organisation__in=ending.values("organisation"))
    standing = [each.decision for each in holding_among(named, today) if each.recognises and each.decision.valid_until]
    applied = set(Application.objects.filter(status__in=OPEN_APPLICATIONS).values_list("organisation", "judged_as"))
    standing = [each for each in standing if (each.organisation_id, each.judged_as) not in applied]
    officers = directory.holders_of(APPLIES, {each.organisation_id for each in standing if each.organisation_id})
    for decision in standing:
        until = decision.valid_until
        assert until is not None, "only what ends is asked for"
        people = {
            person for role in APPLIES for person in officers.get((role, decision.organisation_id or 0), frozenset())
        }
        for person in sorted(people):
            what = APPLIED_FOR[Judges(decision.judged_as)]
            yield Due(
                person=person,
                about=f"quality-decision:{decision.pk}",
                link=reverse("applications:home"),
                due=until,
                says=f"What was approved ends on {day(until)} ({what.lower()}). Apply for its renewal before it does.",
                late=f"What was approved ended on {day(until)} ({what.lower()}). Apply anew.",
            )


def updates(now: datetime) -> Iterator[Due]:
    """To each officer of an organisation, that its application is to be brought up to date, until it writes that."""
    asked = list(Application.objects.filter(update_by__isnull=False).order_by("organisation", "judged_as", "pk"))
    written = Application.objects.filter(renews__in=asked).exclude(status=ApplicationStatus.GIVEN_UP)
    begun = set(written.values_list("renews", flat=True))
    asked = [each for each in asked if each.pk not in begun]
    officers = directory.holders_of(APPLIES, {each.organisation_id for each in asked})
    for application in asked:
        by = application.update_by
        assert by is not None, "only what is asked for is looked for"
        for person in sorted(
            {person for role in APPLIES for person in officers.get((role, application.organisation_id), frozenset())}
        ):
            yield Due(
                person=person,
                about=f"application:{application.ref}",
                link=reverse("applications:home"),
                due=by,
                says=f"The state agency asks you to bring an application up to date by {day(by)}.",
                late=f"An application was to be brought up to date by {day(by)}. The state agency waits for it.",
            )


REMINDERS = (
    # Writing takes weeks and reading takes weeks.
    Source("approval-ends", endings, days=(-100, -60, -20)),
    Source("application-to-update", updates, days=(-20, -7, 1)),
)
