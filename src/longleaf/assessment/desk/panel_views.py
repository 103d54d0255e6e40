"""What a lead assessor does with a panel: look who reads, give a reading back, take up what readers differ on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from longleaf.assessment.desk import led
from longleaf.assessment.desk.access import PANEL_KIND, roles_at_desk
from longleaf.assessment.desk.deadlines import business_days
from longleaf.assessment.errors import NoSuchDesk
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of
from longleaf.panels import adjudicating, reopening
from longleaf.panels.errors import ReasonMissing

if TYPE_CHECKING:
    from collections.abc import Mapping


@login_required
@require_GET
def panels_being_read(request: HttpRequest) -> HttpResponse:
    """The panels of the pools that somebody leads which are still reading: how far they are, and which are short."""
    person = person_of(request)
    if Role.LEAD_ASSESSOR not in roles_at_desk(person):
        raise NoSuchDesk
    page: Page[led.WaitingPanel] = page_of(led.panels_to_watch(person), parameters=request.GET, size=30)
    return render(request, "assessment/desk/being_read.html", {"page": page, "days": business_days(timezone.now())})


@login_required
@require_GET
def panel(request: HttpRequest, ref: str) -> HttpResponse:
    return _draw(request, ref)


@login_required
@require_POST
def give_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a reading back to its reader, with a reason."""
    reason = request.POST.get("reason", "")
    try:
        reopening.reopen(
            panel=ref,
            kind=PANEL_KIND,
            seat=whole_number(request.POST.get("seat")) or 0,
            reason=reason,
            acting_person=person_of(request),
        )
    except ReasonMissing as refusal:
        return _draw(request, ref, reason=reason, errors=refusal.fields)
    messages.success(request, "Given back. The reader goes on where they were.")
    return redirect("desk:panel", ref=ref)


@login_required
@require_POST
def take_up_difference(request: HttpRequest, ref: str) -> HttpResponse:
    seat = adjudicating.take(panel=ref, acting_person=person_of(request))
    return redirect("desk:read", ref=seat.ref)


@login_required
@require_POST
def ask_reader(request: HttpRequest, ref: str) -> HttpResponse:
    adjudicating.ask_reader(panel=ref, acting_person=person_of(request))
    messages.success(request, "A reader who stands outside is asked to decide it.")
    return redirect("desk:queue")


def _draw(request: HttpRequest, ref: str, *, reason: str = "", errors: Mapping[str, str] | None = None) -> HttpResponse:
    found = led.panel_to_lead(person_of(request), ref)
    context = {
        "panel": found.panel,
        "title": found.title,
        "seats": found.seats,
        "reason": reason,
        "errors": errors or {},
        "days": business_days(timezone.now()),
    }
    return render(request, "assessment/desk/panel.html", context, status=422 if errors else 200)
