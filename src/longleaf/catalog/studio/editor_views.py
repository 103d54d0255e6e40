"""The pages on which a draft is written, and the small answers that keep what is typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.catalog.errors import NoSuchDraft, StaleField, UnusableComment
from longleaf.catalog.models import Draft
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import access, commenting, drafting, queries
from longleaf.catalog.studio.checking import by_section, problems_of
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.sections import BY_CODE, SECTIONS
from longleaf.catalog.studio.shapes import Section, read_path
from longleaf.catalog.studio.sheet import Sheet, save_all
from longleaf.catalog.studio.typing_in import ROW_ACTS
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number
from longleaf.kit.words import count_words

# What is looked at first beside a part; beside the others it is the page for earners.
FIRST_VIEW = {"rubric": "assessor", "badge": "badge"}


@require_http_methods(["GET", "POST"])
@login_required
def section(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """One part of a draft: what is typed, and beside each field what is still to be mended."""
    draft, part = _draft(request, ref), _section(code)
    if request.method == "POST":
        return _take(request, draft, part)
    if draft.status != DraftStatus.OPEN or not access.may_write(person_of(request), draft):
        return redirect("studio:draft", ref=ref)
    return _show(request, _sheet(draft, part, get_random_string(12)))


@require_POST
@login_required
def save(request: HttpRequest, ref: str) -> HttpResponse:
    """What the kit's autosave sends: the contract stands in docs/reference/components.md."""
    text = request.POST.get("text", "")
    try:
        revision = drafting.save_field(
            draft=_draft(request, ref),
            path=read_path(request.GET.get("field", "")),
            value=text,
            revision=whole_number(request.POST.get("revision")) or 0,
            acting_person=person_of(request),
            page=request.GET.get("page", ""),
        )
    except StaleField as stale:
        return JsonResponse({"error": stale.sentence, "revision": stale.revision, "text": stale.theirs}, status=409)
    kept = {"revision": revision, "saved_at": timezone.now().isoformat(), "words": count_words(text)}
    return JsonResponse(kept)


def _take(request: HttpRequest, draft: Draft, part: Section) -> HttpResponse:
    """Keep all that the page holds, then do what its button says. What cannot be kept is shown again as typed."""
    person = person_of(request)
    drafting.require_open(draft, acting_person=person)
    sheet = _sheet(draft, part, request.POST.get("page", ""))
    save_all(sheet, request.POST, acting_person=person)
    comment_error = _comment(request, draft, part)
    act, _, what = request.POST.get("act", "save").partition(":")
    if comment_error:
        return _show(request, _afresh(sheet), status=422, comment_error=comment_error)
    if sheet.needs_another_look:
        return _show(request, _afresh(sheet), status=409 if sheet.theirs or sheet.gone else 422)
    if act in ROW_ACTS:
        after = drafting.change_rows(draft=draft, act=act, path=read_path(what), acting_person=person)
        return redirect(f"{request.path}#at_{'/'.join(after)}")
    if act == "go":
        return redirect(_place(draft, what))
    messages.success(request, "Everything you typed is saved.")
    return redirect(request.path)


def _comment(request: HttpRequest, draft: Draft, part: Section) -> str:
    """Keep what was said of the part, whichever button was pressed; gives what is wrong with it, or ""."""
    text = request.POST.get("comment", "")
    if not text.strip():
        return ""
    try:
        commenting.comment(draft=draft, section=part.code, text=text, acting_person=person_of(request))
    except UnusableComment as unusable:
        return unusable.sentence
    return ""


def _place(draft: Draft, what: str) -> str:
    if what in BY_CODE:
        return reverse("studio:section", kwargs={"ref": draft.ref, "code": what})
    views = {"earner": "studio:preview", "assessor": "studio:preview-assessor"}
    return reverse(views.get(what, "studio:draft"), kwargs={"ref": draft.ref})


def _afresh(sheet: Sheet) -> Sheet:
    """The same sheet over what the database holds now, because some of it may have been kept."""
    sheet.draft.refresh_from_db(fields=["typed", "revisions", "title"])
    fresh = _sheet(sheet.draft, sheet.section, sheet.page)
    fresh.typed, fresh.theirs, fresh.refused, fresh.gone = sheet.typed, sheet.theirs, sheet.refused, sheet.gone
    return fresh


def _sheet(draft: Draft, part: Section, page: str) -> Sheet:
    options = OptionsOf(draft.issuer.state, draft.typed)
    return Sheet(draft, part, options, page, problems_of(draft, options))


def _show(request: HttpRequest, sheet: Sheet, status: int = 200, comment_error: str = "") -> HttpResponse:
    open_in = by_section(sheet.problems)
    here = SECTIONS.index(sheet.section)
    context: dict[str, Any] = {
        "draft": sheet.draft,
        "sheet": sheet,
        "section": sheet.section,
        "sections": [{"section": each, "open": len(open_in[each.code])} for each in SECTIONS],
        "open_here": open_in[sheet.section.code],
        "comments": list(queries.comments_on(sheet.draft, sheet.section.code)),
        "comment": request.POST.get("comment", "") if comment_error else "",
        "comment_error": comment_error,
        "view": FIRST_VIEW.get(sheet.section.code, "earner"),
        "before": SECTIONS[here - 1] if here else None,
        "after": SECTIONS[here + 1] if here + 1 < len(SECTIONS) else None,
    }
    return render(request, "catalog/studio/section.html", context, status=status)


def _draft(request: HttpRequest, ref: str) -> Draft:
    return queries.draft_read_by(person_of(request), ref)


def _section(code: str) -> Section:
    if code not in BY_CODE:
        raise NoSuchDraft
    return BY_CODE[code]
