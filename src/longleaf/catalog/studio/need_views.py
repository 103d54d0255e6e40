"""The pages on which a need is broken into skills, of which one becomes a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from longleaf.catalog.errors import MayNotDesign, StaleNeed, UnusableNeed
from longleaf.catalog.models import Need
from longleaf.catalog.studio import needs, queries
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Write a need down."""
    person = person_of(request)
    issuers = list(queries.designed_for(person))
    if not issuers:
        raise MayNotDesign("Only designers write down needs, for their organizations.")
    typed = {name: request.POST.get(name, "") for name in ("issuer", "text", "item")}
    issuer = next((each for each in issuers if each.slug == typed["issuer"]), issuers[0])
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            need = needs.write_down(issuer=issuer, text=typed["text"], item=typed["item"], acting_person=person)
            return redirect("studio:need", ref=need.ref)
        except UnusableNeed as unusable:
            errors = unusable.fields
    context = {
        "issuers": issuers,
        "typed": typed,
        "errors": errors,
        "items": OptionsOf(issuer.state, {}).named("items"),
    }
    return render(request, "catalog/studio/new_need.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """A need with its skills. Each button keeps what is typed; one begins a draft."""
    need = queries.need_read_by(person_of(request), ref)
    if request.method == "POST":
        return _take(request, need)
    return _show(request, need, _as_typed(need))


def _take(request: HttpRequest, need: Need) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("text", "item", "skills")}
    try:
        need = needs.break_down(
            need=need,
            revision=whole_number(request.POST.get("revision")) or 0,
            acting_person=person_of(request),
            **typed,
        )
    except StaleNeed as stale:
        return _show(request, need, typed, status=409, stale=stale.sentence)
    except UnusableNeed as unusable:
        return _show(request, need, typed, status=422, errors=unusable.fields)
    if skill := request.POST.get("begin"):
        draft = needs.begin_for(need=need, skill=skill, acting_person=person_of(request))
        return redirect("studio:section", ref=draft.ref, code=SECTIONS[0].code)
    messages.success(request, "Everything you typed is saved.")
    return redirect("studio:need", ref=need.ref)


def _as_typed(need: Need) -> dict[str, str]:
    return {"text": need.text, "item": need.item.code if need.item else "", "skills": "\n".join(need.skills)}


def _show(request: HttpRequest, need: Need, typed: dict[str, str], status: int = 200, **further: Any) -> HttpResponse:
    begun = queries.begun_for(need)
    context = {
        "need": need,
        "typed": typed,
        "kept": _as_typed(need),
        "skills": [{"text": skill, "drafts": begun.get(skill, [])} for skill in need.skills],
        "items": OptionsOf(need.issuer.state, {}).named("items"),
        "errors": {},
        "stale": "",
        **further,
    }
    return render(request, "catalog/studio/need.html", context, status=status)
