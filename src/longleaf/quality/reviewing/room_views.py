"""The page of reviewers who differ: what each found, what was said, and a level given anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.panels import reconciling, room
from longleaf.panels.room import Room
from longleaf.quality.reviewing import queries, talking
from longleaf.quality.reviewing.access import PANEL_KIND

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@dataclass(frozen=True)
class Typed:
    """What was typed for one component, kept on the page with what is wrong with it."""

    criterion: str = ""
    remark: str = ""
    level: str = ""
    reason: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@login_required
@require_http_methods(["GET", "POST"])
def meet(request: HttpRequest, ref: str) -> HttpResponse:
    """The room. A form of one component says something, or gives a level anew."""
    person = person_of(request)
    found = room.room_of(person, ref, kind=PANEL_KIND)
    if request.method == "GET":
        return _draw(request, found, Typed())
    sent = request.POST
    typed = Typed(sent.get("criterion", ""), sent.get("remark", ""), sent.get("level", ""), sent.get("reason", ""))
    try:
        _act(found, typed, revises=sent.get("action") == "revise", person=person)
    except BadInput as refusal:
        errors = refusal.fields or {f"remark-{typed.criterion}": refusal.sentence}
        return _draw(
            request, found, Typed(typed.criterion, typed.remark, typed.level, typed.reason, errors), status=422
        )
    return redirect(f"{request.path}#component-{typed.criterion}")


@login_required
@require_POST
def settle(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    found = room.room_of(person, ref, kind=PANEL_KIND)
    talking.settle(assignment=found.assignment, acting_person=person)
    messages.success(request, "You have talked it over. When everybody has, the rule of the rubric goes on.")
    return redirect("quality:home")


def _act(found: Room, typed: Typed, *, revises: bool, person: Person) -> None:
    if revises:
        reconciling.revise(
            assignment=found.assignment,
            criterion=typed.criterion,
            level=typed.level,
            reason=typed.reason,
            acting_person=person,
        )
    else:
        reconciling.say(assignment=found.assignment, criterion=typed.criterion, text=typed.remark, acting_person=person)


def _draw(request: HttpRequest, found: Room, typed: Typed, *, status: int = 200) -> HttpResponse:
    context = {
        "room": found,
        "desk": queries.desk_of(person_of(request), found.assignment.ref),
        "quoted": queries.quoted_by_seat(found.assignment.panel_id),
        "typed": typed,
        "errors": [{"id": f"id_{name}", "text": sentence} for name, sentence in typed.errors.items()],
        "now": timezone.now(),
    }
    return render(request, "quality/reviewing/room.html", context, status=status)
