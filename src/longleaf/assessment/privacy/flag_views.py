"""A lead assessor's pages on likenesses between submissions: the list, and two places side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.assessment.desk.access import roles_at_desk
from longleaf.assessment.errors import FindingMissing, NoSuchDesk, NoSuchFlag
from longleaf.assessment.evidence.serving import file_response
from longleaf.assessment.privacy import flags as likenesses
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.paging import Page, page_of
from longleaf.panels.blindness import BLIND_LEAD


@require_safe
@login_required
def flags(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if Role.LEAD_ASSESSOR not in roles_at_desk(person):
        raise NoSuchDesk
    done = "done" in request.GET
    rows = likenesses.flags_looked_at(person) if done else likenesses.open_flags(person)
    page: Page[Any] = page_of(rows, parameters=request.GET, size=30)
    return render(request, "assessment/privacy/flags.html", {"page": page, "done": done, "sight": BLIND_LEAD})


@require_http_methods(["GET", "POST"])
@login_required
def flag(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    found = likenesses.flag_of(person, ref)
    finding, note, problems = found.finding, found.note, {}
    if request.method == "POST":
        finding, note = request.POST.get("finding", ""), request.POST.get("note", "")
        try:
            likenesses.look_at(flag=found, finding=finding, note=note, acting_person=person)
        except FindingMissing as refusal:
            problems = dict(refusal.fields)
        else:
            messages.success(request, "What you found is kept beside the flag. It changes no score and no status.")
            return redirect("desk:flags")
    context = {
        "flag": found,
        "sides": list(zip(("this", "other"), likenesses.sides_of(found), strict=True)),
        "options": [{"value": each.value, "label": each.label} for each in likenesses.findings_for(found)],
        "finding": finding,
        "note": note,
        "problems": problems,
    }
    return render(request, "assessment/privacy/flag.html", context, status=422 if problems else 200)


@require_safe
@login_required
def flag_file(request: HttpRequest, ref: str, side: str) -> HttpResponseBase:
    """The file of one side, under its neutral name."""
    found = likenesses.flag_of(person_of(request), ref)
    exhibit = likenesses.file_of(found, side)
    if exhibit.upload is None:
        raise NoSuchFlag
    return file_response(exhibit.upload, exhibit.file_name, asked_range=request.headers.get("Range", ""))
