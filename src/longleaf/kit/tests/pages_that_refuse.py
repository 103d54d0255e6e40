"""Addresses for tests: every way in which a request can be refused, or go wrong."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from longleaf.kit.errors import BadInput, NotAllowed, Refusal, WrongState

REFUSALS = {
    "refused": Refusal("That is no request we know."),
    "not-allowed": NotAllowed("This is for officers."),
    "hidden": NotAllowed("There is nothing of yours here.", hidden=True),
    "wrong-state": WrongState("Somebody was faster."),
    "bad-input": BadInput("Two things need another look.", fields={"name": "Give a <name>.", "day": "Give a day."}),
    "broken": SuspiciousOperation("odd"),
    "denied": PermissionDenied(),
    "mistake": ZeroDivisionError("ours"),
}


def refuse(request: HttpRequest, how: str) -> HttpResponse:
    raise REFUSALS[how]


urlpatterns = [path("refuse/<slug:how>/", refuse), path("", include("longleaf.config.urls"))]
handler400 = "longleaf.web.views.bad_request"
handler403 = "longleaf.web.views.not_allowed"
handler404 = "longleaf.web.views.not_found"
handler500 = "longleaf.web.views.server_error"
