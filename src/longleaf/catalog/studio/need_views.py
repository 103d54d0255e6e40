"""The pages on which a need is broken into skills, of which one becomes a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from longleaf.catalog import demand, wording
from longleaf.catalog.errors import MayNotDesign, StaleNeed, UnusableNeed
from longleaf.catalog.models import Need, Wish
from longleaf.catalog.studio import needs, queries
from longleaf.catalog.studio.options import OptionsOf
from longleaf.catalog.studio.sections import SECTIONS
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Write a need down."""
    person = person_of(request)
    issuers = list(queries.designed_for(person))
    if not issuers:
        raise MayNotDesign("Only designers write down needs, for their organizations.")
    begun_from = {name: request.POST.get(name) or request.GET.get(name, "") for name in ("sought", "wish")}
    typed = {name: request.POST.get(name, "") for name in ("issuer", "text", "item")}
    issuer = next((each for each in issuers if each.slug == typed["issuer"]), issuers[0])
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            need = needs.write_down(
                issuer=issuer, text=typed["text"], item=typed["item"], acting_person=person, **begun_from
            )
            return redirect("studio:need", ref=need.ref)
        except UnusableNeed as unusable:
            errors = unusable.fields
    signals = demand.sought_in_vain(issuer.state, today=timezone.localdate())
    wishes: Page[Any] = page_of(queries.wishes_in(issuer.state), parameters=request.GET, size=PAGE_SIZE)
    if request.method == "GET":
        typed["text"] = _told(
            begun_from, [each.phrase for each in signals], queries.wish_in(issuer.state, begun_from["wish"])
        )
    context = {
        "issuers": issuers,
        "typed": typed,
        "begun_from": begun_from,
        "signals": signals,
        "fewest_days": demand.FEWEST_DAYS,
        "wishes": wishes,
        "titles": wording.Titles(issuer.state),
        "errors": errors,
        "items": OptionsOf(issuer.state, {}).named("items"),
    }
    return render(request, "catalog/studio/new_need.html", context, status=422 if errors else 200)


def _told(begun_from: dict[str, str], phrases: list[str], wish: Wish | None) -> str:
    """What stands in the field at first, where a need begins from what was looked for or asked for."""
    if wish:
        return wish.text
    sought = begun_from["sought"]
    return f"Educators look for “{sought}” in the catalog and find nothing." if sought in phrases else ""


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
