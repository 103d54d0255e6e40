"""Pages of whoever offers rewards: budgets and offers; and of the state: who gets them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import OrganisationKind
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import page_of
from longleaf.quality.monitoring.ruling import rules_in_force
from longleaf.recognition import overlays
from longleaf.recognition.access import is_state_officer
from longleaf.recognition.rewards import access, asks, equity, offering, queries
from longleaf.recognition.rewards import funding as money_of
from longleaf.recognition.rewards.errors import NoSuchReward, NotYourBudget
from longleaf.recognition.rewards.forms import FundingForm, OfferForm
from longleaf.recognition.rewards.money import dollars

if TYPE_CHECKING:
    from django import forms

    from longleaf.directory.models import Organisation

BAD_INPUT = 422


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Budgets with what became of them, and the offers of a payer."""
    payers, payer = queries.payer_asked(person_of(request), request.GET.get("unit", ""))
    context = {
        "payers": payers,
        "payer": payer,
        "budgets": queries.budgets_of([payer]),
        "page": page_of(queries.offers_of(payer), parameters=request.GET),
        "due": queries.due_of(payer).count(),
        "sees_the_state": is_state_officer(person_of(request)),
        "today": timezone.localdate(),
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/office.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding(request: HttpRequest) -> HttpResponse:
    """Enter money, or set the budget of what is there."""
    person = person_of(request)
    payers, payer = _payer(request)
    form = FundingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            money_of.set_funding(organisation=payer, acting_person=person, **form.cleaned_data)
        except BadInput as wrong:
            _put_errors(form, wrong)
        else:
            messages.success(request, "The budget is set. Whoever waited for this money is served first.")
            return redirect(address_of("rewards:office", payer))
    context = {"payers": payers, "payer": payer, "form": form, "budgets": queries.budgets_of([payer])}
    return render(request, "recognition/rewards/funding.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_offer(request: HttpRequest) -> HttpResponse:
    """Write an offer. It cannot be edited once educators may read it."""
    person = person_of(request)
    payers, payer = _payer(request)
    form = _offer_form(request, payer)
    if request.method == "POST" and form.is_valid():
        try:
            made = _offered(payer, form.cleaned_data, person)
        except BadInput as wrong:
            _put_errors(form, wrong)
        else:
            messages.success(request, "It is offered. Educators see it at each micro-credential before they begin.")
            return redirect("rewards:offer", ref=made.ref)
    context = {"payers": payers, "payer": payer, "form": form}
    return render(request, "recognition/rewards/make_offer.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_POST
def end_offer(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.offer_at(ref)
    if not access.may_offer(person_of(request), found.organisation):
        raise NoSuchReward
    offering.end(offer=found, acting_person=person_of(request))
    messages.success(request, "The offer is ended. What was promised under it is kept.")
    return redirect(address_of("rewards:office", found.organisation))


@login_required
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Who gets rewards, in numbers, and which money pays for them."""
    if not is_state_officer(person_of(request)):
        raise NotYourBudget("The numbers of the state are for the officers of its agency.")
    smallest = rules_in_force().smallest_told
    context = {
        "tables": equity.tables(smallest=smallest),
        "smallest": smallest,
        "money": equity.money_by_kind(queries.budgets_of()),
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/state.html", context)


def address_of(name: str, payer: Organisation) -> str:
    return f"{reverse(name)}?unit={payer.slug}"


def _payer(request: HttpRequest) -> tuple[list[Organisation], Organisation]:
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    return queries.payer_asked(person_of(request), asked)


def _put_errors(form: forms.Form, wrong: BadInput) -> None:
    for field, sentence in wrong.fields.items():
        form.add_error(field if field in form.fields else None, sentence)


def _offer_form(request: HttpRequest, payer: Organisation) -> OfferForm:
    policy = overlays.policy_for(payer, timezone.localdate())
    schools = directory.with_their_schools([payer.pk]).filter(kind=OrganisationKind.SCHOOL).order_by("name")
    return OfferForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": timezone.localdate()},
        offered=list(
            catalog.offered().order_by("title").values_list("micro_credential__slug", catalog.labelled_title())
        ),
        schools=[(each.code, each.name) for each in schools],
        sources=[(str(each.source.pk), f"{each.source}: {dollars(each.free)} free")
                 for each in queries.budgets_of([payer])],
        roles=[(each.code, each.title) for each in policy.roles] if policy else [],
        stacks=[(each.slug, each.title) for each in catalog.stacks_offered()],
        results=list(asks.results_in(policy).items()),
    )  # fmt: skip


def _offered(payer: Organisation, told: Mapping[str, Any], person: Any) -> Any:
    plain = ("kind", "title", "what", "hours", "conditions", "valid_from", "valid_until", "earn_by", "cap")
    schools = directory.organisations_by_code(payer.state_id, told.get("schools", ()))
    sources = {str(each.source.pk): each.source for each in queries.budgets_of([payer])}
    return offering.offer(
        organisation=payer,
        wording=offering.Wording(
            **{name: told[name] for name in plain},
            amount=told["amount"] or Decimal(0),
            needed=told["needed"] or 0,
            licence_role=told.get("licence_role", ""),
            result=told.get("result", ""),
        ),
        among=offering.Among(
            list(catalog.bare_micro_credentials().filter(slug__in=told["micro_credentials"]).order_by("pk")),
            stacks=list(catalog.stacks_offered().filter(slug__in=told.get("stacks", ()))),
            schools=list(schools.values()),
        ),
        funding=sources.get(told["funding"]),
        acting_person=person,
    )
