"""Notes to the lead assessor: saved as they are typed, and the page on which a lead reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from longleaf.assessment.desk import told_leads
from longleaf.assessment.desk.access import PANEL_KIND, roles_at_desk
from longleaf.assessment.errors import NoSuchDesk
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.errors import BadInput, Refusal
from longleaf.kit.numbers import whole_number
from longleaf.panels import queries as panels
from longleaf.panels import telling_leads
from longleaf.panels.errors import StaleNote

if TYPE_CHECKING:
    from longleaf.assessment.desk.queries import Desk
    from longleaf.assessment.desk.told_leads import PostedToLead
    from longleaf.directory.models import Person


@login_required
@require_POST
def save_to_lead(request: HttpRequest, ref: str, criterion: str = "") -> JsonResponse:
    """Save a note as it is typed (docs/reference/components.md tells what the page expects)."""
    person = person_of(request)
    revision = whole_number(request.POST.get("revision", "0"))
    if revision is None:
        raise BadInput("The revision must be a number. Reload the page.")
    try:
        kept = telling_leads.tell(
            assignment=panels.reading_for(person, ref, kind=PANEL_KIND),
            criterion=criterion,
            text=request.POST.get("text", ""),
            revision=revision,
            acting_person=person,
        )
    except StaleNote as stale:
        told = {"revision": stale.note.revision, "text": stale.note.text, "error": stale.sentence}
        return JsonResponse(told, status=409)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "error": refusal.sentence}, status=refusal.http_status)
    return JsonResponse({"revision": kept.revision, "saved_at": timezone.now().isoformat(), "words": 0})


@login_required
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """What readers tell this lead assessor, panel by panel."""
    person = person_of(request)
    if Role.LEAD_ASSESSOR not in roles_at_desk(person):
        raise NoSuchDesk
    return render(request, "assessment/desk/told.html", {"panels": told_leads.told_to(person)})


@login_required
@require_POST
def put_away(request: HttpRequest, ref: str) -> HttpResponse:
    telling_leads.put_away(panel=ref, acting_person=person_of(request))
    messages.success(request, "Put away as seen. The notes stay with the reading.")
    return redirect("desk:told")


def save_posted(desk: Desk, posted: list[PostedToLead], person: Person) -> None:
    """Save those of a whole form that changed; what cannot be kept stays on the page with its reason."""
    for each in posted:
        if not each.has_changed:
            continue
        try:
            telling_leads.tell(
                assignment=desk.assignment,
                criterion=each.criterion,
                text=each.text,
                revision=each.revision,
                acting_person=person,
            )
        except StaleNote as stale:
            each.revision, each.changed_elsewhere = stale.note.revision, True
            each.errors.append(
                f"This was changed in another tab or on another device to “{stale.note.text or 'nothing'}”. "
                "What you see here is yours: save again to keep it."
            )
        except BadInput as refusal:
            each.errors.append(refusal.sentence)
