"""The page of the self-check, and the small answers that keep what is typed on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST

from longleaf.catalog.errors import StaleField
from longleaf.catalog.studio import drafting
from longleaf.catalog.studio import queries as studio
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, Refusal
from longleaf.kit.numbers import number, whole_number
from longleaf.kit.words import count_words
from longleaf.quality.self_check import links
from longleaf.quality.self_check.answering import save_answer
from longleaf.quality.self_check.looking import look_at

if TYPE_CHECKING:
    from longleaf.catalog.models import Draft
    from longleaf.directory.models import Person


@dataclass
class Unkept:
    """What could not be kept of a form, by component: as it was typed, why not, and what is kept instead."""

    typed: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
@login_required
def self_check(request: HttpRequest, ref: str) -> HttpResponse:
    """The rubric of the state with what was found and answered."""
    person = person_of(request)
    draft = studio.draft_read_by(person, ref)
    unkept, page = Unkept(), request.POST.get("page") or get_random_string(12)
    if request.method == "POST":
        drafting.require_open(draft, acting_person=person)
        for each in look_at(draft).components:
            _keep(request.POST, draft, each.component.code, unkept, page, person)
        if not unkept.typed:
            messages.success(request, "Everything you typed is saved.")
            return redirect("self_check:show", ref=ref)
    context = {
        "draft": draft,
        "found": look_at(draft),
        "unkept": unkept,
        "page": page,
        "may_answer": _may_answer(draft, person),
    }
    return render(request, "quality/self_check/self_check.html", context, status=_status_of(unkept))


@require_POST
@login_required
def try_links(request: HttpRequest, ref: str) -> HttpResponse:
    """Have the addresses tried that the draft names; a worker does it."""
    draft = studio.draft_read_by(person_of(request), ref)
    asked = links.ask(draft=draft, acting_person=person_of(request))
    if asked:
        messages.success(request, f"{number(asked, 'address is', 'addresses are')} being tried. Look in a minute.")
    else:
        messages.info(request, "Every address was tried within the last hour, or is being tried now.")
    return redirect(f"{reverse('self_check:show', kwargs={'ref': ref})}#links")


@require_POST
@login_required
def save(request: HttpRequest, ref: str, component: str) -> HttpResponse:
    """What the kit's autosave sends: the contract stands in docs/reference/components.md."""
    try:
        saved = save_answer(
            draft=studio.draft_read_by(person_of(request), ref),
            component=component,
            text=request.POST.get("text", ""),
            revision=_revision(request.POST, "revision"),
            acting_person=person_of(request),
            page=request.GET.get("page", ""),
        )
    except StaleField as stale:
        return JsonResponse({"error": stale.sentence, "revision": stale.revision, "text": stale.theirs}, status=409)
    kept = {"revision": saved.revision, "saved_at": saved.saved_at.isoformat(), "words": count_words(saved.text)}
    return JsonResponse(kept)


def _keep(posted: QueryDict, draft: Draft, component: str, unkept: Unkept, page: str, person: Person) -> None:
    text = posted.get(f"answer-{component}")
    if text is None:
        return
    try:
        save_answer(
            draft=draft,
            component=component,
            text=text,
            revision=_revision(posted, f"revision-{component}"),
            acting_person=person,
            page=page,
            is_last_word=True,
        )
    except StaleField as stale:
        unkept.typed[component], unkept.theirs[component] = text, stale.theirs
        unkept.why[component] = stale.sentence
    except BadInput as bad:
        unkept.typed[component], unkept.why[component] = text, bad.sentence


def _may_answer(draft: Draft, person: Person) -> bool:
    try:
        drafting.require_open(draft, acting_person=person)
    except Refusal:
        return False
    return True


def _status_of(unkept: Unkept) -> int:
    return 409 if unkept.theirs else 422 if unkept.typed else 200


def _revision(posted: QueryDict, name: str) -> int:
    return whole_number(posted.get(name)) or 0
