"""Whom recognition reminds: officers of requests, educators of questions and decisions, the agency of appeals.

Sentences name references only: a mail may be read by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.recognition.credit_requests import letting_go
from longleaf.recognition.models import CreditRequest, RequestDocument
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import DECIDED, RequestStatus
from longleaf.reminders.sources import Due, Source

# A decision stays among what waits for its educator so long.
DECISION_SHOWN_FOR = timedelta(days=14)
# So long before documents go it is looked which do; the day of the reminder itself is the source's.
TOLD_BEFORE = timedelta(days=90)


def requests_to_decide(now: datetime) -> Iterator[Due]:
    """To each officer of the school unit, or of the agency, but whoever asked."""
    waiting = list(CreditRequest.objects.filter(status=RequestStatus.SENT))
    held = directory.holders_of([Role.PSU_OFFICER, Role.STATE_OFFICER], {each.office_id for each in waiting})
    agency = directory.agency() if waiting else None
    for each in waiting:
        role = Role.STATE_OFFICER if agency and each.office_id == agency.pk else Role.PSU_OFFICER
        for officer in held.get((role, each.office_id), frozenset()) - {each.educator_id}:
            yield Due(
                person=officer,
                about=f"credit-request:{each.ref}",
                link=reverse("recognition:desk-request", kwargs={"ref": each.ref}),
                due=each.due_on,
                says=f"Decide on the request for credit {each.ref} by {day(each.due_on)}.",
                late=f"The request for credit {each.ref} should have been decided by {day(each.due_on)}.",
            )


def questions_to_answer(now: datetime) -> Iterator[Due]:
    """To the educator: the office asks something and waits."""
    for each in CreditRequest.objects.filter(status=RequestStatus.ASKED_BACK).select_related("office"):
        yield Due(
            person=each.educator_id,
            about=f"credit-request:{each.ref}",
            link=_own_page(each),
            due=timezone.localdate(now),
            at_once=True,
            says=f"{each.office.name} asks something about your request {each.ref}.",
        )


def decisions_to_read(now: datetime) -> Iterator[Due]:
    """To the educator: it is decided, or an appeal is ruled on."""
    since = now - DECISION_SHOWN_FOR
    lately = Q(ruled_at__isnull=True, decided_at__gte=since) | Q(ruled_at__gte=since)
    for each in CreditRequest.objects.filter(lately, status__in=sorted(DECIDED)):
        what = "Your appeal on" if each.ruled_at else "Your request"
        yield Due(
            person=each.educator_id,
            about=f"credit-request:{each.ref}",
            link=_own_page(each),
            due=timezone.localdate(each.ruled_at or each.decided_at),
            at_once=True,
            says=f"{what} {each.ref} is decided. Read the letter.",
        )


def appeals_to_rule_on(now: datetime) -> Iterator[Due]:
    """To each officer of the agency who neither asked nor decided."""
    waiting = list(CreditRequest.objects.filter(status=RequestStatus.APPEALED))
    agency = directory.agency() if waiting else None
    if agency is None:
        return
    held = directory.holders_of([Role.STATE_OFFICER], [agency.pk])
    officers = held.get((Role.STATE_OFFICER, agency.pk), frozenset())
    for each in waiting:
        for officer in officers - {each.educator_id, each.decided_by_id}:
            yield Due(
                person=officer,
                about=f"credit-request:{each.ref}",
                link=reverse("recognition:appeal", kwargs={"ref": each.ref}),
                due=each.due_on,
                says=f"Rule on the appeal about the request for credit {each.ref} by {day(each.due_on)}.",
                late=f"The appeal about {each.ref} should have been ruled on by {day(each.due_on)}.",
            )


def _own_page(request: CreditRequest) -> str:
    return reverse("recognition:request", kwargs={"ref": request.ref})


def documents_that_go(now: datetime) -> Iterator[Due]:
    """To the educator: the documents of a request that is over will be deleted."""
    over_by = timezone.localdate(now) - timedelta(days=practice_in_force().documents_kept_days) + TOLD_BEFORE
    requests: dict[int, list[RequestDocument]] = {}
    for each in letting_go.over_before(over_by).select_related("request").order_by("pk"):
        requests.setdefault(each.request_id, []).append(each)
    for documents in requests.values():
        request = documents[0].request
        until = letting_go.kept_until(request, documents)
        if until is not None:
            yield Due(
                person=request.educator_id,
                about=f"credit-request:{request.ref}",
                link=_own_page(request),
                due=until,
                says=f"Documents of your request {request.ref} are deleted after {day(until)}. Download what you need.",
            )


REMINDERS = (
    Source("credit-request-waiting", requests_to_decide, days=(-1, 1, 5)),
    Source("credit-request-asked-back", questions_to_answer),
    Source("credit-request-decided", decisions_to_read),
    Source("credit-appeal-waiting", appeals_to_rule_on, days=(-1, 1, 5)),
    Source("credit-request-documents", documents_that_go, days=(-20,)),
)
