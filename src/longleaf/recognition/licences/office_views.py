"""Pages of the offices: a file of licences from the dry run to the record, and the licences of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import number as numbered
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of
from longleaf.kit.spreadsheets import CSV
from longleaf.recognition import access, policies, recording
from longleaf.recognition.errors import NoSuchLicence, NoSuchLicenceFile, NotYourUnit
from longleaf.recognition.licences import holding, importing, reading
from longleaf.recognition.licences.checking import TO_ENTER
from longleaf.recognition.licences.facts import mistakes_of
from longleaf.recognition.licences.forms import FileForm, LicenceForm
from longleaf.recognition.licences.showing import shown_of
from longleaf.recognition.lists.reading import MOST_BYTES
from longleaf.recognition.models import Licence, LicenceFile

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Hand in a file of licences, or find one person; below, the files that were handed in."""
    person = person_of(request)
    offices = _offices_of(person)
    named = request.GET.get("person", "").strip()
    if named and (found := _licensed(person, named)):
        return redirect("recognition:licences-of", ref=found.ref)
    is_sent = request.method == "POST"
    form = FileForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        offices=[(each.slug, each.name) for each in offices],
        initial={"office": offices[0].slug},
    )
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found_file = importing.hand_in(
                office=next(each for each in offices if each.slug == form.cleaned_data["office"]),
                lines=reading.lines_of(file.read(MOST_BYTES + 1)),
                name=file.name or "",
                acting_person=person,
            )
        except BadInput as wrong:
            for sentence in wrong.fields.values():
                form.add_error("file", sentence)
        else:
            return redirect("recognition:licence-file", ref=found_file.ref)
    earlier = access.licence_files_of(person).select_related("office", "handed_in_by").defer("rows")
    page: Page[LicenceFile] = page_of(earlier.order_by("-handed_in_at"), parameters=request.GET, size=10)
    context = {"form": form, "page": page, "most": reading.MOST_ROWS, "named": named}
    return render(request, "recognition/licences/files.html", context, status=BAD_INPUT if form.errors else 200)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A file to begin with."""
    response = HttpResponse(reading.template(), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="licenses.csv"'
    return response


@login_required
@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """A file: what would become of each line, or what did."""
    file = _file_of(request, ref)
    counts = importing.counts_of(file)
    context = {"file": file, "counts": counts, "to_enter": sum(counts[each] for each in TO_ENTER)}
    return render(request, "recognition/licences/file.html", context)


@login_required
@require_POST
def record(request: HttpRequest, ref: str) -> HttpResponse:
    found = importing.record_file(file=_file_of(request, ref), acting_person=person_of(request))
    done = importing.counts_of(found)[importing.DONE]
    messages.success(request, f"{numbered(done, 'license')} entered or brought up to date.")
    return redirect("recognition:licence-file", ref=ref)


@login_required
@require_POST
def discard(request: HttpRequest, ref: str) -> HttpResponse:
    importing.discard(file=_file_of(request, ref), acting_person=person_of(request))
    messages.success(request, "The file is discarded. Nothing was entered, and its names are forgotten.")
    return redirect("recognition:licence-files")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of(request: HttpRequest, ref: str) -> HttpResponse:
    """The licences of one person; one is entered, or the one that `?licence=` names is brought up to date."""
    officer = person_of(request)
    educator = _licensed(officer, ref)
    if educator is None:
        raise NoSuchLicence
    held, policy = holding.licences_held(educator), policies.renewal_policy()
    wanted = whole_number(request.GET.get("licence"))
    chosen = next((each for each in held if each.pk == wanted), None)
    if wanted is not None and chosen is None:
        raise NoSuchLicence
    form = LicenceForm(request.POST if request.method == "POST" else None, policy=policy, licence=chosen)
    if request.method == "POST" and form.is_valid() and _entered(form, educator, chosen, officer):
        messages.success(request, "The license is on record. Its ledger follows from it.")
        return redirect("recognition:licences-of", ref=educator.ref)
    context = {
        "educator": educator,
        "licences": shown_of(held, policy, on=timezone.localdate()),
        "chosen": chosen,
        "form": form,
    }
    return render(request, "recognition/licences/of.html", context, status=BAD_INPUT if form.errors else 200)


def _entered(form: LicenceForm, educator: Person, chosen: Licence | None, officer: Person) -> bool:
    """Enter what the form says; what cannot be so is told at its field."""
    state, facts = directory.current_state(), form.facts
    assert state is not None, "an installation has its state"
    mistakes = dict(mistakes_of(facts, policies.renewal_policy()))
    if not mistakes:
        try:
            recording.enter_licence(
                person=educator, state=state, acting_person=officer, in_place_of=chosen, **vars(facts)
            )
        except BadInput as wrong:
            mistakes = dict(wrong.fields)
    for field, sentence in mistakes.items():
        form.add_error(field, sentence)
    return not mistakes


def _licensed(officer: Person, named: str) -> Person | None:
    """Somebody whose licences an officer enters, by an address or reference."""
    found = directory.people_named([named]).get(named.lower())
    return found if found is not None and access.may_enter_licence_of(officer, found) else None


def _offices_of(officer: Person) -> list[Organisation]:
    offices = access.licence_offices_of(officer)
    if not offices:
        raise NotYourUnit("Only officers of a school unit and of the state’s agency enter licenses.")
    return offices


def _file_of(request: HttpRequest, ref: str) -> LicenceFile:
    files = access.licence_files_of(person_of(request)).select_related("office", "handed_in_by")
    found = files.filter(ref=ref).first()
    if found is None:
        raise NoSuchLicenceFile
    return found
