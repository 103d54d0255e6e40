"""The page of what waits for somebody, and how they want to be told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.reminders import choosing, queries
from longleaf.reminders.models import Reminder

MAIL, PAGE = "mail", "page"


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in, by the day that it is due on."""
    person = person_of(request)
    page: Page[Reminder] = page_of(queries.waiting_for(person), parameters=request.GET)
    way = MAIL if queries.is_told_by_mail(person) else PAGE
    return render(request, "reminders/mine.html", {"page": page, "way": way, "now": timezone.now()})


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    by_mail = request.POST.get("way") != PAGE
    choosing.choose(by_mail=by_mail, acting_person=person_of(request))
    messages.success(
        request, "You get one mail a working day, when there is something new." if by_mail else "You get no mail."
    )
    return redirect("reminders:mine")
