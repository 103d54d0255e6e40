"""Everything somebody works on, and beginning something."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.assessment import queries, starting
from longleaf.assessment.access import may_start
from longleaf.assessment.meetings.queries import attempt_to_say_it_at, meeting_needed
from longleaf.assessment.retention.queries import going_soon
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.telling import where_it_stands
from longleaf.catalog.design import Design
from longleaf.catalog.queries import bare_version
from longleaf.directory.signed_in import person_of
from longleaf.quality import wording as quality

FINISHED = frozenset({AttemptStatus.DEMONSTRATED, AttemptStatus.WITHDRAWN, AttemptStatus.SAMPLE})


@require_GET
@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    lines = [(line, where_it_stands(line.attempt, line.submission)) for line in queries.my_attempts(person_of(request))]
    context = {
        "yours": [each for each in lines if each[1].whose == "yours"],
        "theirs": [each for each in lines if each[1].whose == "theirs"],
        "finished": [each for each in lines if each[0].status in FINISHED],
        "now": timezone.now(),
        "going_soon": going_soon(person_of(request)),
        "may_start": may_start(person_of(request)),
    }
    return render(request, "assessment/my_work.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    version = bare_version(slug)
    person = person_of(request)
    if request.method == "POST":
        attempt = starting.start(version=version, acting_person=person)
        return redirect("assessment:attempt", ref=attempt.ref)
    going_on = queries.under_way(person, version.micro_credential_id)
    if going_on:
        return redirect("assessment:attempt", ref=going_on.ref)
    context = {
        "version": version,
        "issuer": version.micro_credential.issuer,
        "unit": starting.unit_for(version, person),
        "slug": slug,
        "design": Design(version.document),
        "left": queries.rounds_left(person, version),
        "may_start": may_start(person),
        "closed": quality.closed(version, timezone.localdate()),
        "meeting_at": attempt_to_say_it_at(person, version) if meeting_needed(person, version) else None,
    }
    return render(request, "assessment/start.html", context)
