"""The ledger of an educator, and the values that a school unit sets."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.kit.errors import BadInput, NotAllowed
from longleaf.recognition import access, ledgers, records, valuing
from longleaf.recognition.forms import ValueForm


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Where the person who is signed in stands in the current cycle."""
    return _ledger_page(request, request.user)


@login_required
@require_safe
def ledger_of(request: HttpRequest, ref: str) -> HttpResponse:
    """Where an educator stands, for the licensure office of the educator's school unit."""
    educator = access.educators_seen_by(request.user).filter(ref=ref).first()  # type: ignore[arg-type]
    if educator is None:
        raise NotAllowed("There is no educator of your school unit at this address.", hidden=True)
    return _ledger_page(request, educator)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest) -> HttpResponse:
    """What a school unit gives for micro-credentials; its officer sets it here."""
    offices = list(access.organisations_valued_by(request.user))  # type: ignore[arg-type]
    if not offices:
        raise NotAllowed("Local values are set by the professional learning officer of a school unit.")
    form = ValueForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": timezone.localdate()},
        offered=_offered_choices(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _set_value(request, form)
            messages.success(request, "The value is set. Ledgers show it from now on.")
            return redirect("recognition:values")
        except BadInput as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field, sentence)
    page = {
        "form": form,
        "office": offices[0],
        "listed": records.values_listed(offices[0], timezone.localdate()),
        "educators": access.educators_seen_by(request.user).order_by("name")[:100],  # type: ignore[arg-type]
    }
    return render(request, "recognition/values.html", page, status=422 if form.errors else 200)


def _set_value(request: HttpRequest, form: ValueForm) -> None:
    chosen, slug = form.cleaned_data, form.cleaned_data["micro_credential"]
    by_hour = chosen["way"] == "hourly"
    valuing.set_value(
        organisation=access.organisations_valued_by(request.user)[0],  # type: ignore[arg-type]
        acting_person=request.user,  # type: ignore[arg-type]
        reason=chosen["reason"],
        credits=None if by_hour else chosen["credits"],
        credits_per_effort_hour=chosen["credits"] if by_hour else None,
        micro_credential=catalog.bare_version(slug).micro_credential if slug else None,
        valid_from=chosen["valid_from"],
    )


def _offered_choices() -> list[tuple[str, str]]:
    found = catalog.offered().order_by("title").values_list("micro_credential__slug", "title")
    return list(found)


def _ledger_page(request: HttpRequest, educator: object) -> HttpResponse:
    on = _day_asked(request)
    standing = ledgers.standing_of(educator, on=on)  # type: ignore[arg-type]
    rules = list(ledgers.rules_named(standing.ledger)) if standing.ledger else []
    state = directory.current_state()
    page = {
        "educator": educator,
        "own": educator == request.user,
        "standing": standing,
        "ledger": standing.ledger,
        "rules": rules,
        "on": on,
        "sources": state.sources if state else {},
    }
    return render(request, "recognition/ledger.html", page)


def _day_asked(request: HttpRequest) -> date:
    """The day of the ledger: today, or the day that `?on=` asks for."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
