"""A draft as earners and assessors will see it: on pages of its own, and beside the part that is written."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from longleaf.catalog import wording
from longleaf.catalog.artwork import ICON_TITLES
from longleaf.catalog.badge import badge_of
from longleaf.catalog.models import Draft
from longleaf.catalog.studio import queries
from longleaf.catalog.studio.previewing import RULE, WholeDraft, whole_draft
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number

BESIDE = {"earner": "catalog/studio/beside_earner.html", "assessor": "catalog/studio/beside_assessor.html"}
BADGE_SIZES = (48, 96, 240)
RULE_TO_MEND = "How it is decided is told here as soon as nothing of it is left to mend, under panel and conditions."


@require_GET
@login_required
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """The draft on the page that earners will read."""
    draft = _draft(request, ref)
    return render(request, "catalog/studio/preview_earner.html", _about(draft))


@require_GET
@login_required
def preview_assessor(request: HttpRequest, ref: str) -> HttpResponse:
    """What is asked for on the left, and the rubric as the desk shows it on the right."""
    return render(request, "catalog/studio/preview_assessor.html", _about(_draft(request, ref)))


@require_GET
@login_required
def badge(request: HttpRequest, ref: str) -> HttpResponse:
    """The badge as it would be; `?size=` of those that are shown, and `?icon=` as it would be with another icon."""
    size, icon = whole_number(request.GET.get("size")), request.GET.get("icon", "")
    drawn = badge_of(
        whole_draft(_draft(request, ref)).version,
        size=size if size in BADGE_SIZES else 480,
        icon=icon if icon in ICON_TITLES else "",
    )
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_GET
@login_required
def beside(request: HttpRequest, ref: str) -> HttpResponse:
    """What stands beside the part that is written, drawn anew after each save: `?as=earner`, `assessor` or `badge`."""
    draft = _draft(request, ref)
    template = BESIDE.get(request.GET.get("as", ""), "catalog/studio/beside_badge.html")
    return render(request, template, {**_about(draft), "sizes": BADGE_SIZES, "icons": list(ICON_TITLES.items())})


def _draft(request: HttpRequest, ref: str) -> Draft:
    return queries.draft_read_by(person_of(request), ref)


def _about(draft: Draft) -> dict[str, Any]:
    whole = whole_draft(draft)
    state = directory.current_state()
    return {
        "draft": draft,
        "whole": whole,
        "version": whole.version,
        "design": whole.design,
        "panel": _panel(whole),
        "address": "",
        "public_address": "",
        "of_this_version": "",
        "asides": (),
        "wording": wording,
        "titles": wording.Titles(state),
        "pack": state,
    }


def _panel(whole: WholeDraft) -> list[str]:
    """The rule in sentences, or that it cannot be told yet: one that nobody wrote must not stand in its place."""
    if whole.design.document["panel_rule"] is RULE:
        return [RULE_TO_MEND]
    return [
        *wording.panel_in_words(whole.design.panel_rule, whole.design.rubric),
        *wording.rounds_in_words(whole.design),
    ]
