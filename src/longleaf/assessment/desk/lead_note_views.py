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
from longleaf.kit.autosaving import Kept, Stale, answer_to_typing
from longleaf.kit.errors import BadInput
from longleaf.panels import queries as panels
from longleaf.panels import telling_leads

if TYPE_CHECKING:
    from longleaf.assessment.desk.queries import Desk
    from longleaf.assessment.desk.told_leads import PostedToLead
    from longleaf.directory.models import Person


@login_required
@require_POST
def save_to_lead(request: HttpRequest, ref: str, criterion: str = "") -> JsonResponse:
    """Save a note as it is typed (docs/reference/components.md tells what the page expects)."""
    person = person_of(request)

    def save(text: str, revision: int) -> Kept:
        seat = panels.reading_for(person, ref, kind=PANEL_KIND)
        kept = telling_leads.tell(
            assignment=seat, criterion=criterion, text=text, revision=revision, acting_person=person
        )
        return Kept(kept.text, kept.revision, timezone.now())

    return answer_to_typing(request, "text", save)


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
        except Stale as stale:
            each.revision, each.changed_elsewhere = stale.kept_of("text")[1], True
            each.errors.append(stale.beside("text"))
        except BadInput as refusal:
            each.errors.append(refusal.sentence)
