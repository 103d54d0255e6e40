"""Handing out a file that was taken in (`kit.taking_in`), so that it is kept and never drawn in our pages."""

from __future__ import annotations

from typing import Protocol

from django.core.files.storage import default_storage
from django.http import FileResponse


class Kept(Protocol):
    """A file as its row tells of it."""

    name: str
    media_type: str
    stored_as: str


def as_file(kept: Kept) -> FileResponse:
    """The file as an attachment. Who may have it was asked before."""
    response = FileResponse(
        default_storage.open(kept.stored_as), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
