"""What every request and answer goes through: text is made plain, private pages are kept by nobody, refusals told."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import UnreadablePostError
from django.shortcuts import render

from longleaf.kit import keeping
from longleaf.kit.errors import BadInput, Refusal

PAGES = {
    400: "kit/errors/400.html",
    403: "kit/errors/403.html",
    404: "kit/errors/404.html",
    409: "kit/errors/409.html",
    422: "kit/errors/422.html",
}


class PlainText:
    """Takes zero bytes out of what comes in, so that no page has to think of them: PostgreSQL keeps none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        try:
            request.GET = _without_zero_bytes(request.GET)  # type: ignore[assignment]
            request.POST = _without_zero_bytes(request.POST)  # type: ignore[assignment]
        except UnreadablePostError:
            raise BadRequest("The connection broke before everything had arrived.") from None
        return self.get_response(request)


class OneLook:
    """One request stands on one look at the latest decision (`kit.keeping`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with keeping.one_look():
            return self.get_response(request)


class PrivatePages:
    """What somebody signed in is shown is kept by no cache, unless its page says otherwise: computers are shared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # An answer for which nobody looked at the session is the same for everybody.
        is_private = request.session.accessed and request.user.is_authenticated
        if is_private and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


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


def _without_zero_bytes(parameters: QueryDict) -> QueryDict:
    if not any("\0" in text for name, values in parameters.lists() for text in (name, *values)):
        return parameters
    plain = QueryDict(mutable=True)
    for name, values in parameters.lists():
        plain.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    return plain


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, rather than somebody who reads."""
    return "application/json" in request.headers.get("Accept", "")
