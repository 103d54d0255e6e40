"""The page on which a lead assessor makes anchors of samples and of lent work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.assessment import starting
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.desk import queries as desk_queries
from longleaf.assessment.desk.access import roles_at_desk
from longleaf.assessment.errors import NoSuchDesk
from longleaf.assessment.status import AttemptStatus
from longleaf.catalog import queries as catalog
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.errors import Refusal
from longleaf.panels.status import AnchorUse

if TYPE_CHECKING:
    from longleaf.assessment.models import Submission
    from longleaf.directory.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def anchor(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the work, a title and what the anchor is for. What was typed stays where it is refused."""
    person = _lead(request)
    work = {each.ref: each for each in desk_queries.work_to_anchor(person, slug)}
    if request.method == "GET":
        return _draw(request, slug, work)
    chosen = work.get(request.POST.get("work", ""))
    if chosen is None:
        return _draw(request, slug, work, {"work": "Choose the work."}, status=422)
    try:
        made = _make(request, chosen, person)
    except Refusal as refusal:
        errors = getattr(refusal, "fields", {}) or {"work": refusal.sentence}
        return _draw(request, slug, work, errors, status=refusal.http_status)
    messages.success(request, f"{made.title} is a draft. Read it to set its levels.")
    return redirect("calibration:rubric", ref=made.edition.ref)


@login_required
@require_POST
def begin_sample(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a sample; it is written on the page on which any evidence is."""
    version = catalog.bare_version(slug)
    attempt = starting.start_sample(version=version, acting_person=_lead(request))
    return redirect("assessment:attempt", ref=attempt.ref)


def _make(request: HttpRequest, chosen: Submission, person: Person) -> Any:
    use = AnchorUse.TRAINING if request.POST.get("use") == AnchorUse.TRAINING else AnchorUse.UNSEEN
    own = chosen.attempt.status == AttemptStatus.DRAFT
    verb = anchoring.keep_sample if own else anchoring.anchor_lent
    return verb(submission=chosen, title=request.POST.get("title", ""), use=use, acting_person=person)


def _draw(
    request: HttpRequest,
    slug: str,
    work: dict[str, Submission],
    errors: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    options = [
        (ref, f"{ref}, {'a sample of yours' if each.attempt.status == AttemptStatus.DRAFT else 'lent by its earner'}")
        for ref, each in work.items()
    ]
    context = {
        "slug": slug,
        "title": catalog.bare_version(slug).labelled_title,
        "options": options,
        "uses": [(use.value, use.label) for use in AnchorUse],
        "given": request.POST,
        "errors": errors or {},
    }
    return render(request, "assessment/desk/anchor.html", context, status=status)


def _lead(request: HttpRequest) -> Person:
    person = person_of(request)
    if Role.LEAD_ASSESSOR not in roles_at_desk(person):
        raise NoSuchDesk
    return person
