"""Pages on which an organisation's keys are looked after. Each parses, calls one verb or query, and renders."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.awards import queries
from longleaf.awards.contents.moments import first_instant
from longleaf.awards.errors import CompromiseNeedsReason, CompromiseNotPlausible
from longleaf.awards.forms import CompromiseForm
from longleaf.awards.keys import compromises, signing_keys
from longleaf.awards.models import IssuingKey
from longleaf.directory.signed_in import person_of

BAD_INPUT = 422


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The keys of every organisation that the person who is signed in keeps keys for."""
    kept = queries.keys_kept_by(person_of(request))
    return render(request, "awards/keys.html", {"kept": kept})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Where an organisation without a key in use is given one, or one with it is given another; asked once more."""
    organisation = queries.organisation_of_keeper(person_of(request), slug=slug)
    in_use = queries.key_of(organisation)
    if request.method == "POST":
        act = signing_keys.rotate if in_use else signing_keys.create_key
        new = act(organisation=organisation, acting_person=person_of(request))
        messages.success(request, f"{organisation.name} signs with {new.public_multibase} from now on.")
        return redirect("awards:keys")
    return render(request, "awards/key_create.html", {"organisation": organisation, "key": in_use})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compromised(request: HttpRequest, slug: str, public: str) -> HttpResponse:
    """Where it is said that a key may be in wrong hands, since when, and how that came to light."""
    key = queries.key_of_keeper(person_of(request), slug=slug, public=public)
    form = CompromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_reported(request, key, form):
        messages.success(request, "The key is believed no more. What it signed is being signed anew.")
        return redirect("awards:keys")
    context = {"form": form, "key": key, "organisation": key.organisation, "today": timezone.localdate()}
    return render(request, "awards/key_compromised.html", context, status=BAD_INPUT if form.errors else 200)


def _is_reported(request: HttpRequest, key: IssuingKey, form: CompromiseForm) -> bool:
    """Report it; what the verb finds wrong stands at its field, and nothing that was typed is lost."""
    since, reason = first_instant(form.cleaned_data["since"]), form.cleaned_data["reason"]
    try:
        compromises.report(key=key, since=since, reason=reason, acting_person=person_of(request))
    except (CompromiseNeedsReason, CompromiseNotPlausible) as wrong:
        for name, sentence in wrong.fields.items():
            form.add_error(name, sentence)
        return False
    return True
