"""What a school unit gives for micro-credentials, and which of them it puts before its educators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.catalog import queries as catalog
from longleaf.catalog.errors import NoSuchMicroCredential
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, NotAllowed
from longleaf.kit.numbers import number
from longleaf.recognition import access, adopting, policies, records, valuing
from longleaf.recognition.errors import UnusableAdoption
from longleaf.recognition.forms import ValueForm
from longleaf.recognition.models import Adoption

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation
    from longleaf.recognition.records import LocalValues

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest) -> HttpResponse:
    """What a school unit gives for micro-credentials; its officer sets it here."""
    units, unit = unit_asked(request)
    form = ValueForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": timezone.localdate()},
        offered=_offered_choices(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _set_value(request, unit, form)
            messages.success(request, "The value is set. Ledgers show it from now on.")
            return redirect(back_to("recognition:values", unit, units))
        except BadInput as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field, sentence)
    policy = policies.renewal_policy()
    page = {
        "form": form,
        "units": units,
        "office": unit,
        "credit": policy.unit if policy else None,
        "listed": records.values_listed(unit, timezone.localdate()),
        "educators": access.educators_of([unit.pk]).order_by("name")[:100],
    }
    return render(request, "recognition/values.html", page, status=BAD_INPUT if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopted(request: HttpRequest) -> HttpResponse:
    """The list of a school unit; its officer adds to it here."""
    units, unit = unit_asked(request)
    slug, note, errors = request.POST.get("micro_credential", ""), request.POST.get("note", ""), dict[str, str]()
    if request.method == "POST":
        try:
            adopting.adopt(
                organisation=unit,
                micro_credential=_chosen(slug),
                note=note,
                acting_person=person_of(request),
            )
        except UnusableAdoption as wrong:
            errors = wrong.fields
        else:
            messages.success(request, "It is on the list. Your educators see it first.")
            return redirect(back_to("recognition:adopted", unit, units))
    values = records.values_of(unit)
    context: dict[str, Any] = {
        "units": units,
        "unit": unit,
        "adopted": [(each, _worth(values, each)) for each in adopting.adopted_for(unit)],
        "offered": _offered_choices(),
        "chosen": slug,
        "note": note,
        "errors": errors,
    }
    return render(request, "recognition/unit/adopted.html", context, status=BAD_INPUT if errors else 200)


@login_required
@require_POST
def end_adoption(request: HttpRequest, number: int) -> HttpResponse:
    """Take a micro-credential off the list of a school unit."""
    ours = Adoption.objects.filter(organisation__in=access.organisations_valued_by(person_of(request)).values("pk"))
    found = ours.select_related("organisation").filter(pk=number).first()
    if found is None:
        raise Http404
    adopting.let_go(adoption=found, acting_person=person_of(request))
    messages.success(request, "It is off the list. What was earned keeps its worth.")
    return redirect("recognition:adopted")


def unit_asked(request: HttpRequest) -> tuple[list[Organisation], Organisation]:
    """The units for which somebody sets values, and the one that was chosen, or the first."""
    units = list(access.organisations_valued_by(person_of(request)))
    if not units:
        raise NotAllowed("Local values are set by the professional learning officer of a school unit.")
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    return units, next((each for each in units if each.slug == asked), units[0])


def back_to(name: str, unit: Organisation, units: list[Organisation]) -> str:
    address = reverse(name)
    return f"{address}?unit={unit.slug}" if len(units) > 1 else address


def _set_value(request: HttpRequest, unit: Organisation, form: ValueForm) -> None:
    chosen, slug = form.cleaned_data, form.cleaned_data["micro_credential"]
    by_hour = chosen["way"] == "hourly"
    valuing.set_value(
        organisation=unit,
        acting_person=person_of(request),
        reason=chosen["reason"],
        credits=None if by_hour else chosen["credits"],
        credits_per_effort_hour=chosen["credits"] if by_hour else None,
        micro_credential=catalog.bare_version(slug).micro_credential if slug else None,
        valid_from=chosen["valid_from"],
    )


def _chosen(slug: str) -> Any:
    try:
        return catalog.bare_version(slug).micro_credential
    except NoSuchMicroCredential:
        sentence = "Choose one that is listed."
        raise UnusableAdoption(sentence, fields={"micro_credential": sentence}) from None


def _worth(values: LocalValues, adoption: Adoption) -> str:
    value = values.on(timezone.localdate(), micro_credential_id=adoption.micro_credential_id)
    if value is None:
        return ""
    policy = policies.renewal_policy()
    told = policy.unit.amount(value.credits) if policy else number(value.credits)
    return told + (" an hour of effort" if value.per_hour else "")


def _offered_choices() -> list[tuple[str, str]]:
    found = catalog.offered().order_by("title").values_list("micro_credential__slug", catalog.labelled_title())
    return list(found)
