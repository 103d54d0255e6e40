"""Pages of complaints: make one, see what was answered, answer it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.catalog import queries as catalog
from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.quality.errors import NoSuchComplaint, UnusableComplaint
from longleaf.quality.oversight import complaining, queries
from longleaf.quality.oversight.access import may_oversee


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The complaints that somebody made, or looks after."""
    page: Page[Any] = page_of(queries.complaints_of(person_of(request)), parameters=request.GET, size=30)
    return render(request, "quality/oversight/complaints.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the agency what is wrong with a micro-credential."""
    version, text = catalog.bare_version(slug), request.POST.get("text", "")
    if request.method == "GET":
        return render(request, "quality/oversight/complain.html", {"version": version, "text": "", "error": ""})
    try:
        made = complaining.complain(version=version, text=text, acting_person=person_of(request))
    except UnusableComplaint as refusal:
        context = {"version": version, "text": text, "error": refusal.sentence}
        return render(request, "quality/oversight/complain.html", context, status=422)
    messages.success(request, f"Your complaint has the number {made.ref}. The answer stands here.")
    return redirect("oversight:complaint", ref=made.ref)


@login_required
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, ref: str) -> HttpResponse:
    """One complaint, for whoever made it and for officers, who answer it here."""
    person = person_of(request)
    found = queries.complaint_for(person, ref)
    answers = may_oversee(person, found.agency)
    context: dict[str, Any] = {"complaint": found, "answers": answers, "text": "", "upheld": "", "error": ""}
    if request.method == "GET":
        return render(request, "quality/oversight/complaint.html", context)
    if not answers:
        raise NoSuchComplaint
    text, upheld = request.POST.get("answer", ""), request.POST.get("upheld", "")
    try:
        if upheld not in {"yes", "no"}:
            raise UnusableComplaint("Say whether it is upheld.")
        complaining.answer(complaint=found, upheld=upheld == "yes", text=text, acting_person=person)
    except UnusableComplaint as refusal:
        context |= {"text": text, "upheld": upheld, "error": refusal.sentence}
        return render(request, "quality/oversight/complaint.html", context, status=422)
    messages.success(request, f"{found.ref} is answered.")
    return redirect("oversight:complaint", ref=ref)
