"""Pages on the agreement of reviewers, for officers of the agency."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from longleaf.directory.queries import holds
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.panels.leading.board import figure
from longleaf.panels.leading.rated import STEP
from longleaf.quality.errors import NoSuchReview
from longleaf.quality.reviewing import agreement


@login_required
@require_GET
def rubrics(request: HttpRequest) -> HttpResponse:
    """The rubrics by which the agency has reviewed."""
    person = person_of(request)
    if not holds(person, Role.STATE_OFFICER):
        raise NoSuchReview
    context = {"rubrics": agreement.rubrics_seen_by(person), "step": STEP}
    return render(request, "quality/reviewing/rubrics.html", context)


@login_required
@require_GET
def board(request: HttpRequest, digest: str) -> HttpResponse:
    """How far reviewers agree on each component of one of them."""
    rubric, found = agreement.board_seen_by(person_of(request), digest)
    context = {"rubric": rubric, "board": found, "figure": figure, "step": STEP}
    return render(request, "quality/reviewing/agreement.html", context)
