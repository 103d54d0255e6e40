"""The page on which somebody is picked to be. It exists in the demonstration only."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from longleaf.demo.cast import cast_of_today, person_to_be
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may be picked, with what they are in the middle of."""
    return render(request, "demo/people.html", {"cast": cast_of_today(), "next": request.GET.get("next", "")})


@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as a synthetic person."""
    person = person_to_be(request.POST.get("ref", ""))
    if person is None:
        raise BadInput("Nobody synthetic is known by this reference. Pick somebody from the page of people.")
    login(request, person, backend=BACKEND)
    onward = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return redirect(onward if safe else "home")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, to look at."""
    now = timezone.now()
    page: Page[int] = page_of(range(100), parameters=request.GET)
    return render(request, "kit/style.html", {"today": now.date(), "moment": now, "cards": [], "page": page})
