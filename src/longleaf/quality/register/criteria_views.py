"""Pages and files of what quality is judged by. Anybody may read them; nobody signs in for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from longleaf.directory import queries as directory
from longleaf.quality.register import criteria_documents as documents
from longleaf.quality.register.criteria import Criteria, all_criteria, criteria_at
from longleaf.quality.register.views import open_to_all


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """By what the state judges designs, agencies, pathways and plans."""
    state = directory.current_state()
    return render(request, "quality/register/all_criteria.html", {"found": all_criteria(state) if state else []})


@require_safe
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """One text, whole; `?digest=` for one that was replaced, because decisions were taken by it."""
    return render(request, "quality/register/criteria.html", {"criteria": _asked_for(request, code)})


@require_safe
@conditional_page
def as_json(request: HttpRequest, code: str) -> HttpResponseBase:
    return open_to_all(_indented(documents.as_json(_asked_for(request, code))))


@require_safe
@conditional_page
def as_case(request: HttpRequest, code: str) -> HttpResponseBase:
    return open_to_all(_indented(documents.as_case(_asked_for(request, code))))


def _asked_for(request: HttpRequest, code: str) -> Criteria:
    return criteria_at(directory.current_state(), code, request.GET.get("digest", ""))


def _indented(document: dict[str, object]) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"indent": 2, "ensure_ascii": False})
