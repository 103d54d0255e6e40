"""Pages on conditions: what is asked for and by when, what an issuer reports, and what is answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.directory.queries import holds
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.errors import BadInput, WrongState
from longleaf.kit.handing_out import as_file
from longleaf.kit.paging import Page, page_of
from longleaf.panels.errors import ReasonMissing
from longleaf.quality.errors import NoSuchCondition, NoSuchReview, ReportedItThemselves
from longleaf.quality.models import Condition
from longleaf.quality.reviewing import conditions, queries
from longleaf.quality.reviewing.access import may_speak_for
from longleaf.quality.status import ReportStatus


@login_required
@require_GET
def follow_up(request: HttpRequest) -> HttpResponse:
    """For officers: conditions that are not met yet, and recognitions that end."""
    return _follow_up(request, {}, {})


@login_required
@require_POST
def note_met(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Confirm or note that a condition is met, or return what was reported of it."""
    person = person_of(request)
    condition = conditions.overseen(person, ref, number)
    note, returns = request.POST.get("note", ""), request.POST.get("act") == "return"
    seen: dict[str, Any] = {"condition": condition, "report": request.POST.get("report", ""), "acting_person": person}
    try:
        if returns:
            conditions.return_report(reason=note, **seen)
        else:
            conditions.note_met(note=note, **seen)
    except (ReasonMissing, WrongState, ReportedItThemselves) as refusal:
        # What holds now is drawn, with what was typed: somebody may have been faster.
        typed = {condition.pk: note}
        return _follow_up(request, {condition.pk: refusal.sentence}, typed, status=refusal.http_status)
    messages.success(request, f"Condition {number} of {ref} is {'returned' if returns else 'met'}.")
    return redirect("quality:follow_up")


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """For whoever speaks for what was reviewed: one condition, what was reported of it, and a form to report it."""
    person = person_of(request)
    condition = conditions.of_review(person, ref, number)
    if request.method == "GET":
        return _report(request, condition, {}, {})
    text, file = request.POST.get("text", ""), request.FILES.get("file")
    try:
        conditions.report_met(
            condition=condition,
            text=text,
            file=file,
            name=(file.name or "") if file else "",
            size=(file.size or 0) if file else 0,
            acting_person=person,
        )
    except BadInput as bad:
        errors = bad.fields or {"file": bad.sentence}
        return _report(request, condition, {"text": text}, errors, status=422)
    except WrongState as faster:
        now = conditions.of_review(person, ref, number)
        return _report(request, now, {"text": text}, {"text": faster.sentence}, status=faster.http_status)
    messages.success(request, "It is reported. An officer of the agency looks at it, and answers by letter.")
    return redirect("quality:condition", ref=ref, number=number)


@login_required
@require_GET
def letter(request: HttpRequest, ref: str, number: int, report: str) -> HttpResponse:
    """What the agency answered to a report, as a letter."""
    found = conditions.report_seen_by(person_of(request), ref, number, report)
    if found.status == ReportStatus.WAITING:
        raise NoSuchCondition
    context = {"report": found, "condition": found.condition, "review": found.condition.review}
    return render(request, "quality/reviewing/condition_letter.html", context)


@login_required
@require_GET
def file(request: HttpRequest, ref: str, number: int, report: str) -> HttpResponseBase:
    """The file that a report brought, for whoever may see the review."""
    found = conditions.report_seen_by(person_of(request), ref, number, report)
    if not found.stored_as:
        raise NoSuchCondition
    return as_file(found)


def _report(
    request: HttpRequest, condition: Condition, typed: dict[str, str], errors: dict[str, str], *, status: int = 200
) -> HttpResponse:
    reports = list(condition.reports.all())
    waits = any(each.status == ReportStatus.WAITING for each in reports)
    context = {
        "condition": condition,
        "review": condition.review,
        "reports": reports,
        "waits": waits,
        "may_report": may_speak_for(person_of(request), condition.review) and not waits and not condition.met_on,
        "typed": typed,
        "errors": errors,
        "summary": [{"id": f"report-{name}", "text": sentence} for name, sentence in errors.items()],
        "endings": conditions.ENDINGS,
        "now": timezone.now(),
    }
    return render(request, "quality/reviewing/condition.html", context, status=status)


def _follow_up(
    request: HttpRequest, errors: dict[int, str], typed: dict[int, str], *, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    if not holds(person, Role.STATE_OFFICER):
        raise NoSuchReview
    page: Page[Any] = page_of(conditions.open_conditions(person), parameters=request.GET, size=30)
    shown = {each.pk for each in page.rows}
    context = {
        "page": page,
        # What was typed of a condition that is listed no more, or on another page of the list.
        "left_over": [(errors[key], typed.get(key, "")) for key in errors if key not in shown],
        "ending": queries.ending_soon(person, today=timezone.localdate())[:100],
        "errors": errors,
        "typed": typed,
        "now": timezone.now(),
    }
    return render(request, "quality/reviewing/follow_up.html", context, status=status)
