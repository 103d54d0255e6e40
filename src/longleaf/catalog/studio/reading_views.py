"""The page on which a draft is read place by place, and what is said of it there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from longleaf.catalog.errors import UnusableComment
from longleaf.catalog.models import Draft
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import commenting, queries, reading
from longleaf.catalog.studio.checking import problems_of
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.portfolio_views import show_draft
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number


@require_GET
@login_required
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole draft, for whoever reads it: each place with what was said of it, and a field to say more."""
    return _read(request, _draft(request, ref))


@require_POST
@login_required
def comment(request: HttpRequest, ref: str) -> HttpResponse:
    """Say something of a part or a place, or that what was said is settled, or that it is not after all."""
    draft, person = _draft(request, ref), person_of(request)
    reads = request.POST.get("from") == "read"
    if settled := whole_number(request.POST.get("settled")):
        commenting.settle(draft=draft, comment_id=settled, acting_person=person)
        return redirect(_back(request, draft, reads=reads))
    if opened := whole_number(request.POST.get("opened")):
        commenting.open_again(draft=draft, comment_id=opened, acting_person=person)
        return redirect(_back(request, draft, reads=reads))
    said = {name: request.POST.get(name, "") for name in ("comment", "section", "place")}
    try:
        commenting.comment(
            draft=draft, section=said["section"], place=said["place"], text=said["comment"], acting_person=person
        )
    except UnusableComment as unusable:
        show = _read if reads else show_draft
        return show(request, draft, status=422, said=said, said_errors=unusable.fields)
    return redirect(_back(request, draft, reads=reads))


def _back(request: HttpRequest, draft: Draft, *, reads: bool) -> str:
    """Where it was said, so that the reader goes on from there."""
    if not reads:
        return f"{reverse('studio:draft', kwargs={'ref': draft.ref})}#comments"
    place = request.POST.get("place", "") or request.POST.get("section", "")
    return f"{reverse('studio:read', kwargs={'ref': draft.ref})}#at_{place}"


def _read(request: HttpRequest, draft: Draft, status: int = 200, **typed: Any) -> HttpResponse:
    options = OptionsOf(draft.issuer.state, draft.typed)
    comments = list(queries.comments_on(draft))
    context: dict[str, Any] = {
        "draft": draft,
        "sections": reading.sections_of(draft, options, problems_of(draft, options), comments),
        "open_comments": len(comments),
        "is_open": draft.status == DraftStatus.OPEN,
        "said": {"comment": "", "section": "", "place": ""},
        "said_errors": {},
        **typed,
    }
    return render(request, "catalog/studio/read.html", context, status=status)


def _draft(request: HttpRequest, ref: str) -> Draft:
    return queries.draft_read_by(person_of(request), ref)
