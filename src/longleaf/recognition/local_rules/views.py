"""The page on which a school unit says what it asks on top of the state's policy, and what it asked before."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.recognition import policies
from longleaf.recognition.errors import NoPolicy
from longleaf.recognition.local_rules import setting
from longleaf.recognition.local_rules.forms import WholeForm
from longleaf.recognition.local_rules.setting import Asked
from longleaf.recognition.unit_views import BAD_INPUT, back_to, unit_asked


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """What a unit asks on top, with its history; its officer sets it here."""
    units, unit = unit_asked(request)
    policy = policies.renewal_policy()
    if policy is None:
        raise NoPolicy("This state has not published a renewal policy here yet, so nothing can be asked on top of it.")
    history = setting.history_of(unit)
    latest = history[0].document if history else {}
    typed = request.POST if request.method == "POST" else None
    is_ours = not latest or setting.is_from_the_form(latest, unit)
    form = WholeForm(typed, setting.asked_in(latest) if is_ours else Asked(), policy)
    if request.method == "POST" and form.is_valid:
        try:
            setting.set_rules(
                organisation=unit,
                asked=form.asked(),
                reason=form.rules.cleaned_data["reason"],
                acting_person=person_of(request),
            )
        except BadInput as wrong:
            form.tell(wrong.fields)
        else:
            messages.success(request, "Set. Ledgers show it beside what the license needs.")
            return redirect(back_to("recognition:local-rules", unit, units))
    context = {
        "units": units,
        "unit": unit,
        "form": form,
        "policy": policy,
        "history": history,
        "is_ours": is_ours,
    }
    return render(request, "recognition/unit/local_rules.html", context, status=BAD_INPUT if typed else 200)
