"""Pages of keeping and letting go: the earner's clocks and download, and the state's holds. Thin."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment.access import attempts_of
from longleaf.assessment.errors import HoldIncomplete, NoSuchHold
from longleaf.assessment.models import Attempt, Hold
from longleaf.assessment.retention import holds, queries
from longleaf.assessment.retention.access import may_hold
from longleaf.assessment.retention.packing import everything_of
from longleaf.assessment.retention.rules import present_rules
from longleaf.assessment.views.asking import attempt_of
from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of


@require_GET
@login_required
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept of somebody's own work, and until when."""
    person = person_of(request)
    page: Page[Attempt] = page_of(attempts_of(person).order_by("-changed_at", "-pk"), parameters=request.GET)
    context = {"page": page, "works": queries.kept_work_of(person, page.rows), "rules": present_rules()}
    return render(request, "assessment/retention/kept.html", context)


@require_GET
@login_required
def everything(request: HttpRequest, ref: str) -> StreamingHttpResponse:
    """Everything of one's own attempt as one file."""
    attempt = attempt_of(request, ref)
    response = StreamingHttpResponse(everything_of(attempt), content_type="application/zip")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{attempt.ref}.zip") or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """All holds, and the form that sets one."""
    person = person_of(request)
    if not may_hold(person):
        raise NoSuchHold
    if request.method == "GET":
        return _show(request)
    typed = request.POST
    try:
        hold = holds.set_hold(
            what=typed.get("what", ""),
            reason=typed.get("reason", ""),
            until=_day(typed.get("until", "")),
            acting_person=person,
        )
    except HoldIncomplete as refusal:
        return _show(request, refusal)
    messages.success(request, f"Held as {hold.ref}. Nothing of it is deleted while the hold is in force.")
    return redirect("holds:listed")


@require_POST
@login_required
def end(request: HttpRequest, ref: str) -> HttpResponse:
    holds.end_hold(ref=ref, acting_person=person_of(request))
    messages.success(request, "The hold is ended. What is over its time goes with the next night.")
    return redirect("holds:listed")


def _show(request: HttpRequest, refusal: HoldIncomplete | None = None) -> HttpResponse:
    page: Page[Hold] = page_of(queries.holds_by_end(person_of(request)), parameters=request.GET)
    context = {
        "page": page,
        "today": timezone.localdate(),
        "typed": request.POST if refusal else {},
        "problems": dict(refusal.fields) if refusal else {},
    }
    return render(request, "assessment/retention/holds.html", context, status=422 if refusal else 200)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
