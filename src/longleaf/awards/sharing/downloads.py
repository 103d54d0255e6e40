"""What is taken along: a badge as certificate and as token, and all badges as one learner record.

The JSON and the pictures of a badge are in `machine_views`.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from longleaf.awards import queries
from longleaf.awards.badge_page import BadgePage
from longleaf.awards.models import Award
from longleaf.awards.sharing import certificates, pictures, records, tokens
from longleaf.awards.status import Visibility
from longleaf.catalog.paper import PaperNotPossible

TOKEN = "application/vc+jwt"  # noqa: S105 (a media type)
RECORD = "application/vc"
NOT_HERE = 503
FOR_NOBODY_ELSE = "private, no-store"


@require_safe
def certificate(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponse:
    """The certificate as PDF, or a page that says why there is none and how to print instead."""
    award = queries.award_by_uuid(award_uuid, reader=request.user)
    try:
        pdf = certificates.certificate(BadgePage(award, request.user))
    except PaperNotPossible as reason:
        context = {"award": award, "reason": str(reason)}
        return render(request, "awards/certificate_without_pdf.html", context, status=NOT_HERE)
    return _file(award, pdf, "application/pdf", f'inline; filename="certificate-{award.uuid}.pdf"')


@require_safe
def token(request: HttpRequest, award_uuid: uuid.UUID) -> HttpResponse:
    """The badge as one signed token. `?download` gives it as a file."""
    award = queries.award_by_uuid(award_uuid, reader=request.user)
    how = "attachment" if "download" in request.GET else "inline"
    return _file(award, tokens.token_of(award).encode(), TOKEN, f'{how}; filename="badge-{award.uuid}.jwt"')


@login_required
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Everything that the person who is signed in has earned, as one learner record."""
    assert request.user.is_authenticated, "the page asks for a sign-in first"
    written = pictures.written(records.record_of(request.user))
    response = HttpResponse(written, content_type=RECORD)
    response["Content-Disposition"] = 'attachment; filename="learner-record.json"'
    response["Cache-Control"] = FOR_NOBODY_ELSE
    return response


def _file(award: Award, body: bytes, kind: str, disposition: str) -> HttpResponse:
    """A file that is asked for anew each time, because its earner may close the badge at any moment."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = FOR_NOBODY_ELSE if award.visibility == Visibility.PRIVATE else "no-cache"
    if award.visibility != Visibility.PUBLIC:
        response["X-Robots-Tag"] = "noindex"
    return response
