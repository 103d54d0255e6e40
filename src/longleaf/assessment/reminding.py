"""Whom assessment reminds of its clocks: readers, leads, whoever looks at appeals, and earners whose decision is late.

Every sentence names references that its reader knows already. Nobody who reads is told of an appeal, and no earner who
reads or looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from longleaf.assessment import promising
from longleaf.assessment.appeals.lookers import lookers_of
from longleaf.assessment.desk.access import PANEL_KIND
from longleaf.assessment.models import Appeal, CopyFlag, Submission
from longleaf.assessment.nearness import helpers_of
from longleaf.assessment.status import APPEAL_UNDER_WAY, WITH_THE_ASSESSORS, AppealStatus, AttemptStatus
from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.panels import queries as panels
from longleaf.panels.status import AssignmentStatus
from longleaf.reminders.sources import Due, Source

_JUDGED = ("attempt__run_by", "attempt__micro_credential__issuer")
_TO_CHECK = ("ref", *_JUDGED, "attempt", "attempt__earner", "submitted_at")


def readings_offered(now: datetime) -> Iterator[Due]:
    """To the assessor: an offer that goes to somebody else unless it is taken up."""
    for ref, rater, subject, take_up_by, _ in _seats(AssignmentStatus.OFFERED):
        yield Due(
            person=rater,
            about=f"reading:{ref}",
            link=_desk(ref),
            due=timezone.localdate(take_up_by),
            says=f"Take up {subject} by {day(take_up_by)}, or give it back; after that it goes to somebody else.",
        )


def readings_due(now: datetime) -> Iterator[Due]:
    """To the assessor: a reading that was begun."""
    for ref, rater, subject, _, due_at in _seats(AssignmentStatus.STARTED):
        yield Due(
            person=rater,
            about=f"reading:{ref}",
            link=_desk(ref),
            due=timezone.localdate(due_at),
            says=f"Hand in your reading of {subject} by {day(due_at)}.",
            late=f"Your reading of {subject} was due on {day(due_at)}. Its earner waits; hand it in, or give it back.",
        )


def checks(now: datetime) -> Iterator[Due]:
    """To each lead of the issuer, or of the unit that runs the pathway: work that nobody has looked at yet."""
    rows = Submission.objects.filter(
        attempt__status=AttemptStatus.SUBMITTED,
        submitted_at__isnull=False,
        decided_at__isnull=True,
        panel__isnull=True,
        reread_of__isnull=True,
    ).values_list(*_TO_CHECK)
    waiting = list(rows)
    leads = _leads_of({place for row in waiting for place in row[1:3] if place})
    helpers = helpers_of({row[3] for row in waiting})
    for ref, unit, issuer, attempt, earner, submitted_at in waiting:
        # As `judged_by.led_in` has it: where the unit has nobody left to lead, the issuer's leads look.
        looking = leads.get(unit) or leads.get(issuer, frozenset())
        for lead in looking - helpers[attempt] - {earner}:
            yield Due(
                person=lead,
                about=f"submission:{ref}",
                link=reverse("desk:check", kwargs={"ref": ref}),
                since=timezone.localdate(submitted_at),
                says=f"Look whether {ref} is complete.",
                late=f"Look whether {ref} is complete. It waits for longer than it should.",
            )


def flags(now: datetime) -> Iterator[Due]:
    """To each lead of the issuer who neither earned nor read either work: a likeness that nobody has looked at."""
    rows = CopyFlag.objects.filter(finding="").values_list(
        "ref", "issuer", "submission__ref", "other__ref", "submission__attempt__earner", "other__attempt__earner",
        "submission__attempt", "other__attempt", "flagged_at",
    )  # fmt: skip
    waiting = list(rows)
    leads = _leads_of({row[1] for row in waiting})
    asked = panels.asked_about(sorted({ref for row in waiting for ref in row[2:4]}))
    helpers = helpers_of({attempt for row in waiting for attempt in row[6:8]})
    for ref, issuer, first, second, earner, other_earner, attempt, other_attempt, flagged_at in waiting:
        knows = {earner, other_earner} | {person for work, person in asked if work in (first, second)}
        knows |= helpers[attempt] | helpers[other_attempt]
        for lead in leads.get(issuer, frozenset()) - knows:
            yield Due(
                person=lead,
                about=f"flag:{ref}",
                link=reverse("desk:flag", kwargs={"ref": ref}),
                since=timezone.localdate(flagged_at),
                says=f"Look at the likeness {ref}.",
                late=f"Nobody has looked at the likeness {ref}, found on {day(flagged_at)}.",
            )


def appeals_to_look_at(now: datetime) -> Iterator[Due]:
    """To whoever may say if it is admitted."""
    waiting = _appeals(AppealStatus.LODGED)
    lookers = lookers_of([appeal.pk for appeal in waiting])
    for appeal in waiting:
        for person in lookers[appeal.pk].people:
            yield Due(
                person=person,
                about=f"appeal:{appeal.ref}",
                link=reverse("appeals:look", kwargs={"ref": appeal.ref}),
                due=timezone.localdate(appeal.due_at),
                says=f"Say by {day(appeal.due_at)} whether appeal {appeal.ref} is admitted.",
                late=f"Appeal {appeal.ref} should have been looked at by {day(appeal.due_at)}.",
            )


def appeals_nobody_may_look_at(now: datetime) -> Iterator[Due]:
    """To the administrators of the state's agency, who can give somebody the role."""
    waiting = _appeals(AppealStatus.LODGED)
    lookers = lookers_of([appeal.pk for appeal in waiting])
    stuck = [appeal for appeal in waiting if not lookers[appeal.pk].people]
    states = {appeal.submission.attempt.micro_credential.state_id for appeal in stuck}
    agencies = directory.agencies_of(states)
    held = directory.holders_of([Role.ADMINISTRATOR], agencies.values())
    for appeal in stuck:
        agency = agencies.get(appeal.submission.attempt.micro_credential.state_id, 0)
        for person in held.get((Role.ADMINISTRATOR, agency), frozenset()):
            yield Due(
                person=person,
                about=f"appeal:{appeal.ref}",
                link=reverse("home"),
                due=timezone.localdate(appeal.due_at),
                at_once=True,
                says=f"Nobody may look at appeal {appeal.ref}: all who could had a part. Appoint a state officer.",
            )


def appeals_read_late(now: datetime) -> Iterator[Due]:
    """To whoever admitted it, and to nobody who reads."""
    for appeal in _appeals(AppealStatus.READING):
        if appeal.looked_at_by_id:
            yield Due(
                person=appeal.looked_at_by_id,
                about=f"appeal:{appeal.ref}",
                link=reverse("appeals:look", kwargs={"ref": appeal.ref}),
                due=timezone.localdate(appeal.due_at),
                late=f"The new reading for appeal {appeal.ref} was promised by {day(appeal.due_at)} and is not done.",
            )


def decisions_late(now: datetime) -> Iterator[Due]:
    """To the earner: that it is late, and the new day."""
    late = Submission.objects.filter(
        promised_anew__isnull=False, decided_at__isnull=True, attempt__status__in=WITH_THE_ASSESSORS
    )
    for each in late.select_related("attempt__version").defer(*_LONG):
        yield _late(each, each.promised_anew, each.due_at, "The decision", reverse_to="assessment:history")
    appeals = Appeal.objects.filter(promised_anew__isnull=False, status__in=APPEAL_UNDER_WAY)
    for appeal in appeals.select_related("submission__attempt__version").defer(
        *(f"submission__{name}" for name in _LONG)
    ):
        yield _late(
            appeal.submission, appeal.promised_anew, appeal.due_at, "The answer to your appeal",
            reverse_to="appeals:appeal",
        )  # fmt: skip


def _late(submission: Submission, expected: Any, promised: Any, what: str, *, reverse_to: str) -> Due:
    attempt = submission.attempt
    return Due(
        person=attempt.earner_id,
        about=f"attempt:{attempt.ref}",
        link=reverse(reverse_to, kwargs={"ref": attempt.ref}),
        due=timezone.localdate(expected),
        at_once=True,
        says=(
            f"{what} on “{attempt.version.labelled_title}” is late: it was promised by {day(promised)}. "
            f"Expect it by {day(expected)}; you need do nothing."
        ),
    )


# Columns that hold whole documents, of which a reminder needs none.
_LONG = ("attempt__version__document", "attempt__version__search_text")


def _seats(status: AssignmentStatus) -> list[tuple[str, int, str, datetime, datetime]]:
    rows = panels.seats_at_work(kind=PANEL_KIND).filter(status=status, rater__is_active=True)
    return list(rows.values_list("ref", "rater", "panel__subject", "take_up_by", "due_at"))


def _appeals(status: AppealStatus) -> list[Appeal]:
    return list(Appeal.objects.filter(status=status).select_related("submission__attempt__micro_credential"))


def _desk(ref: str) -> str:
    return reverse("desk:read", kwargs={"ref": ref})


def _leads_of(issuers: Collection[int]) -> dict[int, frozenset[int]]:
    held = directory.holders_of([Role.LEAD_ASSESSOR], issuers)
    return {issuer: people for (_, issuer), people in held.items()}


REMINDERS = (
    Source("reading-offered", readings_offered, days=(-1,)),
    Source("reading-due", readings_due, days=(-1, 1)),
    # A look at a list takes minutes, and every day of it is taken from those who read.
    Source("check-waiting", checks, days=(0, 2), within=2),
    Source("likeness-waiting", flags, days=(0,), within=5),
    Source("appeal-waiting", appeals_to_look_at, days=(-1, 1, 5)),
    Source("appeal-without-anybody", appeals_nobody_may_look_at),
    Source("appeal-read-late", appeals_read_late, days=(1, 5)),
    # `within`: so many business days are promised anew when a promise could not be kept.
    Source(promising.KIND, decisions_late, within=5),
)
