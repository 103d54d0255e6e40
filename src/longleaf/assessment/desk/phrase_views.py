"""The comment bank: the page on which phrases are kept, changed and removed, and the count of their use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.assessment.desk import phrases, phrasing
from longleaf.assessment.desk.access import roles_at_desk
from longleaf.assessment.desk.phrases import About
from longleaf.assessment.errors import NoSuchDesk, NoSuchPhrase, UnusablePhrase
from longleaf.directory.signed_in import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from longleaf.assessment.models import Phrase
    from longleaf.directory.models import Person

OWN = ""


@login_required
@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """One's own phrases, those of the pools one leads, and a form for another."""
    person = person_of(request)
    if not roles_at_desk(person):
        raise NoSuchDesk
    if request.method == "GET":
        return _draw_bank(request, person, {"text": "", "about": request.GET.get("about", ""), "pool": OWN})
    given = {name: request.POST.get(name, "") for name in ("text", "about", "pool")}
    pool = next((each for each in phrases.pools_led_by(person) if each.slug == given["pool"]), None)
    if given["pool"] and pool is None:
        raise NoSuchPhrase
    try:
        phrasing.keep(text=given["text"], about=About.read(given["about"]), pool=pool, acting_person=person)
    except UnusablePhrase as refusal:
        return _draw_bank(request, person, given, refusal.fields)
    messages.success(request, "The phrase is kept.")
    return redirect("desk:phrases")


@login_required
@require_http_methods(["GET", "POST"])
def phrase(request: HttpRequest, ref: str) -> HttpResponse:
    """One phrase, to be changed."""
    person = person_of(request)
    found = phrases.kept_by(person).filter(ref=ref).first()
    if found is None:
        raise NoSuchPhrase
    if request.method == "GET":
        return _draw_phrase(request, found, {"text": found.text, "about": str(phrases.about(found))})
    given = {name: request.POST.get(name, "") for name in ("text", "about")}
    try:
        phrasing.change(phrase=ref, text=given["text"], about=About.read(given["about"]), acting_person=person)
    except UnusablePhrase as refusal:
        return _draw_phrase(request, found, given, refusal.fields)
    messages.success(request, "The phrase is changed. Comments that were written keep their words.")
    return redirect("desk:phrases")


@login_required
@require_POST
def remove_phrase(request: HttpRequest, ref: str) -> HttpResponse:
    phrasing.remove(phrase=ref, acting_person=person_of(request))
    messages.success(request, "The phrase is removed. Comments that were written keep their words.")
    return redirect("desk:phrases")


@login_required
@require_POST
def use_phrase(request: HttpRequest, ref: str) -> HttpResponse:
    phrasing.note_use(phrase=ref, acting_person=person_of(request))
    return HttpResponse(status=204)


def _draw_bank(
    request: HttpRequest, person: Person, given: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> HttpResponse:
    banks = phrases.banks_of(person)
    context = {
        "banks": banks,
        "options": _options(person),
        "whose": [(OWN, "Mine alone"), *((each.pool.slug, each.pool.name) for each in banks if each.pool)],
        "given": given,
        "errors": errors or {},
    }
    return render(request, "assessment/desk/phrases.html", context, status=422 if errors else 200)


def _draw_phrase(
    request: HttpRequest, found: Phrase, given: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> HttpResponse:
    options = _options(person_of(request))
    if given["about"] not in dict(options):
        # What the pool no longer reads by stays what the phrase is about until another is chosen.
        options.append((given["about"], given["about"]))
    context = {"phrase": found, "options": options, "given": given, "errors": errors or {}}
    return render(request, "assessment/desk/phrase.html", context, status=422 if errors else 200)


def _options(person: Person) -> list[tuple[str, str]]:
    return [(str(where), title) for where, title in phrases.choices_for(person).items()]
