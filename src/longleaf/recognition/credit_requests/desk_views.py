"""The credit desk of a school unit, and the appeals that the agency rules on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, WrongState
from longleaf.kit.numbers import number
from longleaf.kit.paging import Page, page_of
from longleaf.recognition import access
from longleaf.recognition.credit_requests import appealing, deciding, queries
from longleaf.recognition.credit_requests.forms import CREDITS_OF_A_BADGE, DecisionForm, kind_choices
from longleaf.recognition.credit_requests.holding import policy_of
from longleaf.recognition.errors import NoSuchRequest, NotYourUnit
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.status import RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

BAD_INPUT = 422
MOST_AT_ONCE = 100


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an officer, the most urgent first."""
    return _queue_page(request)


@login_required
@require_POST
def approve_several(request: HttpRequest) -> HttpResponse:
    """Approve the ticked requests as asked, each by itself, with one reason."""
    person = person_of(request)
    chosen = request.POST.getlist("request")[:MOST_AT_ONCE]
    found = list(access.requests_decided_by(person).filter(ref__in=chosen).order_by("due_on", "pk"))
    try:
        if not found:
            raise BadInput("Nothing is ticked.", fields={"reason": "Tick at least one request first."})
        not_done = deciding.approve_as_asked(
            requests=found, reason=request.POST.get("reason", ""), acting_person=person
        )
    except BadInput as wrong:
        return _queue_page(request, chosen=chosen, error=wrong.fields.get("reason", wrong.sentence), status=BAD_INPUT)
    messages.success(request, f"{number(len(found) - len(not_done), 'request')} approved as asked.")
    for each in not_done:
        messages.warning(request, f"{each.request.ref} was left: {each.sentence}")
    return redirect("recognition:desk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """One request: what it asks, what it would count, and the decision."""
    person = person_of(request)
    found = queries.request_for(person, ref)
    if not access.may_decide(person, found):
        raise NoSuchRequest
    form = _decision_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            return _act(request, person, found, form)
        except BadInput as wrong:
            _note(form, wrong)
        except WrongState as late:
            return _late_page(request, person, ref, form, late)
    return _desk_page(request, person, found, form)


@login_required
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals about requests for credit, for officers of the agency."""
    person = person_of(request)
    if not access.is_state_officer(person):
        raise NoSuchRequest("There is no page for you at this address.")
    page: Page[CreditRequest] = page_of(queries.appeals_for(person), parameters=request.GET)
    return render(request, "recognition/desk/appeals.html", {"page": page, "today": timezone.localdate()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """Rule on one appeal."""
    person = person_of(request)
    found = queries.request_for(person, ref)
    if not found.appealed_at or not access.may_rule(person, found):
        raise NoSuchRequest
    form = _decision_form(request, found)
    if request.method == "POST" and form.is_valid():
        action = request.POST.get("action", "")
        if action not in {"grant", "uphold"}:
            raise Http404
        try:
            appealing.rule(
                request=found,
                is_granted=action == "grant",
                ruling=form.cleaned_data["reason"],
                grant=form.grant,
                acting_person=person,
            )
        except BadInput as wrong:
            _note(form, wrong)
        except WrongState as late:
            return _late_page(request, person, ref, form, late)
        else:
            messages.success(request, f"The appeal about {ref} is ruled on.")
            return redirect("recognition:appeals")
    return _desk_page(request, person, found, form)


def _act(request: HttpRequest, person: Person, found: CreditRequest, form: DecisionForm) -> HttpResponse:
    action, reason = request.POST.get("action", ""), form.cleaned_data["reason"]
    if action == "approve":
        deciding.approve(request=found, reason=reason, grant=form.grant, acting_person=person)
        said = "is approved"
    elif action == "refuse":
        deciding.refuse(request=found, reason=reason, acting_person=person)
        said = "is not approved"
    elif action == "ask":
        deciding.ask_back(request=found, question=reason, acting_person=person)
        said = "goes back with your question"
    elif action == "reckon":
        return _desk_page(request, person, found, form)
    else:
        raise Http404
    messages.success(request, f"{found.ref} {said}.")
    following = queries.waiting_after(person, found)
    return redirect("recognition:desk-request", ref=following.ref) if following else redirect("recognition:desk")


def _note(form: DecisionForm, wrong: BadInput) -> None:
    for field, sentence in (wrong.fields or {"reason": wrong.sentence}).items():
        form.add_error(field if field in form.fields else "reason", sentence)


def _decision_form(request: HttpRequest, found: CreditRequest) -> DecisionForm:
    asked = ("kind", "amount", "category", "counted_before")
    initial = {name: getattr(found, name) for name in asked}
    given = request.POST if request.method == "POST" else None
    form = DecisionForm(given, initial=initial, policy=policy_of(found.office))
    if found.sort == RequestSort.BADGE:
        form.fields["amount"].label = CREDITS_OF_A_BADGE
    return form


def _late_page(request: HttpRequest, person: Person, ref: str, form: DecisionForm, late: WrongState) -> HttpResponse:
    """Somebody was faster: what was typed is shown beside what stands now."""
    return _desk_page(request, person, queries.request_for(person, ref), form, late=late)


def _desk_page(
    request: HttpRequest, person: Person, found: CreditRequest, form: DecisionForm, *, late: WrongState | None = None
) -> HttpResponse:
    is_appeal = bool(found.appealed_at) and not access.may_decide(person, found)
    sees_ledger = is_appeal or access.may_record_for(person, found.educator)
    waits = found.status in {RequestStatus.SENT, RequestStatus.ASKED_BACK, RequestStatus.APPEALED}
    usable = form.is_bound and not {"kind", "amount", "category", "counted_before"} & set(form.errors)
    grant = form.grant if usable else deciding.asked_grant(found)
    context: dict[str, Any] = {
        "asked": found,
        "form": form,
        "waits": waits,
        "is_appeal": is_appeal,
        "has_left": not sees_ledger,
        "late": late,
        "comparison": queries.if_approved(found, grant, on=timezone.localdate()) if waits and sees_ledger else None,
        "following": queries.waiting_after(person, found),
        "policy": policy_of(found.office),
        "today": timezone.localdate(),
        "now": timezone.now(),
    }
    status = late.http_status if late else BAD_INPUT if form.errors else 200
    return render(request, "recognition/desk/request.html", context, status=status)


def _queue_page(
    request: HttpRequest, *, chosen: list[str] | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    person = person_of(request)
    units, unit = _desk_asked(person, request.GET.get("unit", ""))
    asked, today = _asked(request), timezone.localdate()
    page: Page[CreditRequest] = page_of(queries.queue(person, unit, asked), parameters=request.GET, size=30)
    context = {
        "units": units,
        "unit": unit,
        "asked": asked,
        "page": page,
        "numbers": queries.numbers_of(person, today=today),
        "shown": queries.SHOWN_OF,
        "sorts": RequestSort.choices,
        "kinds": kind_choices(*(policy_of(each) for each in units))[1:],
        "chosen": chosen or [],
        "reason": request.POST.get("reason", ""),
        "error": error,
        "today": today,
        "now": timezone.now(),
    }
    return render(request, "recognition/desk/queue.html", context, status=status)


def _desk_asked(person: Person, slug: str) -> tuple[list[Organisation], Organisation | None]:
    """The offices of an officer, and the one that was asked for; None means all of them."""
    offices = access.desks_of(person)
    if not offices:
        raise NotYourUnit("What educators ask is decided by officers of school units and of the state’s agency.")
    return offices, offices[0] if len(offices) == 1 else next((it for it in offices if it.slug == slug), None)


def _asked(request: HttpRequest) -> queries.Asked:
    show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
    return queries.Asked(
        show=show if show in queries.SHOWN_OF else "waiting",
        sort=sort if sort in RequestSort.values else "",
        kind=request.GET.get("kind", "")[:60],
        words=request.GET.get("q", "")[:100],
        due_by=_day(request.GET.get("due_by", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
