"""What other states would give: for one micro-credential, open to all, and for what somebody has earned."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.recognition import policies
from longleaf.recognition.portability import reciprocity

MOST_SHOWN = 12


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What other states would give for all that somebody has earned here, the newest first, and brought along."""
    earned = reciprocity.earned_by(person_of(request))
    page: Page[reciprocity.Earned] = page_of(earned, parameters=request.GET, size=MOST_SHOWN)
    answers = reciprocity.answers_for_earned(page.rows, on=timezone.localdate())
    context = {"earned": answers, "page": page, "number_of_all": len(earned), **_frame()}
    return render(request, "recognition/portability/states.html", context)


@require_safe
def of_micro_credential(request: HttpRequest, slug: str) -> HttpResponse:
    """What other states would give for one micro-credential."""
    version = catalog.whole_version(slug).version
    answers = reciprocity.answers_for(version, on=timezone.localdate())
    context = {"version": version, "answers": answers, **_frame()}
    return render(request, "recognition/portability/states_of_one.html", context)


def _frame() -> dict[str, object]:
    state = directory.current_state()
    return {"known": policies.policies_elsewhere(), "sources": state.sources if state else {}}
