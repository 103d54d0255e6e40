"""The page part by which an application names pathways."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from longleaf.directory.signed_in import person_of
from longleaf.quality.agencies import queries
from longleaf.quality.pathways import choosing


@login_required
@require_POST
def choose(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep what was ticked."""
    person = person_of(request)
    found = queries.application_for(person, ref)
    choosing.choose(application=found, codes=request.POST.getlist("pathways"), acting_person=person)
    messages.success(request, "What you ask to run is saved.")
    return redirect("applications:application", ref=ref)
