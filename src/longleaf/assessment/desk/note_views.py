"""A reader's notes: kept from the page's own script, which draws the list anew, or from a form that is sent whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from longleaf.assessment.desk import noting, queries
from longleaf.assessment.desk.forms import PostedNote, read_note, read_reading
from longleaf.assessment.desk.places import read_place
from longleaf.assessment.desk.views import draw_desk
from longleaf.assessment.errors import UnusableNote
from longleaf.directory.signed_in import person_of

if TYPE_CHECKING:
    from longleaf.assessment.desk.queries import Desk


@login_required
@require_POST
def note(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a note down. Answers the list drawn anew to the page's script, and the desk to everybody else."""
    person = person_of(request)
    desk = queries.desk_of(person, ref)
    posted = read_note(request.POST)
    try:
        kept = noting.note(
            reading=ref,
            exhibit=posted.exhibit,
            known=desk.exhibit_titles,
            place=read_place(posted.place),
            text=posted.text,
            acting_person=person,
        )
    except UnusableNote as refusal:
        return _refused(request, desk, posted, refusal)
    return _notes(request, desk, latest=kept.ref)


@login_required
@require_POST
def take_note_away(request: HttpRequest, ref: str, note: str) -> HttpResponse:
    person = person_of(request)
    noting.take_away(reading=ref, note=note, acting_person=person)
    return _notes(request, queries.desk_of(person, ref), latest="")


def _notes(request: HttpRequest, desk: Desk, *, latest: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "assessment/desk/notes.html", {"desk": desk, "latest": latest})
    return redirect(reverse("desk:read", kwargs={"ref": desk.assignment.ref}) + "#notes")


def _refused(request: HttpRequest, desk: Desk, posted: PostedNote, refusal: UnusableNote) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        told = {"code": refusal.code, "error": refusal.sentence}
        return JsonResponse(told, status=refusal.http_status)
    note_form = replace(posted, errors=refusal.fields)
    return draw_desk(request, desk, read_reading(desk.rows), note_form=note_form, status=refusal.http_status)
