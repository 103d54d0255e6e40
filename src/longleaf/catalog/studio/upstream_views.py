"""The pages of what changed where something was adopted from: for a draft that takes it, and for what is offered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from longleaf.catalog.errors import FieldTooLong, NoSuchField, UpstreamWentOn
from longleaf.catalog.models import Draft, MicroCredential
from longleaf.catalog.status import DraftStatus
from longleaf.catalog.studio import access, queries, upstream
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import number


@require_http_methods(["GET", "POST"])
@login_required
def in_draft(request: HttpRequest, ref: str) -> HttpResponse:
    """What changed upstream and a draft has not taken yet, to be taken or left place by place."""
    person = person_of(request)
    draft = queries.draft_read_by(person, ref)
    if request.method == "POST":
        return _take_or_leave(request, draft)
    return _show(request, draft)


@require_http_methods(["GET", "POST"])
@login_required
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for what is offered now: taking it means a next version, and leaving all of it means none."""
    person = person_of(request)
    made = queries.adopted_at(slug, person)
    if request.method == "POST":
        try:
            upstream.leave_all(micro_credential=made, acting_person=person, shown=_shown(request))
        except UpstreamWentOn as refused:
            return _show_published(request, made, status=refused.http_status, error=refused.sentence)
        messages.success(request, "It stays as it is. What has changed upstream until now is not shown again.")
        return redirect("studio:portfolio")
    return _show_published(request, made)


def _show_published(request: HttpRequest, made: MicroCredential, status: int = 200, error: str = "") -> HttpResponse:
    context = {
        "error": error,
        "made": made,
        "newer": upstream.newer_than(made.upstream),
        "sections": upstream.open_in_published(made),
        "drafts": list(queries.open_drafts_of(made)),
        "may_design": access.may_design(person_of(request), made.issuer),
    }
    return render(request, "catalog/studio/upstream_published.html", context, status=status)


def _take_or_leave(request: HttpRequest, draft: Draft) -> HttpResponse:
    act, _, key = request.POST.get("act", "").partition(":")
    keys = None if key == "all" else {key}
    facts: dict[str, Any] = {"draft": draft, "keys": keys, "acting_person": person_of(request)}
    try:
        if act == "take":
            taken = number(upstream.take(shown=_shown(request), **facts), "place")
            messages.success(request, f"{taken} taken over. Look at the draft for what it asks for now.")
        elif act == "leave":
            left = number(upstream.leave(shown=_shown(request), **facts), "place")
            messages.success(request, f"{left} left. What was left is not shown again.")
    except (FieldTooLong, NoSuchField, UpstreamWentOn) as refused:
        return _show(request, draft, status=refused.http_status, error=refused.sentence)
    return redirect("studio:upstream", ref=draft.ref)


def _shown(request: HttpRequest) -> int:
    """The number of the version upstream whose changes the page showed; 0 where it says none."""
    text = request.POST.get("shown", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _show(request: HttpRequest, draft: Draft, status: int = 200, error: str = "") -> HttpResponse:
    context = {
        "draft": draft,
        "newer": upstream.newer_than(draft.upstream),
        "sections": upstream.open_in_draft(draft),
        "may_take": draft.status == DraftStatus.OPEN and access.may_write(person_of(request), draft),
        "error": error,
    }
    return render(request, "catalog/studio/upstream.html", context, status=status)
