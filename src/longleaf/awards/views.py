"""Pages of badges for people. Each parses, calls one verb or query, and renders."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.awards import queries, reissuing, revoking
from longleaf.awards.badge_page import BadgePage
from longleaf.awards.contents import evidence, identities
from longleaf.awards.errors import NoSuchBadge, NotIssuedYet
from longleaf.awards.forms import ContentsForm, RevokeForm, SharingForm
from longleaf.awards.handing_over import BadgeInOneWay
from longleaf.awards.models import Award
from longleaf.awards.sharing import visibility as sharing_verb
from longleaf.awards.sharing.contents_page import ContentsPage
from longleaf.awards.status import AwardStatus, Visibility
from longleaf.awards.verification import reports as reading_reports
from longleaf.awards.verification import visiting
from longleaf.directory.signed_in import person_of
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.kit.alike import alike_for_visitors
from longleaf.kit.asides import render_asides
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import number
from longleaf.kit.paging import Page, page_after, page_of
from longleaf.kit.visitors import visitor_of

BAD_INPUT = 422
REISSUED = "The badge is reissued. Download it anew; copies that you handed out before still verify, as older ones."
UNCHANGED = "Nothing was changed, so the badge is as it was."
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
        revoking.revoke(award=award, reason=form.cleaned_data["reason"], acting_person=person_of(request))
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
            award=award, visibility=form.cleaned_data["visibility"], acting_person=person_of(request)
        )
        chosen = Visibility(form.cleaned_data["visibility"])
        messages.success(request, f"Saved. Who may open this badge now: {chosen.label}.")
        return redirect("awards:badge", award_uuid=award.uuid)
    options = [{"value": each.value, "label": each.label, "text": EXPLAINED[each]} for each in Visibility]
    context = {"form": form, "award": award, "options": options}
    return render(request, "awards/sharing.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contents(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponse:
    """Where an earner decides what a badge tells: name, address, evidence. Saving reissues it."""
    award = _own_award(request, award_uuid)
    if award.status != AwardStatus.ISSUED:
        raise NotIssuedYet
    form = ContentsForm(request.POST or None)
    chosen = request.POST.getlist("pieces")
    if request.method == "POST" and form.is_valid():
        try:
            after = reissuing.reissue(
                award=award, acting_person=person_of(request), **_wanted(form.cleaned_data, chosen)
            )
        except BadInput as problem:
            for name, sentence in (problem.fields or {"pieces": problem.sentence}).items():
                form.add_error(name, sentence)
        else:
            messages.success(request, REISSUED if after.reissued_at != award.reissued_at else UNCHANGED)
            return redirect("awards:badge", award_uuid=award.uuid)
    page = ContentsPage(award)
    context = {
        "page": page,
        "award": award,
        "form": form,
        "chosen": chosen if form.is_bound else page.released,
        "address": form["address"].value() if form.is_bound else page.bound_to,
    }
    return render(request, "awards/contents.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_POST
def reissue_all(request: HttpRequest) -> HttpResponse:
    """Reissue every badge that carries an older name or another address."""
    done = reissuing.reissue_all(earner=person_of(request), acting_person=person_of(request))
    messages.success(request, f"{number(done, 'badge')} reissued. Hand out the new files and forget the older ones.")
    return redirect("awards:mine")


@require_safe
def evidence_file(request: HttpRequest, award_uuid: uuid.UUID, key: str) -> HttpResponseBase:
    """A file that a badge tells of, for whoever may see the badge and for as long as it tells of it."""
    return evidence.file_of(queries.award_by_uuid(award_uuid, reader=request.user), key)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has earned."""
    page: Page[Award] = page_of(queries.awards_of(person_of(request)), parameters=request.GET, size=12)
    outdated = identities.outdated(person_of(request))
    return render(request, "awards/mine.html", {"page": page, "outdated": len(outdated)})


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
    posted = request.method == "POST"
    form = BadgeInOneWay(request.POST, request.FILES) if posted else BadgeInOneWay(initial=request.GET.dict())
    report = wait = None
    if form.is_bound and form.is_valid():
        try:
            report = visiting.verify(**form.handed_over, reader=request.user, visitor=visitor_of(request))
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


def _wanted(given: Mapping[str, Any], pieces: list[str]) -> dict[str, Any]:
    return {
        "current_name": given["current_name"],
        "address": given["address"] or None,
        "pieces": pieces,
        "consent": given["consent"],
    }


def _own_award(request: HttpRequest, award_uuid: uuid.UUID) -> Award:
    found = queries.award_by_uuid(award_uuid, reader=request.user)
    if not BadgePage(found, request.user).is_own:
        raise NoSuchBadge
    return found
