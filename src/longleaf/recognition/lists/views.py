"""Pages of lists: hand one in, look at the dry run, record or discard it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import number
from longleaf.kit.paging import Page, page_of
from longleaf.kit.spreadsheets import CSV
from longleaf.recognition import access
from longleaf.recognition.credit_requests.forms import ListForm
from longleaf.recognition.credit_requests.holding import policy_of
from longleaf.recognition.errors import NoSuchList
from longleaf.recognition.lists import reading, recording_lists
from longleaf.recognition.models import CreditList
from longleaf.recognition.roster.queries import units_of

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Hand in a list; below, those that were."""
    person = person_of(request)
    units = units_of(person)
    form = ListForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        policies=[policy_of(each) for each in units],
        offices=[(each.slug, each.name) for each in units],
        initial={"office": units[0].slug},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = recording_lists.hand_in(
                office=next(each for each in units if each.slug == given["office"]),
                lines=_lines(given),
                acting_person=person,
                **{name: given[name] for name in ("kind", "title", "amount", "earned_on", "category")},
            )
        except BadInput as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field, sentence)
        else:
            return redirect("recognition:list", ref=found.ref)
    earlier = access.lists_of(person).select_related("office", "handed_in_by").defer("rows").order_by("-handed_in_at")
    page: Page[CreditList] = page_of(earlier, parameters=request.GET, size=10)
    context = {"form": form, "page": page, "most": reading.MOST_ROWS}
    return render(request, "recognition/lists/lists.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """A list: what would become of each line, or what did."""
    found = _of(request, ref)
    context = {
        "list": found,
        "counts": recording_lists.held_counts(found),
        "policy": policy_of(found.office),
        "rows": found.rows,
    }
    return render(request, "recognition/lists/list.html", context)


@login_required
@require_POST
def record(request: HttpRequest, ref: str) -> HttpResponse:
    found = recording_lists.record_list(credit_list=_of(request, ref), acting_person=person_of(request))
    done = recording_lists.held_counts(found)[recording_lists.DONE]
    messages.success(request, f"{number(done, 'credit')} recorded. Each stands in its educator’s ledger.")
    return redirect("recognition:list", ref=ref)


@login_required
@require_POST
def discard(request: HttpRequest, ref: str) -> HttpResponse:
    recording_lists.discard(credit_list=_of(request, ref), acting_person=person_of(request))
    messages.success(request, "The list is discarded. Nothing was recorded, and its names are forgotten.")
    return redirect("recognition:lists")


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A list to begin with."""
    response = HttpResponse(reading.template(), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="who-took-part.csv"'
    return response


def _of(request: HttpRequest, ref: str) -> CreditList:
    found = access.lists_of(person_of(request)).select_related("office", "handed_in_by").filter(ref=ref).first()
    if found is None:
        raise NoSuchList
    return found


def _lines(given: dict[str, Any]) -> list[reading.Line]:
    file = given["file"]
    return reading.lines_of(file.read(reading.MOST_BYTES + 1)) if file else reading.lines_typed(given["people"])
