"""The pages of the policy lab, its files, and the brief on a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.catalog import paper
from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.recognition import policies
from longleaf.recognition.editor import previewing
from longleaf.recognition.editor.changes import changes_between
from longleaf.recognition.editor.draft_views import context_of
from longleaf.recognition.editor.errors import UnusablePolicyDraft
from longleaf.recognition.editor.queries import draft_for
from longleaf.recognition.lab import documents, queries, running
from longleaf.recognition.lab.drawing import picture_of
from longleaf.recognition.lab.errors import LabIsNotFinished
from longleaf.recognition.models import PolicyDraft, PolicyLab

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def labs(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask that a draft be reckoned for everybody; what was asked for before."""
    person = person_of(request)
    draft, error, typed = draft_for(person, ref), "", request.POST.get("on", "")
    if request.method == "POST":
        try:
            lab = running.ask(draft=draft, on=_day(typed), acting_person=person)
            return redirect("policy:lab", ref=lab.ref)
        except UnusablePolicyDraft as unusable:
            error = unusable.sentence
    page: Page[PolicyLab] = page_of(queries.labs_of(draft), parameters=request.GET, size=20)
    context = {
        **context_of(request, draft),
        "page": page,
        "error": error,
        "on": typed or timezone.localdate().isoformat(),
    }
    return render(request, "recognition/lab/labs.html", context, status=BAD_INPUT if error else 200)


@login_required
@require_safe
def lab(request: HttpRequest, ref: str) -> HttpResponse:
    """How far a lab is, and what came out."""
    found = queries.lab_for(person_of(request), ref)
    context: dict[str, Any] = {"lab": found, "draft": found.draft}
    if found.finished_at:
        context |= _told(found)
    return render(request, "recognition/lab/lab.html", context)


@login_required
@require_safe
def file(request: HttpRequest, ref: str, way: str) -> HttpResponse:
    """What came out, as a file."""
    found = queries.lab_for(person_of(request), ref)
    if not found.finished_at:
        raise LabIsNotFinished("This lab is still being reckoned. Come back when its page shows numbers.")
    told = queries.told_of(found)
    response: HttpResponse
    if way == "json":
        response = JsonResponse(documents.json_of(found, told), json_dumps_params={"indent": 2})
    else:
        response = HttpResponse(documents.csv_of(told), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.ref}.{way}"'
    return response


@login_required
@require_safe
def brief(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft on a sheet, for those who decide: what changes, why, for whom, and what it rests on."""
    return render(request, "recognition/lab/brief.html", _brief(request, draft_for(person_of(request), ref)))


@login_required
@require_safe
def brief_on_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The same as PDF/UA."""
    draft = draft_for(person_of(request), ref)
    try:
        drawn = paper.pdf_of(render_to_string("recognition/lab/brief_paper.html", _brief(request, draft)))
    except paper.PaperNotPossible as missing:
        context = {"draft": draft, "reason": str(missing)}
        return render(request, "recognition/lab/without_pdf.html", context, status=503)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="policy-brief-{draft.ref}.pdf"'
    return response


def _told(found: PolicyLab) -> dict[str, Any]:
    told = queries.told_of(found)
    return {"told": told, "pictures": {each.title: picture_of(each) for each in told.divisions}}


def _brief(request: HttpRequest, draft: PolicyDraft) -> dict[str, Any]:
    context = context_of(request, draft)
    found, in_force = context["found"], context["in_force"]
    before = policies.policy_with(in_force.pk, in_force.digest) if in_force else None
    samples = previewing.samples_of(before, found.policy) if found.policy else []
    changes = changes_between(in_force.document if in_force else {}, found.document) if found.document else []
    finished = queries.finished_lab_of(draft)
    rules = [rule for section in changes for rule in section.rules]
    return {
        **context,
        "changes": changes,
        "samples": [each for each in samples if each.differs],
        "lab": finished,
        "resting": sorted({id for rule in rules for id in rule.sources}),
        "unsure": [rule for rule in rules if rule.standing not in {"", "official", "verified"}],
        "today": timezone.localdate(),
        **(_told(finished) if finished else {}),
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
