"""Looking at the work as an assessor will, and handing it in."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment import submitting
from longleaf.assessment.errors import NoSuchRound, NotOpenForWriting, NotReady
from longleaf.assessment.privacy import ai_use, looked, looking
from longleaf.assessment.privacy.readiness import what_is_unsaid
from longleaf.assessment.queries import Work
from longleaf.assessment.rounds import what_changed
from longleaf.assessment.sending import would_wait
from longleaf.assessment.statements import STATEMENTS
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus
from longleaf.assessment.views.asking import heading_of, work_of, work_of_round
from longleaf.catalog import wording
from longleaf.directory.signed_in import person_of
from longleaf.kit.dates import day
from longleaf.kit.numbers import whole_number
from longleaf.panels.blindness import BLIND_RATER


@require_GET
@login_required
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    work = work_of_round(request, ref)
    context = {
        **heading_of(work.attempt),
        "work": work,
        "neutral_title": BLIND_RATER.artifact_name,
        "changes": what_changed(work),
        "tools": ai_use.statements_in(work.submission) if work.design.ai_policy.asks else {},
    }
    return render(request, "assessment/preview.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    work = work_of(request, ref)
    if request.method == "POST":
        return _take(request, work)
    if AttemptStatus(work.attempt.status) not in OPEN_FOR_WRITING:
        return redirect("assessment:attempt", ref=ref)
    return _show(request, work, agreed=(), chosen=work.submission.badge_evidence)


@require_POST
@login_required
def look_through(request: HttpRequest, ref: str) -> HttpResponse:
    """Keeps each tick as it is made, so that whoever leaves the page finds it ticked."""
    _keep_ticks(request, work_of(request, ref))
    return HttpResponse(status=204)


def _keep_ticks(request: HttpRequest, work: Work) -> None:
    ticked = {key for each in request.POST.getlist("looked") if (key := whole_number(each)) is not None}
    looked.say_looked_through(submission=work.submission, artifacts=ticked, acting_person=person_of(request))


def _take(request: HttpRequest, work: Work) -> HttpResponse:
    agreed, chosen = request.POST.getlist("statements"), request.POST.getlist("badge_evidence")
    language = request.POST.get("language", "")
    # Where it is handed in already, as by the first of two clicks, there is nothing to tick any more.
    with suppress(NotOpenForWriting, NoSuchRound):
        _keep_ticks(request, work)
    try:
        submitted = submitting.submit(
            submission=work.submission,
            statements=agreed,
            badge_evidence=chosen,
            language=language,
            acting_person=person_of(request),
        )
    except NotReady as refusal:
        return _show(request, work, agreed=agreed, chosen=chosen, language=language, problem=refusal)
    messages.success(request, f"Handed in as {submitted.ref}. Expect the decision by {day(submitted.due_at)}.")
    return redirect("assessment:attempt", ref=work.attempt.ref)


def _show(
    request: HttpRequest,
    work: Work,
    *,
    agreed: Collection[str],
    chosen: Collection[str],
    language: str = "",
    problem: NotReady | None = None,
) -> HttpResponse:
    context = {
        **heading_of(work.attempt),
        "work": work,
        "statements": STATEMENTS,
        "agreed": agreed,
        "chosen": chosen,
        "languages": [{"value": each, "label": wording.language(each)} for each in work.design.languages],
        "language": language or work.submission.language,
        "problems": problem.fields if problem else {},
        "look": looking.look_through(work),
        "unsaid": what_is_unsaid(work),
        "to_look_through": looked.to_look_through(work),
        "expected": submitting.expected_by(work.attempt, timezone.now()),
        "waits_for_readers": would_wait(work.submission, work.attempt),
        "now": timezone.now(),
    }
    return render(request, "assessment/submit.html", context, status=422 if problem else 200)
