"""Handing out a piece of evidence to those who may look at it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from longleaf.assessment.errors import NoSuchAttempt
from longleaf.assessment.evidence.naming import ending_of
from longleaf.assessment.evidence.serving import file_response
from longleaf.assessment.queries import readable_file
from longleaf.directory.signed_in import person_of
from longleaf.panels.blindness import BLIND_RATER


@require_safe
@login_required
def evidence_file(request: HttpRequest, ref: str, artifact_id: int) -> HttpResponseBase:
    found = readable_file(person_of(request), ref, artifact_id)
    return file_response(
        found.upload,
        BLIND_RATER.file_name(found.requirement, found.position, ending_of(found.upload)),
        asked_range=request.headers.get("Range", ""),
        download="download" in request.GET,
    )


@require_safe
@login_required
def transcript(request: HttpRequest, ref: str, artifact_id: int) -> HttpResponseBase:
    """The captions or the words of a recording."""
    found = readable_file(person_of(request), ref, artifact_id)
    if found.transcript is None:
        raise NoSuchAttempt
    name = BLIND_RATER.file_name(found.requirement, found.position, ending_of(found.transcript))
    return file_response(found.transcript, name, asked_range=request.headers.get("Range", ""))
