"""Pages of complaints: make one, see what was answered, answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.catalog import queries as catalog
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of
from longleaf.quality.errors import NoSuchComplaint, UnusableComplaint
from longleaf.quality.oversight import complaining, queries
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.status import ORGANISATIONS, Judges

if TYPE_CHECKING:
    from longleaf.catalog.models import Version


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The complaints that somebody made, or looks after."""
    page: Page[Any] = page_of(queries.complaints_of(person_of(request)), parameters=request.GET, size=30)
    return render(request, "quality/oversight/complaints.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the agency what is wrong with a micro-credential; `?version=1` with that version of it."""
    version = queries.version_to_complain_about(slug, whole_number(request.GET.get("version")))
    return _complain(request, version, str(version), reverse("register:report", kwargs={"slug": slug}))


@login_required
@require_http_methods(["GET", "POST"])
def complain_about_organisation(request: HttpRequest, slug: str, judged_as: str) -> HttpResponse:
    """The same of an organisation as what it was approved."""
    if judged_as not in ORGANISATIONS:
        raise Http404
    subject = AsWhat(catalog.issuer(slug), Judges(judged_as))
    return _complain(request, subject, str(subject), reverse("register:organisation", kwargs={"slug": slug}))


@login_required
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, ref: str) -> HttpResponse:
    """One complaint, for whoever made it and for officers, who answer it here."""
    person = person_of(request)
    found = queries.complaint_for(person, ref)
    oversees = may_oversee(person, found.agency)
    answers = oversees and found.made_by_id != person.pk
    context: dict[str, Any] = {"complaint": found, "answers": answers, "text": "", "upheld": "", "error": ""}
    if request.method == "GET":
        return render(request, "quality/oversight/complaint.html", context)
    if not oversees:
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


def _complain(request: HttpRequest, subject: Version | AsWhat, title: str, report: str) -> HttpResponse:
    text = request.POST.get("text", "")
    context = {"title": title, "report": report, "text": text, "error": ""}
    if request.method == "GET":
        return render(request, "quality/oversight/complain.html", context)
    try:
        made = complaining.complain(subject=subject, text=text, acting_person=person_of(request))
    except UnusableComplaint as refusal:
        context["error"] = refusal.sentence
        return render(request, "quality/oversight/complain.html", context, status=422)
    messages.success(request, f"Your complaint has the number {made.ref}. The answer stands here.")
    return redirect("oversight:complaint", ref=made.ref)
