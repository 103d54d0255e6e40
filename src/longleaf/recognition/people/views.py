"""The page on which an officer checks a list of people or badges."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from longleaf.directory.signed_in import person_of
from longleaf.kit import spreadsheets
from longleaf.kit.errors import BadInput
from longleaf.recognition.lists.reading import MOST_BYTES, unusable
from longleaf.recognition.people import checking
from longleaf.recognition.roster.queries import units_of

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    """Paste or upload a list, and see of each line what may be told. Only a line of the journal is kept."""
    person = person_of(request)
    units = units_of(person)
    unit = next((each for each in units if each.slug == request.POST.get("unit")), units[0])
    context: dict[str, Any] = {
        "units": units,
        "unit": unit,
        "people": request.POST.get("people", ""),
        "most": checking.MOST_CHECKED,
        "checked": None,
        "errors": {},
    }
    if request.method != "POST":
        return render(request, "recognition/unit/check.html", context)
    try:
        text = _text(request.FILES.get("file"), context["people"])
        checked = checking.check(unit=unit, lines=checking.lines_in(text), acting_person=person)
    except BadInput as wrong:
        return render(request, "recognition/unit/check.html", {**context, "errors": wrong.fields}, status=BAD_INPUT)
    if request.POST.get("as") == "csv":
        rows = spreadsheets.csv_lines(checking.REPORT_COLUMNS, checking.report(checked))
        response = StreamingHttpResponse(rows, content_type=spreadsheets.CSV)
        response["Content-Disposition"] = 'attachment; filename="checked.csv"'
        return response
    return render(request, "recognition/unit/check.html", {**context, "checked": checked})


def _text(file: UploadedFile[Any] | None, typed: str) -> str:
    if file is None:
        return typed
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise unusable("The file is larger than 1 MB. Divide it into several.")
    try:
        return str(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise unusable("The file is not in UTF-8. In your spreadsheet choose “Save as: CSV UTF-8”.") from None
