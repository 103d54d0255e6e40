"""Pages and files of figures: all issuers for officers of the agency, one of them also for its own officers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from longleaf.directory.signed_in import person_of
from longleaf.quality.errors import NoSuchFigures
from longleaf.quality.monitoring import documents, queries, wording
from longleaf.quality.monitoring.access import may_watch
from longleaf.quality.monitoring.queries import Monitored
from longleaf.quality.monitoring.ruling import rules_in_force
from longleaf.quality.monitoring.windows import up_to
from longleaf.quality.status import Measure


@login_required
@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """Every issuer with its figures, and the alarms that ring."""
    if not may_watch(person_of(request)):
        raise NoSuchFigures
    rules = rules_in_force()
    window = up_to(timezone.localdate(), months=rules.months)
    ringing = queries.alarms_of(person_of(request))
    context = {
        "rows": queries.everything(window).by_issuer,
        "rules": rules,
        "window": window,
        "ringing": ringing.count(),
        "measures": dict(Measure.choices),
        **wording.FIGURES_IN_WORDS,
    }
    return render(request, "quality/monitoring/agencies.html", context)


@login_required
@require_GET
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One issuer: over all, by version, by where earners work, and what rings."""
    found = _monitored(request, code)
    context: dict[str, Any] = {
        "monitored": found,
        "smallest": found.rules.smallest_told,
        "alarms": list(queries.alarms_on(found.organisation, person_of(request))),
        "value_of": wording.value_of,
        "threshold_of": wording.threshold_of,
        **wording.FIGURES_IN_WORDS,
    }
    return render(request, "quality/monitoring/agency.html", context)


@login_required
@require_GET
def as_csv(request: HttpRequest, code: str) -> HttpResponse:
    found = _monitored(request, code)
    response = HttpResponse(documents.as_csv(found), content_type="text/csv; charset=utf-8")
    name = f"figures-{found.organisation.slug}-{found.window.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
def as_json(request: HttpRequest, code: str) -> HttpResponse:
    return JsonResponse(documents.as_json(_monitored(request, code)))


def _monitored(request: HttpRequest, code: str) -> Monitored:
    return queries.monitored(person_of(request), code, today=timezone.localdate())
