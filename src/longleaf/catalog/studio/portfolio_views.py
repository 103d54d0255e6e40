"""The pages around a draft: the portfolio, the whole of it, its previews, its authors, and publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from longleaf.catalog.errors import (
    DraftNotSound,
    FieldTooLong,
    MayNotDesign,
    UnknownAuthor,
    UnreadableDesign,
)
from longleaf.catalog.models import Draft
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import access, case_rubrics, drafting, files, going_public, queries
from longleaf.catalog.studio.checking import as_draft, as_published, brought_standing, by_section, problems_of
from longleaf.catalog.studio.comparing import compare
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.catalog.studio.upstream import newer_than
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.asides import render_asides
from longleaf.kit.paging import page_of

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation

PAGE_SIZE = 20
MOST_PUBLISHED = 5
MOST_SETTLED = 50


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
        "published": list(queries.published_by(person)[: MOST_PUBLISHED + 1]),
        "most_published": MOST_PUBLISHED,
        "designed_for": list(queries.designed_for(person)),
        "designs": directory.places_where(person, Role.DESIGNER),
        "publishes": directory.places_where(person, Role.ISSUER),
        "upstream": list(queries.gone_on_upstream(person)[:PAGE_SIZE]),
        "proposed": queries.proposed_for_stacks_of(person)[:PAGE_SIZE],
        "file_error": file_error,
    }
    return render(request, "catalog/studio/portfolio.html", context, status=status)


@require_POST
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """A blank draft for one of the organisations for which somebody designs."""
    draft = drafting.begin(issuer=issuer_for(request), acting_person=person_of(request))
    return redirect("studio:section", ref=draft.ref, code=SECTIONS[0].code)


@require_POST
@login_required
def bring(request: HttpRequest) -> HttpResponse:
    """A draft from a file. A file that cannot be read is told of on the portfolio."""
    person, issuer, file = person_of(request), issuer_for(request), request.FILES.get("file")
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
        raw = file.read(case_rubrics.MOST_BYTES + 1) if file else b""
        rubric, standing = case_rubrics.read(raw), case_rubrics.standing_in(raw)
    except UnreadableDesign as unreadable:
        return show_draft(request, draft, status=422, rubric_error=" ".join(unreadable.fields.values()))
    drafting.take_rubric(draft=draft, rubric=rubric, standing=standing, acting_person=person_of(request))
    return redirect("studio:section", ref=ref, code="rubric")


@require_GET
@login_required
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft as one file."""
    draft = _draft(request, ref)
    response = HttpResponse(files.write(as_draft(draft)), content_type="application/json")
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
    return show_draft(request, _draft(request, ref))


@require_POST
@login_required
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    draft = _draft(request, ref)
    try:
        version = going_public.publish_draft(
            draft=draft, acting_person=person_of(request), own_words=request.POST.get("own_words") == "yes"
        )
    except DraftNotSound:
        return show_draft(request, draft, status=422)
    messages.success(request, f"{version} is published.")
    return redirect("catalog:show", slug=version.micro_credential.slug)


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
        writes = request.POST.get("writes", "yes") == "yes"
        drafting.add_author(draft=draft, address=address, writes=writes, acting_person=person)
    except UnknownAuthor as unknown:
        return show_draft(request, draft, status=422, address=address, address_error=unknown.sentence)
    return redirect("studio:draft", ref=ref)


def _draft(request: HttpRequest, ref: str) -> Draft:
    return queries.draft_read_by(person_of(request), ref)


def issuer_for(request: HttpRequest) -> Organisation:
    """The organisation of somebody's own that a form names."""
    found = queries.designed_for(person_of(request)).filter(slug=request.POST.get("issuer", "")).first()
    if found is None:
        raise MayNotDesign("Only designers of an organization begin drafts for it. Choose one of yours.")
    return found


def show_draft(request: HttpRequest, draft: Draft, status: int = 200, **typed: Any) -> HttpResponse:
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
        "brought_standing": "" if draft.version else brought_standing(draft),
        "newer_base": _newer_base(draft),
        "newer_upstream": newer_than(draft.upstream),
        "is_set_aside": draft.status == DraftStatus.SET_ASIDE,
        "asides": render_asides("DRAFT_ASIDES", request, subject=draft),
        "comments": list(queries.comments_on(draft)),
        "settled": list(queries.settled_on(draft)[:MOST_SETTLED]),
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
    """The version of one's own that took the place of the one a draft was begun from, while it was written."""
    if draft.base is None or draft.base.micro_credential_id != draft.micro_credential_id:
        return None
    current = draft.base.micro_credential.current
    return current if current and current.pk not in (draft.base_id, draft.version_id) else None
