"""The roster of a school unit, its exports, and the numbers of the state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from longleaf.directory.signed_in import person_of
from longleaf.kit.paging import Page, page_of
from longleaf.kit.spreadsheets import CSV
from longleaf.recognition import access
from longleaf.recognition.errors import NotYourUnit
from longleaf.recognition.roster import exporting, queries
from longleaf.recognition.roster.lines import RosterLine
from longleaf.recognition.roster.statewide import statewide
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import CycleStanding

LINES_A_PAGE = 50
WAYS = {"csv": CSV, "json": "application/json"}


@login_required
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """How all educators of an officer's school unit stand, the most urgent first."""
    units, unit = queries.unit_asked(person_of(request), request.GET.get("unit", ""))
    on = day_asked(request)
    found = queries.roster_of([unit] if unit else units, on=on)
    asked = _asked(request)
    page: Page[RosterLine] = page_of(queries.chosen(found, asked), parameters=request.GET, size=LINES_A_PAGE)
    context: dict[str, Any] = {
        "units": units,
        "unit": unit,
        "roster": found,
        "asked": asked,
        "page": page,
        "standings": CycleStanding,
        "sorts": queries.SORTS,
        "practice": practice_in_force(),
        "on": on,
    }
    return render(request, "recognition/roster/roster.html", context)


@login_required
@require_safe
def export(request: HttpRequest, way: str) -> StreamingHttpResponse:
    """The licensure export of an officer's school unit, on a day."""
    units, unit = queries.unit_asked(person_of(request), request.GET.get("unit", ""))
    chosen = [unit] if unit else units
    on = day_asked(request)
    told = exporting.csv_of(chosen, on=on) if way == "csv" else exporting.json_of(chosen, on=on)
    response = StreamingHttpResponse(told, content_type=WAYS[way])
    response["Content-Disposition"] = f'attachment; filename="licensure-{on.isoformat()}.{way}"'
    return response


@login_required
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """How the educators of the state stand, by region, in numbers."""
    if not access.is_state_officer(person_of(request)):
        raise NotYourUnit("The numbers of the state are for the officers of its agency.")
    context = {"found": statewide(), "standings": CycleStanding, "practice": practice_in_force()}
    return render(request, "recognition/roster/state.html", context)


def day_asked(request: HttpRequest) -> date:
    """Today, or the day that `?on=` asks for."""
    return _day(request.GET.get("on", "")) or timezone.localdate()


def _asked(request: HttpRequest) -> queries.Asked:
    standing, sort = request.GET.get("standing", ""), request.GET.get("sort", "")
    return queries.Asked(
        standing=standing if standing in CycleStanding.values else "",
        ends_by=_day(request.GET.get("ends_by", "")),
        words=request.GET.get("q", "")[:100],
        sort=sort if sort in queries.SORTS else "standing",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
