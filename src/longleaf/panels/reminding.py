"""Whom panels remind of their clocks: leads of panels that nobody reads, of rubrics by which nobody may, of alarms that
nobody answered; assessors of certificates that run out.

A lead is never told of a panel on their own work or one that they read for, nor of an alarm about themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.kit.numbers import number
from longleaf.panels.calibration.asking import asked_of
from longleaf.panels.models import Assignment, Author, Certification, DriftAlarm, RubricEdition
from longleaf.panels.queries import short_panels
from longleaf.panels.status import SEATED, CertificationStatus
from longleaf.reminders.sources import Due, Source

# Further ahead than any state may ask to be told, in days of the calendar.
FURTHEST_AHEAD = timedelta(days=120)


def panels_without_readers(now: datetime) -> Iterator[Due]:
    """To each lead of the pool, a panel with a seat that nobody takes."""
    panels = list(short_panels().select_related("pool"))
    leads = _leads_of(panel.pool_id for panel in panels)
    keys = [panel.pk for panel in panels]
    authors = Author.objects.filter(panel__in=keys).values_list("panel", "person")
    readers = Assignment.objects.filter(panel__in=keys, status__in=SEATED).values_list("panel", "rater")
    not_told = {*authors, *readers}
    for panel in panels:
        missing = number(panel.seats - panel.taken, "reader")  # type: ignore[attr-defined]
        for lead in leads.get(panel.pool_id, frozenset()):
            if (panel.pk, lead) not in not_told:
                yield Due(
                    person=lead,
                    about=f"panel:{panel.ref}",
                    link=reverse("pool:panel", kwargs={"slug": panel.pool.slug, "ref": panel.ref}),
                    since=timezone.localdate(panel.convened_at),
                    says=f"{panel.subject} still lacks {missing}.",
                    late=f"{panel.subject} has lacked {missing} since {day(panel.convened_at)}. Ask somebody to join.",
                )


def rubrics_without_certified(now: datetime) -> Iterator[Due]:
    """To each lead of the pool, a rubric that requires a certificate which nobody holds, while work by it waits."""
    waiting = short_panels().filter(edition__isnull=False).order_by().values_list("edition", "convened_at")
    since: dict[int, datetime] = {}
    for edition, convened_at in waiting:
        since[edition] = min(convened_at, since.get(edition, convened_at))
    editions = list(RubricEdition.objects.filter(pk__in=since).select_related("pool"))
    asked, leads = asked_of(editions), _leads_of(each.pool_id for each in editions)
    for each in editions:
        if asked[each.pk].nobody_may_read:
            for lead in leads.get(each.pool_id, frozenset()):
                missing = asked[each.pk].missing
                says = f"Nobody is certified for “{each.title}”, so work by it waits for readers."
                says += f" Before anybody can be: {missing}." if missing else ""
                yield Due(
                    person=lead,
                    about=f"rubric:{each.ref}",
                    link=reverse("calibration:rubric", kwargs={"ref": each.ref}),
                    since=timezone.localdate(since[each.pk]),
                    says=says,
                    late=says,
                )


def certificates(now: datetime) -> Iterator[Due]:
    """To each assessor, a certificate of theirs that runs out."""
    soon = timezone.localdate(now) + FURTHEST_AHEAD
    held = Certification.objects.filter(status=CertificationStatus.CERTIFIED, certified_until__lte=soon)
    for each in held.filter(person__is_active=True).select_related("edition"):
        if each.certified_until:
            ends = day(each.certified_until)
            yield Due(
                person=each.person_id,
                about=f"certification:{each.ref}",
                link=reverse("calibration:home"),
                due=each.certified_until,
                says=f"Your certificate for “{each.edition.title}” ends on {ends}. Take the test before it does.",
            )


def alarms(now: datetime) -> Iterator[Due]:
    """To each lead of the pool, an alarm that nobody has answered: the reader is suspended until somebody does."""
    rung = list(DriftAlarm.objects.filter(looked_at__isnull=True).select_related("certification__edition"))
    leads = _leads_of(alarm.certification.edition.pool_id for alarm in rung)
    for alarm in rung:
        held = alarm.certification
        for lead in leads.get(held.edition.pool_id, frozenset()) - {held.person_id}:
            waits = f"A reader of “{held.edition.title}” is suspended since {day(alarm.rung_at)} by an alarm"
            yield Due(
                person=lead,
                about=f"certification:{held.ref}",
                link=reverse("calibration:reader", kwargs={"ref": held.ref}),
                since=timezone.localdate(alarm.rung_at),
                says=f"{waits}. Decide what follows.",
                late=f"{waits} that nobody has answered. Decide what follows.",
            )


def _leads_of(pools: Iterable[int]) -> dict[int, frozenset[int]]:
    held = directory.holders_of([Role.LEAD_ASSESSOR], set(pools))
    return {pool: people for (_, pool), people in held.items()}


REMINDERS = (
    # Assessors are asked at once; whom nobody was found for after two days, nobody will be by itself.
    Source("panel-short", panels_without_readers, days=(0, 3), within=2),
    # Until somebody is certified, nothing by it is read at all.
    Source("nobody-certified", rubrics_without_certified, days=(0, 3), within=0),
    # A month holds training and a test with a wait before the second go.
    Source("certificate-ends", certificates, days=(-20, -5)),
    Source("alarm-unanswered", alarms, days=(0, 3), within=2),
)
