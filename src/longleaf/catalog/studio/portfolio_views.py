"""The pages around a draft: the portfolio, the whole of it, its previews, its authors, and publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.catalog import queries as catalog
from longleaf.catalog import wording
from longleaf.catalog.badge import badge_of
from longleaf.catalog.errors import (
    DraftNotSound,
    FieldTooLong,
    MayNotDesign,
    UnknownAuthor,
    UnreadableDesign,
    UnusableComment,
)
from longleaf.catalog.models import Draft
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import access, case_rubrics, commenting, drafting, files, going_public, queries
from longleaf.catalog.studio.checking import as_published, by_section, problems_of
from longleaf.catalog.studio.comparing import compare
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.previewing import whole_draft
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.asides import render_asides
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import page_of

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation

PAGE_SIZE = 20


@require_GET
@login_required
def portfolio(request: HttpRequest) -> HttpResponse:
    """The drafts that somebody writes, and what their organisations have published."""
    return _portfolio(request)


def _portfolio(request: HttpRequest, status: int = 200, file_error: str = "") -> HttpResponse:
    person = person_of(request)
    context = {
        "drafts": page_of(queries.drafts_for_list(person, open_ones=True), parameters=request.GET, size=PAGE_SIZE),
        "set_aside": list(queries.drafts_for_list(person, open_ones=False)[:PAGE_SIZE]),
        "needs": list(queries.needs_for_list(person)[:PAGE_SIZE]),
        "published": list(queries.published_by(person)),
        "designed_for": list(queries.designed_for(person)),
        "designs": directory.places_where(person, Role.DESIGNER),
        "publishes": directory.places_where(person, Role.ISSUER),
        "upstream": {draft.version_id: draft.base for draft in queries.gone_on_upstream(person)},
        "file_error": file_error,
    }
    return render(request, "catalog/studio/portfolio.html", context, status=status)


@require_POST
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """A blank draft for one of the organisations for which somebody designs."""
    draft = drafting.begin(issuer=_issuer_for(request), acting_person=person_of(request))
    return redirect("studio:section", ref=draft.ref, code=SECTIONS[0].code)


@require_POST
@login_required
def begin_next(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of the next version of what an organisation offers, holding what the present one says."""
    draft = drafting.begin_next(version=catalog.bare_version(slug), acting_person=person_of(request))
    return redirect("studio:draft", ref=draft.ref)


@require_POST
@login_required
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of one's own that begins with what another organisation offers."""
    draft = drafting.adopt(
        version=catalog.bare_version(slug),
        issuer=_issuer_for(request),
        acting_person=person_of(request),
    )
    return redirect("studio:draft", ref=draft.ref)


@require_POST
@login_required
def bring(request: HttpRequest) -> HttpResponse:
    """A draft from a file. A file that cannot be read is told of on the portfolio."""
    person, issuer, file = person_of(request), _issuer_for(request), request.FILES.get("file")
    try:
        document = files.read(file.read(files.MOST_BYTES + 1) if file else b"")
        draft = drafting.begin(issuer=issuer, acting_person=person, document=document)
    except (FieldTooLong, UnreadableDesign) as unreadable:
        return _portfolio(request, status=422, file_error=unreadable.sentence)
    return redirect("studio:draft", ref=draft.ref)


@require_POST
@login_required
def bring_rubric(request: HttpRequest, ref: str) -> HttpResponse:
    """A rubric in the form of CASE takes the place of the draft's own."""
    draft, file = _draft(request, ref), request.FILES.get("rubric")
    try:
        rubric = case_rubrics.read(file.read(case_rubrics.MOST_BYTES + 1) if file else b"")
    except UnreadableDesign as unreadable:
        return _show(request, draft, status=422, rubric_error=" ".join(unreadable.fields.values()))
    drafting.take_rubric(draft=draft, rubric=rubric, acting_person=person_of(request))
    return redirect("studio:section", ref=ref, code="rubric")


@require_GET
@login_required
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft as one file."""
    draft = _draft(request, ref)
    response = HttpResponse(files.write(as_published(draft)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{draft.ref.lower()}.json"'
    return response


@require_GET
@login_required
def changes(request: HttpRequest, ref: str) -> HttpResponse:
    """What a draft says differently than the version it was begun from."""
    draft = _draft(request, ref)
    context = {
        "draft": draft,
        "changes": compare(draft.base.document, as_published(draft)) if draft.base else [],
    }
    return render(request, "catalog/studio/changes.html", context)


@require_GET
@login_required
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole draft: what is still to be mended, who writes, and what can be done with it."""
    return _show(request, _draft(request, ref))


@require_POST
@login_required
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    draft = _draft(request, ref)
    try:
        version = going_public.publish_draft(draft=draft, acting_person=person_of(request))
    except DraftNotSound:
        return _show(request, draft, status=422)
    messages.success(request, f"{version} is published.")
    return redirect("catalog:show", slug=version.micro_credential.slug)


@require_http_methods(["GET", "POST"])
@login_required
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once more, and then offers a micro-credential no more."""
    version = catalog.bare_version(slug)
    going_public.require_officer(version, acting_person=person_of(request))
    if request.method == "POST":
        going_public.retire(version=version, acting_person=person_of(request))
        messages.success(request, f"{version} is offered no more.")
        return redirect("studio:portfolio")
    return render(request, "catalog/studio/retire.html", {"version": version})


@require_POST
@login_required
def set_status(request: HttpRequest, ref: str) -> HttpResponse:
    """Set a draft aside, or take it up again."""
    draft, person = _draft(request, ref), person_of(request)
    verb = drafting.take_up if draft.status == DraftStatus.SET_ASIDE else drafting.set_aside
    verb(draft=draft, acting_person=person)
    return redirect("studio:draft", ref=ref)


@require_POST
@login_required
def authors(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a co-author by address, or let one write no longer."""
    draft, person = _draft(request, ref), person_of(request)
    if gone := request.POST.get("remove"):
        drafting.remove_author(draft=draft, person_ref=gone, acting_person=person)
        return redirect("studio:draft", ref=ref)
    address = request.POST.get("address", "")
    try:
        drafting.add_author(draft=draft, address=address, acting_person=person)
    except UnknownAuthor as unknown:
        return _show(request, draft, status=422, address=address, address_error=unknown.sentence)
    return redirect("studio:draft", ref=ref)


@require_POST
@login_required
def comment(request: HttpRequest, ref: str) -> HttpResponse:
    """Say something of a part, or that what was said is settled."""
    draft, person = _draft(request, ref), person_of(request)
    if settled := whole_number(request.POST.get("settled")):
        commenting.settle(draft=draft, comment_id=settled, acting_person=person)
        return redirect("studio:draft", ref=ref)
    said = {"comment": request.POST.get("comment", ""), "section": request.POST.get("section", "")}
    try:
        commenting.comment(draft=draft, section=said["section"], text=said["comment"], acting_person=person)
    except UnusableComment as unusable:
        return _show(request, draft, status=422, said=said, said_errors=unusable.fields)
    return redirect(f"{reverse('studio:draft', kwargs={'ref': ref})}#comments")


@require_GET
@login_required
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft on the page that earners will read."""
    draft = _draft(request, ref)
    return render(request, "catalog/studio/preview_earner.html", _about(draft))


@require_GET
@login_required
def preview_assessor(request: HttpRequest, ref: str) -> HttpResponse:
    """What is asked for on the left, and the rubric as the desk shows it on the right."""
    return render(request, "catalog/studio/preview_assessor.html", _about(_draft(request, ref)))


@require_GET
@login_required
def badge(request: HttpRequest, ref: str) -> HttpResponse:
    """The badge as it would be."""
    return HttpResponse(badge_of(whole_draft(_draft(request, ref)).version), content_type="image/svg+xml")


def _draft(request: HttpRequest, ref: str) -> Draft:
    return queries.draft_read_by(person_of(request), ref)


def _issuer_for(request: HttpRequest) -> Organisation:
    """The organisation of somebody's own that a form names."""
    found = queries.designed_for(person_of(request)).filter(slug=request.POST.get("issuer", "")).first()
    if found is None:
        raise MayNotDesign("Only designers of an organization begin drafts for it. Choose one of yours.")
    return found


def _show(request: HttpRequest, draft: Draft, status: int = 200, **typed: Any) -> HttpResponse:
    person = person_of(request)
    problems = by_section(problems_of(draft, OptionsOf(draft.issuer.state, draft.typed)))
    context: dict[str, Any] = {
        "draft": draft,
        "sections": [{"section": section, "problems": problems[section.code]} for section in SECTIONS],
        "open_places": sum(len(found) for found in problems.values()),
        "may_write": access.may_write(person, draft),
        "may_publish": access.may_publish(person, draft),
        "co_authors": list(draft.co_authors.select_related("person")),
        "is_open": draft.status == DraftStatus.OPEN,
        "newer_base": _newer_base(draft),
        "is_set_aside": draft.status == DraftStatus.SET_ASIDE,
        "asides": render_asides("DRAFT_ASIDES", request, subject=draft),
        "comments": list(queries.comments_on(draft)),
        "titles_of_sections": {section.code: section.title for section in SECTIONS},
        "said": {"comment": "", "section": ""},
        "said_errors": {},
        "rubric_error": "",
        "address": "",
        "address_error": "",
        **typed,
    }
    return render(request, "catalog/studio/draft.html", context, status=status)


def _newer_base(draft: Draft) -> Version | None:
    """The version that took the place of the one a draft was begun from, where it has gone on."""
    current = draft.base.micro_credential.current if draft.base else None
    return current if current and current.pk != draft.base_id and current.pk != draft.version_id else None


def _about(draft: Draft) -> dict[str, Any]:
    whole = whole_draft(draft)
    state = directory.current_state()
    return {
        "draft": draft,
        "whole": whole,
        "version": whole.version,
        "design": whole.design,
        "panel": wording.panel_in_words(whole.design.panel_rule, whole.design.rubric),
        "address": "",
        "public_address": "",
        "of_this_version": "",
        "asides": (),
        "wording": wording,
        "titles": wording.Titles(state),
        "pack": state,
    }
