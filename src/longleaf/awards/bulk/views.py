"""Pages on which an issuing officer awards a list of people. Each parses, calls one verb or query, and renders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.awards.bulk import awarding, queries, reading, report
from longleaf.awards.forms import BulkForm
from longleaf.awards.models import BulkAward, BulkRow
from longleaf.awards.status import BulkStatus
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of

BAD_INPUT = 422
CSV = "text/csv; charset=utf-8"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Where a list is handed in, and the lists that were."""
    person = person_of(request)
    versions = list(queries.versions_to_award(person))
    form = BulkForm(request.POST or None, request.FILES or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        try:
            handed_in = awarding.hand_in(**_handed_in(form.cleaned_data), acting_person=person)
        except BadInput as problem:
            for name, sentence in problem.fields.items():
                form.add_error(name, sentence)
        else:
            return redirect("awards:bulk-award", ref=handed_in.ref)
    page: Page[BulkAward] = page_of(queries.bulk_awards_of(person), parameters=request.GET, size=10)
    context = {
        "form": form,
        "versions": versions,
        "page": page,
        "columns": reading.COLUMNS,
        "most": reading.MOST_ROWS,
        "longest": awarding.LONGEST_TELLING,
    }
    return render(request, "awards/bulk.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_safe
def bulk_template(request: HttpRequest) -> HttpResponse:
    """A list to begin with."""
    response = HttpResponse(reading.template(), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="longleaf-list.csv"'
    return response


@login_required
@require_safe
def bulk_award(request: HttpRequest, ref: str) -> HttpResponse:
    """A list: the dry run, then how far it has come, then what became of it. A script asks for it again and again."""
    found = queries.bulk_award_by_ref(ref, officer=person_of(request))
    page: Page[BulkRow] = page_of(queries.left_out(found), parameters=request.GET, size=50)
    context = {
        "bulk": found,
        "counted": queries.counted(found),
        "page": page,
        "is_checked": found.status == BulkStatus.CHECKED,
        "is_at_work": found.status == BulkStatus.CONFIRMED,
        "is_done": found.status == BulkStatus.DONE,
    }
    return render(request, "awards/bulk_award.html", context)


@login_required
@require_POST
def bulk_confirm(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.bulk_award_by_ref(ref, officer=person_of(request))
    awarding.confirm(bulk_award=found, acting_person=person_of(request))
    return redirect("awards:bulk-award", ref=ref)


@login_required
@require_POST
def bulk_discard(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.bulk_award_by_ref(ref, officer=person_of(request))
    awarding.discard(bulk_award=found, acting_person=person_of(request))
    messages.success(request, "The list is discarded. Nobody was awarded anything, and its names are forgotten.")
    return redirect("awards:bulk")


@login_required
@require_safe
def bulk_report_file(request: HttpRequest, ref: str) -> StreamingHttpResponse:
    """What became of each row, as CSV."""
    found = queries.bulk_award_by_ref(ref, officer=person_of(request))
    response = StreamingHttpResponse(report.lines(found), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{found.ref}.csv"'
    return response


def _handed_in(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the form gave, as the verb takes it: a file, or names that were typed."""
    file = given["file"]
    return {
        "version": given["version"],
        "judged": given["judged"],
        "day": given["day"],
        "content": file.read() if file else reading.of_names(given["people"]),
        "file_name": file.name if file else "",
    }
