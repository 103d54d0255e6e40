"""Files of sample evidence: the page on which a draft's are brought, and those on which each is opened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.catalog.errors import NoSuchSample
from longleaf.catalog.models import Draft, SampleFile
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import access, queries, samples
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.handing_out import as_file

TYPED = ("title", "shows", "described", "origin", "consent")


@require_http_methods(["GET", "POST"])
@login_required
def of_draft(request: HttpRequest, ref: str) -> HttpResponse:
    """The files of a draft with what was found of each, and a form to bring another or take one away."""
    person = person_of(request)
    draft = queries.draft_read_by(person, ref)
    if request.method == "GET":
        return _show(request, draft, {"origin": "invented"}, {})
    if gone := request.POST.get("remove"):
        samples.take_away(draft=draft, ref=gone, acting_person=person)
        messages.success(request, "The file is taken out of the draft.")
        return redirect("studio:samples", ref=ref)
    typed, file = {name: request.POST.get(name, "") for name in TYPED}, request.FILES.get("file")
    if file is None:
        return _show(request, draft, typed, {"file": "Choose a file first."}, status=422)
    try:
        samples.bring(
            draft=draft,
            file=file,
            name=file.name or "",
            size=file.size or 0,
            title=typed["title"],
            shows=typed["shows"],
            described=typed["described"],
            is_invented=typed["origin"] != "real",
            consent=typed["consent"],
            acting_person=person,
        )
    except BadInput as bad:
        return _show(request, draft, typed, bad.fields or {"file": bad.sentence}, status=422)
    messages.success(request, "The file is brought, and stands among the samples of the draft.")
    return redirect("studio:samples", ref=ref)


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One sample: what it is, where it comes from, what it shows in words, and the file."""
    sample = _sample(request, ref)
    may_publish = request.user.is_authenticated and access.may_publish(person_of(request), sample.draft)
    may_withdraw = may_publish and sample.published_at and not sample.withdrawn_at
    return render(request, "catalog/sample.html", {"sample": sample, "may_withdraw": may_withdraw})


@require_POST
@login_required
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a published sample back."""
    samples.withdraw(sample=_sample(request, ref), acting_person=person_of(request))
    messages.success(request, "The file is withdrawn, and its words with it.")
    return redirect("catalog:sample", ref=ref)


@require_safe
def file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The file itself, to be kept; nothing of it is drawn in our pages."""
    sample = _sample(request, ref)
    if sample.withdrawn_at:
        raise NoSuchSample
    return as_file(sample)


def _sample(request: HttpRequest, ref: str) -> SampleFile:
    return samples.sample_open_to(person_of(request) if request.user.is_authenticated else None, ref)


def _show(
    request: HttpRequest, draft: Draft, typed: dict[str, str], errors: dict[str, Any], status: int = 200
) -> HttpResponse:
    writes = access.may_write(person_of(request), draft)
    context = {
        "draft": draft,
        "samples": list(samples.of_draft(draft)),
        "writes": writes,
        "may_write": draft.status == DraftStatus.OPEN and writes,
        "typed": typed,
        "errors": errors,
        "summary": [{"id": f"sample-{name}", "text": sentence} for name, sentence in errors.items()],
        "endings": samples.ENDINGS,
    }
    return render(request, "catalog/studio/samples.html", context, status=status)
