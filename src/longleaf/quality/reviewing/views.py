"""Pages of those whose work is reviewed and of those who decide: what is in review, and each review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.catalog import queries as catalog
from longleaf.catalog.studio import queries as studio
from longleaf.directory.queries import organisations_where, roles_of
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.paging import Page, page_of
from longleaf.panels import room
from longleaf.panels.blindness import BLIND_OFFICER, JUDGED_PERSON
from longleaf.quality.errors import MayNotHandIn, NoSuchReview
from longleaf.quality.reviewing import conditions, deciding, handing_in, places, queries
from longleaf.quality.reviewing.access import (
    PANEL_KIND,
    may_hand_in,
    may_oversee,
    may_speak_for,
    may_take_back,
    versions_to_hand_in,
)
from longleaf.quality.reviewing.findings import findings_of
from longleaf.quality.reviewing.subjects import APPLIES, HANDS_IN, OfDesign, subject_under
from longleaf.quality.status import UNDER_WAY, ReviewStatus

MOST_OFFERED = 50
HAS_A_PART = {Role.REVIEWER, Role.STATE_OFFICER, *HANDS_IN, *APPLIES}


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for a reviewer, what is in review, and what may be handed in."""
    person = person_of(request)
    roles = {Role(each.role) for each in roles_of(person)}
    readings = queries.queue_of(person)
    rooms = room.rooms_of(person, kind=PANEL_KIND)
    has_finished = queries.finished_by(person).exists()
    page: Page[Any] = page_of(queries.reviews_of(person), parameters=request.GET, size=30)
    to_hand_in = (
        versions_to_hand_in(person)
        .order_by("title", "pk")
        .only("title", "standing", "number", "micro_credential__slug")
    )
    offered = list(to_hand_in.select_related("micro_credential")[:MOST_OFFERED])
    if not (roles & HAS_A_PART or has_finished or readings):
        raise NoSuchReview
    context = {
        "reads": Role.REVIEWER in roles,
        "readings": readings,
        "rooms": rooms,
        "has_finished": has_finished,
        "page": page,
        "oversees": Role.STATE_OFFICER in roles,
        "issues": organisations_where(person, Role.ISSUER).order_by("name") if Role.ISSUER in roles else [],
        "has_reviews": bool(roles & {Role.STATE_OFFICER, *HANDS_IN, *APPLIES}),
        "applies": bool(roles & set(APPLIES)),
        "offered": offered,
        "now": timezone.now(),
    }
    return render(request, "quality/reviewing/home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the version that is offered in for review, with a word to the officer who decides."""
    person = person_of(request)
    version = catalog.bare_version(slug)
    if not may_hand_in(person, version):
        raise MayNotHandIn
    if request.method == "GET":
        context = {
            "version": version,
            "open_comments": studio.open_comments_behind(version),
            "beyond": OfDesign(version).out_of_reach(timezone.localdate()),
        }
        return render(request, "quality/reviewing/hand_in.html", context)
    handed_in = handing_in.hand_in(version=version, note=request.POST.get("note", ""), acting_person=person)
    messages.success(request, f"{version} is handed in for review as {handed_in.ref}.")
    return redirect("quality:review", ref=handed_in.ref)


@login_required
@require_GET
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """One review, for its issuer and for the officers of the agency."""
    person = person_of(request)
    found = queries.review_for(person, ref)
    oversees = may_oversee(person, found)
    is_told = oversees or found.status == ReviewStatus.DECIDED
    subject = subject_under(found)
    context = {
        "review": found,
        "subject": subject,
        "beyond": subject.out_of_reach(timezone.localdate()) if found.status in UNDER_WAY else None,
        "places": places.places_of(found.design.document, BLIND_OFFICER) if found.application else (),
        "findings": findings_of(found, BLIND_OFFICER if oversees else JUDGED_PERSON) if is_told else [],
        "conditions": conditions.with_reports(found.pk),
        "oversees": oversees,
        "decides": found.status == ReviewStatus.TO_DECIDE and deciding.may_decide_on(person, found),
        "speaks": may_speak_for(person, found),
        "takes_back": may_take_back(person, found),
        "now": timezone.now(),
    }
    return render(request, "quality/reviewing/review.html", context)


@login_required
@require_POST
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    taken = handing_in.take_back(review=queries.review_for(person, ref), acting_person=person)
    messages.success(request, f"{taken.ref} is taken back. Nothing was decided.")
    if taken.application:
        return redirect("applications:application", ref=taken.application.ref)
    return redirect("quality:home")
