"""Handing out the file of an artifact so that it can do nothing but be looked at. Who may look was asked before."""

from __future__ import annotations

import re
from typing import Protocol

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from longleaf.assessment.evidence import file_store
from longleaf.assessment.status import FileKind

SHOWN_IN_THE_BROWSER = frozenset({FileKind.PDF, FileKind.IMAGE, FileKind.AUDIO, FileKind.VIDEO, FileKind.TRANSCRIPT})
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
# A file opened alone is a page of its own: no script, no form, no request to anywhere, as if from another site.
SHUT_IN = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
)
# Browsers refuse to start their own PDF reader inside a sandbox; that reader is shut off from our pages already.
SHUT_IN_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class Stored(Protocol):
    """A file in storage, with what it is."""

    @property
    def stored_as(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def kind(self) -> str: ...


def file_response(upload: Stored, name: str, *, asked_range: str = "", download: bool = False) -> HttpResponseBase:
    """The file, or the part of it that a player asked for (RFC 9110, one range). `name` is what it will be called.

    Office documents are always downloaded. Nothing of the name that its owner gave it is told.
    """
    size = file_store.size_of(upload.stored_as)
    try:
        part = _part(asked_range, size)
    except ValueError:
        return _shut_in(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), upload)
    first, last = part or (0, size - 1)
    # Opened when the first piece is wanted: an answer that nobody reads leaves no file open.
    body = file_store.read_part(upload.stored_as, first, last - first + 1)
    response = StreamingHttpResponse(body, status=206 if part else 200, content_type=_content_type(upload))
    if part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    shown = upload.kind in SHOWN_IN_THE_BROWSER and not download
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response["Cache-Control"] = "private, max-age=600"
    return _shut_in(response, upload)


def _shut_in(response: HttpResponseBase, upload: Stored) -> HttpResponseBase:
    response["Content-Security-Policy"] = SHUT_IN_PDF if upload.kind == FileKind.PDF else SHUT_IN
    response["X-Content-Type-Options"] = "nosniff"
    # Our own pages show it in a frame.
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """The first and last byte asked for, or None for the whole. Raises `ValueError` where there is no such part."""
    found = RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        # Several ranges, or another unit: a server may answer with the whole.
        return None
    start, end = found.groups()
    if not start:
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
    if first > last:
        raise ValueError(asked)
    return first, last


def _content_type(upload: Stored) -> str:
    return f"{upload.media_type}; charset=utf-8" if upload.kind == FileKind.TRANSCRIPT else upload.media_type
