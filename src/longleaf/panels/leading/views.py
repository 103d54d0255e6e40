"""Pages of whoever leads a pool. Each parses, calls one query or verb, draws."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.panels.leading.board import board_of, figure
from longleaf.panels.leading.capacity import outlook_of
from longleaf.panels.leading.chart import chart_of
from longleaf.panels.leading.rated import STEP, RubricInUse, rubrics_of
from longleaf.panels.pool.reading import pool_led_by

RUBRICS_ON_A_PAGE = 50


@login_required
@require_GET
def rubrics(request: HttpRequest, slug: str) -> HttpResponse:
    """Every rubric by which panels of the pool have judged."""
    pool = pool_led_by(person_of(request), slug)
    page: Page[RubricInUse] = page_of(rubrics_of(pool), parameters=request.GET, size=RUBRICS_ON_A_PAGE)
    return render(request, "panels/leading/rubrics.html", {"pool": pool, "page": page, "step": STEP})


@login_required
@require_GET
def board(request: HttpRequest, slug: str, kind: str, digest: str) -> HttpResponse:
    """How far the readers of one rubric agree."""
    pool = pool_led_by(person_of(request), slug)
    found = board_of(pool, kind, digest)
    return render(request, "panels/leading/board.html", {"pool": pool, "board": found, "figure": figure, "step": STEP})


@login_required
@require_GET
def forecast(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the queue of a pool keeps up, in words, as a drawing and as a table."""
    lead = person_of(request)
    pool = pool_led_by(lead, slug)
    outlook = outlook_of(pool, lead=lead, now=timezone.now())
    context = {"pool": pool, "outlook": outlook, "chart": chart_of(outlook.by_told)}
    return render(request, "panels/leading/forecast.html", context)
