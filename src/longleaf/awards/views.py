"""Pages of badges for people. Each parses, calls one verb or query, and renders."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.awards import queries, reading_reports, revoking, visiting
from longleaf.awards import sharing as sharing_verb
from longleaf.awards.badge_page import BadgePage
from longleaf.awards.errors import NoSuchBadge
from longleaf.awards.forms import RevokeForm, SharingForm, VerifyForm
from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus, Visibility
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.kit.alike import alike_for_visitors
from longleaf.kit.asides import render_asides
from longleaf.kit.paging import Page, page_after, page_of
from longleaf.kit.visitors import visitor_of

if TYPE_CHECKING:
    from longleaf.directory.models import Person

BAD_INPUT = 422
EXPLAINED = {
    Visibility.PUBLIC: "It may be listed where your badges are shown, and anybody may open it.",
    Visibility.LINK: "It is listed nowhere. Whoever has the link or the file may open and verify it.",
    Visibility.PRIVATE: "Nobody but you can open its page. Copies that somebody already has still verify.",
}


@require_safe
@alike_for_visitors
def badge(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponse:
    """The public page of a badge, or one of three sentences: being issued, revoked, not for you."""
    award = queries.award_by_uuid(award_uuid, reader=request.user)
    context = {
        "page": BadgePage(award, request.user),
        "award": award,
        "asides": render_asides("BADGE_ASIDES", request, subject=award),
    }
    response = render(request, "awards/badge.html", context)
    if award.visibility == Visibility.PRIVATE:
        response["Cache-Control"] = "private, no-store"
    if award.visibility != Visibility.PUBLIC:
        response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponse:
    """Where an issuing officer says why, and takes a badge back."""
    award = queries.award_to_revoke(award_uuid, officer=request.user)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoking.revoke(award=award, reason=form.cleaned_data["reason"], acting_person=_person(request))
        messages.success(request, "The badge is revoked. Every verifier sees it within a minute.")
        return redirect("awards:issued")
    context = {"form": form, "award": award, "is_issued": award.status == AwardStatus.ISSUED}
    return render(request, "awards/revoke.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponse:
    """Where an earner decides who sees a badge."""
    award = _own_award(request, award_uuid)
    form = SharingForm(request.POST or None, initial={"visibility": award.visibility})
    if request.method == "POST" and form.is_valid():
        sharing_verb.set_visibility(
            award=award, visibility=form.cleaned_data["visibility"], acting_person=_person(request)
        )
        chosen = Visibility(form.cleaned_data["visibility"])
        messages.success(request, f"Saved. Who may open this badge now: {chosen.label}.")
        return redirect("awards:badge", award_uuid=award.uuid)
    options = [{"value": each.value, "label": each.label, "text": EXPLAINED[each]} for each in Visibility]
    context = {"form": form, "award": award, "options": options}
    return render(request, "awards/sharing.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has earned."""
    page: Page[Award] = page_of(queries.awards_of(_person(request)), parameters=request.GET, size=12)
    return render(request, "awards/mine.html", {"page": page})


@login_required
@require_safe
def issued(request: HttpRequest) -> HttpResponse:
    """What the organisations have issued in which the person who is signed in is an issuing officer."""
    page: Page[Award] = page_after(
        queries.awards_issued_by(request.user), by="earned_at", parameters=request.GET, size=25
    )
    return render(request, "awards/issued.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Anybody's badge, given as text, file or address; the answer is a report of named steps."""
    form = (
        VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm(initial=request.GET.dict())
    )
    report = wait = None
    if form.is_bound and form.is_valid():
        try:
            report = visiting.verify(form.cleaned_data, reader=request.user, visitor=visitor_of(request))
        except visiting.MustWait as asked_to:
            wait = asked_to
        except DocumentUnavailable as problem:
            form.add_error(
                "address", f"Nothing could be read there: {problem.reason} Check the address, or upload the file."
            )
    shown = reading_reports.shown(report) if report else None
    context = {"form": form, "report": shown, "now": timezone.now(), "wait": wait}
    if wait:
        page = render(request, "awards/verify.html", context, status=wait.status)
        page["Retry-After"] = str(wait.seconds)
        return page
    return render(request, "awards/verify.html", context, status=BAD_INPUT if form.errors else 200)


def _person(request: HttpRequest) -> Person:
    assert request.user.is_authenticated, "the page asks for a sign-in first"
    return request.user


def _own_award(request: HttpRequest, award_uuid: uuid.UUID) -> Award:
    found = queries.award_by_uuid(award_uuid, reader=request.user)
    if not BadgePage(found, request.user).is_own:
        raise NoSuchBadge
    return found
