"""One place where refusals become answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from longleaf.kit.errors import BadInput, Refusal

PAGES = {
    400: "kit/errors/400.html",
    403: "kit/errors/403.html",
    404: "kit/errors/404.html",
    409: "kit/errors/409.html",
    422: "kit/errors/422.html",
}


class ErrorPages:
    """Turns a `Refusal` that a view let through into a page, or into JSON for a script that asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook: answer refusals, leave everything else to the server error page."""
        if not isinstance(exception, Refusal):
            return None
        if wants_json(request):
            return JsonResponse(as_json(exception), status=exception.http_status)
        return render(request, PAGES[exception.http_status], {"refusal": exception}, status=exception.http_status)


def as_json(refusal: Refusal) -> dict[str, object]:
    """The body of a refusal for scripts: code, sentence, and a sentence for each field that was wrong."""
    fields = refusal.fields if isinstance(refusal, BadInput) else {}
    return {"code": refusal.code, "error": refusal.sentence, "fields": fields}


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, rather than somebody who reads."""
    return "application/json" in request.headers.get("Accept", "")
