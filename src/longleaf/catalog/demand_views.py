"""Pages on which what is missing in the catalog is said: by a search that finds nothing, or in words."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.catalog import asking, demand, queries
from longleaf.catalog.errors import UnusableWish
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of


@csrf_exempt  # It is sent from a page that everybody gets alike, tells nothing of who sends it, and counts once a day.
@require_POST
def sought(request: HttpRequest) -> HttpResponse:
    """A script says that somebody still looks at a search that found little."""
    state = directory.current_state()
    if state:
        demand.note_sought(state=state, words=request.POST.get("q", "")[:200], today=timezone.localdate())
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a micro-credential that is not there, see what became of it, and take it back."""
    person, state = person_of(request), directory.current_state()
    if request.method == "POST" and (gone := request.POST.get("take-back")):
        asking.take_back(ref=gone, acting_person=person)
        messages.success(request, "You took it back. Designers see it no longer.")
        return redirect("catalog:ask")
    typed = {"text": request.POST.get("text", request.GET.get("q", "")[:200]), "role": request.POST.get("role", "")}
    errors: dict[str, str] = {}
    if request.method == "POST" and state:
        try:
            asking.ask(state=state, acting_person=person, **typed)
            messages.success(request, "Designers can read it now, without your name.")
            return redirect("catalog:ask")
        except UnusableWish as unusable:
            errors = unusable.fields
    context = {
        "typed": typed,
        "errors": errors,
        "roles": list(state.vocabulary.get("roles") or ()) if state else [],
        "asked": queries.asked_by(person),
    }
    return render(request, "catalog/ask.html", context, status=422 if errors else 200)
