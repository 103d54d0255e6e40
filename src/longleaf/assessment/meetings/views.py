"""Pages of a meeting with a coach: the earner's, and what a coach is asked to confirm."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.assessment.errors import UnusableMeeting
from longleaf.assessment.meetings import queries, recording
from longleaf.assessment.meetings.access import coaches_for
from longleaf.assessment.models import CoachMeeting
from longleaf.assessment.views.asking import attempt_of, heading_of
from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of

CONFIRM = "confirm"


@login_required
@require_http_methods(["GET", "POST"])
def coach(request: HttpRequest, ref: str) -> HttpResponse:
    """The earner's page: why a meeting is asked for, and with whom and when it was."""
    if request.method != "POST":
        return _draw(request, ref)
    attempt, named = attempt_of(request, ref), request.POST.get("coach", "")
    try:
        said = recording.say_met(
            attempt=attempt,
            coach=named,
            met_on=_day(request.POST.get("met_on", "")),
            acting_person=person_of(request),
        )
    except UnusableMeeting as refusal:
        return _draw(request, ref, problem=refusal)
    messages.success(request, f"{said.coach.name} is asked to confirm it. You can open the next round then.")
    return redirect("assessment:coach", ref=ref)


@login_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Meetings that a coach is asked to confirm."""
    page: Page[CoachMeeting] = page_of(queries.waiting_meetings(person_of(request)), parameters=request.GET)
    return render(request, "assessment/meetings/waiting.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """One meeting, and the two answers that its coach may give."""
    person = person_of(request)
    meeting = queries.meeting_with(person, ref)
    if request.method != "POST":
        return render(request, "assessment/meetings/answer.html", {"meeting": meeting, "reason": "", "problems": {}})
    if request.POST.get("answer") == CONFIRM:
        recording.confirm(meeting=meeting, acting_person=person)
        messages.success(request, f"Confirmed. {meeting.attempt.earner.name} can open the next round.")
        return redirect("meetings:waiting")
    reason = request.POST.get("reason", "")
    try:
        recording.deny(meeting=meeting, reason=reason, acting_person=person)
    except UnusableMeeting as refusal:
        context = {"meeting": meeting, "reason": reason, "problems": refusal.fields}
        return render(request, "assessment/meetings/answer.html", context, status=422)
    messages.success(request, "Not confirmed. The earner reads your reason.")
    return redirect("meetings:waiting")


def _draw(request: HttpRequest, ref: str, *, problem: UnusableMeeting | None = None) -> HttpResponse:
    attempt = attempt_of(request, ref)
    needed = queries.meeting_needed(person_of(request), attempt.version)
    context = {
        **heading_of(attempt),
        "needed": needed,
        "meeting": queries.latest_meeting(attempt),
        "coaches": [(each.ref, each.name) for each in coaches_for(attempt)] if needed else [],
        "chosen": request.POST.get("coach", ""),
        "met_on": request.POST.get("met_on", ""),
        "today": timezone.localdate(),
        "problems": problem.fields if problem else {},
    }
    return render(request, "assessment/meetings/coach.html", context, status=422 if problem else 200)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
