"""What a verification says, as JSON for programs: of anybody's badge, and of ours at an address of its own.

Whoever asks is nobody in particular: no session is looked at for a stranger's badge, so no cookie can be made to speak,
and scripts of any origin may ask. Refusals are JSON too, each with its stable code.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.awards import machine_views, queries
from longleaf.awards.errors import (
    LargerThanAnyBadge,
    NotAMoment,
    NotAnAddress,
    NothingToVerify,
    NotTheBadgeItself,
)
from longleaf.awards.handing_over import MEGABYTE, is_whole_address
from longleaf.awards.sharing import pictures
from longleaf.awards.verification import verifying, visiting
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.limits import MAX_MATERIAL_BYTES
from longleaf.kit.errors import Refusal
from longleaf.kit.middleware import as_json
from longleaf.kit.visitors import visitor_of

FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponseBase]


def open_to_programs(view: View) -> View:
    """Every answer of a view as JSON that scripts of any origin may read: its refusals, and that it must wait, too."""

    @wraps(view)
    def answered(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        try:
            response = view(request, **parts)
        except Refusal as refusal:
            response = JsonResponse(as_json(refusal), status=refusal.http_status)
        except visiting.MustWait as wait:
            sentence = f"{wait.title} Try again in {wait.seconds} seconds."
            body = {"code": wait.code, "error": sentence, "fields": {}}
            response = JsonResponse(body, status=wait.status, headers={"Retry-After": str(wait.seconds)})
        response["Access-Control-Allow-Origin"] = "*"
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return answered


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])
@open_to_programs
def report(request: HttpRequest) -> HttpResponseBase:
    """The report on what stands at `?address=`, or on what is posted: as it is handed over, whatever its type.

    `?at=` asks as of a moment. What cannot be read or had is a report all the same, and never a valid one.
    """
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    at = _moment(request.GET.get("at", ""))
    given: dict[str, Any] = (
        {"material": _material(request)} if request.method == "POST" else {"address": _address(request)}
    )
    try:
        found = visiting.verify(**given, at=at, reader=AnonymousUser(), visitor=visitor_of(request))
    except DocumentUnavailable as problem:
        found = verifying.unread(str(problem))
    return JsonResponse(found.as_dict())


@require_safe
@open_to_programs
def report_on_badge(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponseBase:
    """The report on one of our own badges, for whoever may open its page."""
    award = queries.award_by_uuid(award_uuid, reader=request.user)
    written = pictures.written(verifying.verify_award(award).as_dict())
    return machine_views.answer(request, written.encode(), machine_views.JSON, machine_views.keeping(award))


def _material(request: HttpRequest) -> bytes:
    """The body, read no further than any badge reaches."""
    if request.content_type in FORMS:
        raise NotTheBadgeItself
    try:
        body = request.read(MAX_MATERIAL_BYTES + 1)
    except UnreadablePostError:
        # The connection broke: nobody waits for an answer, and half a badge is none.
        raise NothingToVerify from None
    if len(body) > MAX_MATERIAL_BYTES:
        raise LargerThanAnyBadge(MAX_MATERIAL_BYTES // MEGABYTE)
    if not body.strip():
        raise NothingToVerify
    return body


def _address(request: HttpRequest) -> str:
    address = request.GET.get("address", "").strip()
    if not address:
        raise NothingToVerify
    if not is_whole_address(address):
        raise NotAnAddress
    return address


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        # A plus that nobody escaped arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotAMoment(text) from None
