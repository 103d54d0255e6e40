"""Pages of rewards for educators, and the public list of what units and the state give."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from longleaf.catalog import queries as catalog
from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.recognition import overlays
from longleaf.recognition.models import RewardOffer
from longleaf.recognition.rewards import access, asks, lanes, promising, queries
from longleaf.recognition.rewards.errors import NoSuchReward
from longleaf.recognition.rewards.money import dollars
from longleaf.recognition.rewards.status import PromiseStatus

OFFERS_A_PAGE = 30


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one was promised and how far it is earned, and what one may ask for."""
    person = person_of(request)
    lines = queries.mine(person)
    context: dict[str, Any] = {
        "lines": lines,
        "places": {
            each.promise.pk: queries.place_in_line(each.promise)
            for each in lines
            if each.promise.status == PromiseStatus.WAITING
        },
        "open": [each for each in queries.offers_to(person) if each.promise is None],
        "lanes": lanes.lanes_of(person, on=timezone.localdate()),
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/mine.html", context)


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """What may be asked for today, by payer; of one micro-credential with `?micro_credential=`."""
    slug = request.GET.get("micro_credential", "")
    chosen = catalog.micro_credential_at(slug) if slug else None
    if slug and chosen is None:
        raise NoSuchReward("There is no micro-credential at this address.")
    page: Page[RewardOffer] = page_of(
        queries.open_offers(micro_credential=chosen), parameters=request.GET, size=OFFERS_A_PAGE
    )
    context = {
        "page": page,
        "title": catalog.bare_version(slug).title if chosen else "",
        "slug": slug,
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/offers.html", context)


@require_safe
def offer(request: HttpRequest, ref: str) -> HttpResponse:
    """The terms of an offer; whoever may have it asks for it here."""
    found = queries.offer_at(ref)
    person = request.user if request.user.is_authenticated else None
    lines = queries.offers_to(person_of(request)) if person else []
    line = next((each for each in lines if each.offer.pk == found.pk), None)
    policy = overlays.policy_for(found.organisation, timezone.localdate()) if found.result else None
    context = {
        "offer": found,
        "line": line or queries.OfferLine(found, None),
        "may_ask": line is not None and line.promise is None,
        "promise": line.promise if line else None,
        "is_open": access.offers_open(on=timezone.localdate()).filter(pk=found.pk).exists(),
        "asks_of": asks.asks_of,
        "result": asks.results_in(policy).get(found.result, found.result),
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/offer.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    promise = promising.ask(offer=queries.offer_at(ref), acting_person=person_of(request))
    if promise.status == PromiseStatus.WAITING:
        messages.warning(request, "You are on the waiting list. Nothing is promised yet; this page says when it is.")
    else:
        messages.success(request, "It is promised to you, in the words of today, whatever becomes of the offer.")
    return redirect("rewards:mine")


@login_required
@require_POST
def give_up(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    found = access.promises_of(person).filter(ref=ref).select_related("offer").first()
    if found is None:
        raise NoSuchReward
    promising.give_up(promise=found, acting_person=person)
    messages.success(request, "You gave it up. Whoever comes next is served.")
    return redirect("rewards:mine")
