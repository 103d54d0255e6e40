"""Model policy beside the state's own, as a page and as JSON. Anybody may read both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from longleaf.directory import queries as directory
from longleaf.recognition import model_policy


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Point by point: what is asked, whether the policy in force meets it, and by which rule."""
    return render(request, "recognition/model_policy.html", {"found": _compared()})


@require_safe
def as_json(request: HttpRequest) -> JsonResponse:
    found = _compared()
    response = JsonResponse(model_policy.as_json(found) if found else {"points": []})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _compared() -> model_policy.Compared | None:
    state = directory.current_state()
    return model_policy.compared(state, timezone.localdate()) if state else None
