"""Pages that every visitor gets alike are drawn once between two decisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from longleaf.kit import keeping

View = Callable[..., HttpResponse]
MESSAGES_COOKIE = "messages"


def alike_for_visitors(view: View) -> View:
    """Keep what a view gives to somebody who is not signed in, by its address, until the next decision.

    The view must tell of nothing but decided facts. A page that sets a cookie, holds a form's token, asks by its
    headers not to be kept, or is no page at all (any status but 200) is drawn anew each time.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = kept_or_drawn(request, *args, **kwargs)
        # Whoever signs in gets another page at the same address.
        patch_vary_headers(response, ["Cookie"])
        return response

    def kept_or_drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (_is_plain_visit(request) and keeping.may_keep()):
            return view(request, *args, **kwargs)
        key = (keeping.revision(), "page", request.get_full_path())
        found = keeping.shelf.get(key)
        if found:
            body, headers = found[0]
            return HttpResponse(body, headers=headers)
        drawn = view(request, *args, **kwargs)
        if _is_for_everybody(request, drawn):
            keeping.shelf.put(key, (drawn.content, dict(drawn.items())), size=len(drawn.content))
        return drawn

    return answer


def _is_plain_visit(request: HttpRequest) -> bool:
    """Nobody has signed in, no message waits, and no script asks for a part."""
    own = {settings.SESSION_COOKIE_NAME, MESSAGES_COOKIE}
    return request.method == "GET" and own.isdisjoint(request.COOKIES) and "HX-Request" not in request.headers


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        # Django notes the token here as soon as a form is drawn, or when the visitor came with one.
        and "CSRF_COOKIE" not in request.META
        and not any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))
    )
