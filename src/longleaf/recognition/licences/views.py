"""Pages on which educators see their licences and say that something is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.recognition import policies
from longleaf.recognition.errors import NoSuchLicence
from longleaf.recognition.licences import holding
from longleaf.recognition.licences.forms import WrongForm
from longleaf.recognition.licences.showing import shown_of
from longleaf.recognition.models import Licence

BAD_INPUT = 422


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The licences on record of the person who is signed in."""
    held = holding.licences_held(person_of(request))
    context = {"licences": shown_of(held, policies.renewal_policy(), on=timezone.localdate())}
    return render(request, "recognition/licences/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Say what is wrong with one licence, or with number 0 that one is missing."""
    person = person_of(request)
    licence = _own(request, number) if number else None
    form = WrongForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = holding.say_wrong(licence=licence, text=form.cleaned_data["text"], acting_person=person)
        except BadInput as lacking:
            form.add_error("text", " ".join(lacking.fields.values()) or lacking.sentence)
        else:
            messages.success(request, "It is sent to your school unit’s licensure office. Its answer comes here.")
            return redirect("recognition:request", ref=asked.ref)
    shown = shown_of([licence], policies.renewal_policy(), on=timezone.localdate())[0] if licence else None
    context = {"form": form, "licence": shown}
    return render(request, "recognition/licences/wrong.html", context, status=BAD_INPUT if form.errors else 200)


def _own(request: HttpRequest, number: int) -> Licence:
    found = next((each for each in holding.licences_held(person_of(request)) if each.pk == number), None)
    if found is None:
        raise NoSuchLicence
    return found
