"""Files that come up in pieces: tus 1.0, core protocol with creation and termination (https://tus.io/protocols).

Every refusal is answered in JSON with a sentence, because only scripts come here.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from longleaf.assessment.errors import NoSuchRequirement, WrongOffset
from longleaf.assessment.evidence import uploading
from longleaf.assessment.models import Upload
from longleaf.assessment.status import NOT_TAKEN
from longleaf.assessment.views.asking import work_of
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import Refusal
from longleaf.kit.middleware import as_json

VERSION = "1.0.0"
EXTENSIONS = "creation,termination"
PIECE_TYPE = "application/offset+octet-stream"
View = Callable[..., HttpResponse]


def speaks_tus(view: View) -> View:
    """Asks for the version of the protocol, says ours, and turns refusals into JSON."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Tus-Version"], response["Tus-Extension"] = VERSION, EXTENSIONS
        elif request.headers.get("Tus-Resumable") != VERSION:
            response = _error("This server speaks tus 1.0.0. Send Tus-Resumable: 1.0.0.", 412)
            response["Tus-Version"] = VERSION
        else:
            try:
                response = view(request, *args, **kwargs)
            except Refusal as refusal:
                response = JsonResponse(as_json(refusal), status=refusal.http_status)
                if isinstance(refusal, WrongOffset):
                    response["Upload-Offset"] = str(refusal.received)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answer


@require_http_methods(["OPTIONS", "POST"])
@login_required
@speaks_tus
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Creation: a file is announced by its length, its name and the requirement that it is for."""
    length = request.headers.get("Upload-Length", "")
    if not (length.isascii() and length.isdigit()) or len(length) > 15:
        return _error("Say how many bytes will come in Upload-Length.", 400)
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    work = work_of(request, ref)
    found = {piece.code: piece.response for piece in work.pieces}.get(told.get("requirement", ""))
    if found is None:
        raise NoSuchRequirement("Say in Upload-Metadata for which requirement the file is.")
    upload = uploading.begin(
        response=found, name=told.get("filename", ""), size=int(length), acting_person=person_of(request)
    )
    response = HttpResponse(status=201)
    response["Location"] = reverse("assessment:upload", kwargs={"upload_ref": upload.ref})
    response["Upload-Offset"] = "0"
    return response


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@login_required
@speaks_tus
def upload(request: HttpRequest, upload_ref: str) -> HttpResponse:
    """Where a file stands, its next piece, or its end."""
    found = uploading.upload_of(person_of(request), upload_ref)
    if request.method == "PATCH":
        return _append(request, found)
    if request.method == "DELETE":
        uploading.cancel(upload=found, acting_person=person_of(request))
        return HttpResponse(status=204)
    # A worker may have died between the last piece and the look at the whole; asking is what wakes it again.
    found = uploading.finish(upload=found)
    return _standing(found, status=422 if found.status in NOT_TAKEN else 200)


def _append(request: HttpRequest, found: Upload) -> HttpResponse:
    if request.content_type != PIECE_TYPE:
        return _error(f"Send pieces as {PIECE_TYPE}.", 415)
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdigit()) or len(offset) > 15:
        return _error("Say in Upload-Offset where the piece begins.", 400)
    piece = _piece(request)
    if len(piece) > settings.UPLOAD_CHUNK_BYTES:
        return _error(f"Send at most {settings.UPLOAD_CHUNK_BYTES} bytes at once.", 413)
    found = uploading.append(upload=found, offset=int(offset), piece=piece, acting_person=person_of(request))
    return _standing(found, status=204)


def _piece(request: HttpRequest) -> bytes:
    """As much of the piece as arrived: where the connection broke, what came before it broke is kept."""
    pieces: list[bytes] = []
    most = settings.UPLOAD_CHUNK_BYTES + 1
    try:
        while most > 0 and (read := request.read(min(most, 64 * 1024))):
            pieces.append(read)
            most -= len(read)
    except UnreadablePostError:
        pass
    return b"".join(pieces)


def _standing(found: Upload, *, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Upload-Offset"], response["Upload-Length"] = str(found.received), str(found.size)
    return response


def _metadata(header: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return told


def _error(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"code": "tus", "error": sentence}, status=status)
