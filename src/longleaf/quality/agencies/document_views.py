"""Documents of an application: adding one, taking one out, and keeping one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.handing_out import as_file
from longleaf.quality.agencies import documents, queries
from longleaf.quality.agencies.views import draw_area
from longleaf.quality.errors import NoSuchApplication, NoSuchDocument


@login_required
@require_POST
def add(request: HttpRequest, ref: str, criterion: str) -> HttpResponse:
    """Add a file to what is shown for a criterion; a file that cannot be taken leaves everything as it is."""
    person = person_of(request)
    found = queries.application_for(person, ref)
    file = queries.file_of(found)
    areas = [each for each in file.areas if criterion in {one.criterion.code for one in each.criteria}]
    if not areas:
        raise NoSuchApplication
    code, brought = areas[0].area.code, request.FILES.get("file")
    if brought is None or isinstance(brought, list):
        return draw_area(request, found, code, refused=(criterion, "Choose a file first."), status=422)
    try:
        kept = documents.add(
            application=found,
            criterion=criterion,
            name=brought.name or "",
            file=brought,
            size=brought.size or 0,
            acting_person=person,
        )
    except BadInput as bad:
        return draw_area(request, found, code, refused=(criterion, bad.sentence), status=422)
    messages.success(request, f"“{kept.name}” is added.")
    response = redirect("applications:area", ref=ref, code=code)
    response["Location"] += f"#criterion-{criterion}"
    return response


@login_required
@require_POST
def remove(request: HttpRequest, ref: str, document: str) -> HttpResponse:
    person = person_of(request)
    found = queries.application_for(person, ref)
    holders = [
        (area.area.code, each.criterion.code)
        for area in queries.file_of(found).areas
        for each in area.criteria
        if document in {one.ref for one in each.documents}
    ]
    if not holders:
        raise NoSuchDocument
    documents.remove(application=found, ref=document, acting_person=person)
    messages.success(request, "The document is taken out.")
    response = redirect("applications:area", ref=ref, code=holders[0][0])
    response["Location"] += f"#criterion-{holders[0][1]}"
    return response


@login_required
@require_GET
def document(request: HttpRequest, ref: str, document: str) -> HttpResponseBase:
    """The file, for whoever writes the application and for officers who decide on it."""
    return as_file(queries.document_written_by(person_of(request), ref, document))


@login_required
@require_GET
def read_document(request: HttpRequest, reading: str, document: str) -> HttpResponseBase:
    """The same file, for a reviewer of the text that names it."""
    return as_file(queries.document_read_by(person_of(request), reading, document))
