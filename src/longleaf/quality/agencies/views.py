"""Pages of an organisation that applies: its applications, one of them, an area of its criteria, what reviewers see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.catalog.errors import StaleField
from longleaf.directory.queries import holds, organisations_where
from longleaf.directory.signed_in import person_of
from longleaf.kit.asides import render_asides
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of
from longleaf.kit.words import count_words
from longleaf.panels.blindness import BLIND_RATER
from longleaf.quality.agencies import applying, documents, queries, submitting
from longleaf.quality.agencies.telling import text_of
from longleaf.quality.errors import IncompleteApplication, NoSuchApplication
from longleaf.quality.monitoring.access import ANSWERS_FOR_IT, may_see_figures
from longleaf.quality.monitoring.beside import figures_beside
from longleaf.quality.reviewing import places
from longleaf.quality.reviewing.subjects import APPLIES
from longleaf.quality.status import ApplicationStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.agencies.queries import File, ShownArea
    from longleaf.quality.models import Application

# Two fields of one criterion, and the scope, each by the name of its input.
Key = str


@dataclass
class Unkept:
    """What could not be kept of a form, by input: as it was typed, why not, and what is kept instead."""

    typed: dict[Key, str] = field(default_factory=dict)
    why: dict[Key, str] = field(default_factory=dict)
    theirs: dict[Key, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return 409 if self.theirs else 422 if self.typed else 200


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What the organisations of an officer have applied for, and what they may apply for."""
    person = person_of(request)
    beginnings = queries.may_be_begun_by(person)
    page: Page[Any] = page_of(queries.applications_of(person), parameters=request.GET, size=30)
    if not any(holds(person, role) for role in APPLIES):
        raise NoSuchApplication
    issues = organisations_where(person, ANSWERS_FOR_IT).order_by("name")
    context = {"page": page, "beginnings": beginnings, "issues": issues}
    return render(request, "quality/agencies/home.html", context)


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin one of the applications that the page offers."""
    person = person_of(request)
    chosen = (request.POST.get("organisation", ""), request.POST.get("judged_as", ""))
    offered = {(each.organisation.code, each.judged_as.value): each for each in queries.may_be_begun_by(person)}
    if chosen not in offered:
        raise NoSuchApplication
    asked = offered[chosen]
    begun = applying.begin(organisation=asked.organisation, judged_as=asked.judged_as, acting_person=person)
    return redirect("applications:application", ref=begun.ref)


@login_required
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, ref: str) -> HttpResponse:
    """One application: how far it is, what it asks for, and what follows."""
    person = person_of(request)
    found = queries.application_for(person, ref)
    unkept = Unkept()
    if request.method == "POST":
        _keep_scope(request.POST, found, unkept, person)
        if not unkept.typed:
            messages.success(request, "What you ask for is saved.")
            return redirect("applications:application", ref=ref)
        found = queries.application_for(person, ref)
    return _draw(request, found, unkept, status=unkept.status)


@login_required
@require_http_methods(["GET", "POST"])
def area(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """The criteria of one area, with what is shown for each."""
    person = person_of(request)
    found = queries.application_for(person, ref)
    shown = queries.file_of(found).area(code)
    unkept, page = Unkept(), request.POST.get("page") or get_random_string(12)
    if request.method == "POST":
        for each in shown.criteria:
            _keep_showing(request.POST, found, each.criterion.code, unkept, page, person)
        if not unkept.typed:
            messages.success(request, "Everything you typed is saved.")
            return _onwards(request, found, code)
    return draw_area(request, found, code, unkept=unkept, page=page, status=unkept.status)


@login_required
@require_GET
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """The application as its reviewers will read it."""
    found = queries.application_for(person_of(request), ref)
    text = text_of(queries.file_of(found))
    context = {"application": found, "places": places.places_of(text, BLIND_RATER)}
    return render(request, "quality/agencies/preview.html", context)


@login_required
@require_POST
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand it in; what is missing is named, each with the place where it is mended."""
    person = person_of(request)
    found, note = queries.application_for(person, ref), request.POST.get("note", "")
    try:
        review = submitting.submit(application=found, note=note, acting_person=person)
    except IncompleteApplication as refusal:
        return _draw(request, found, Unkept(), missing=refusal.fields, note=note, status=422)
    messages.success(request, f"The application is handed in. Its review is {review.ref}.")
    return redirect("quality:review", ref=review.ref)


@login_required
@require_POST
def give_up(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    applying.give_up(application=queries.application_for(person, ref), acting_person=person)
    messages.success(request, f"{ref} is given up. What was written stays readable for you.")
    return redirect("applications:home")


@login_required
@require_POST
def save_scope(request: HttpRequest, ref: str) -> HttpResponse:
    """What the kit's autosave sends: the contract stands in docs/reference/components.md."""
    person, text = person_of(request), request.POST.get("text", "")
    found = queries.application_for(person, ref)
    revision = _revision(request.POST, "revision")
    try:
        kept = applying.save_scope(application=found, text=text, revision=revision, acting_person=person)
    except StaleField as stale:
        return _stale(stale)
    now = timezone.now().isoformat()
    return JsonResponse({"revision": kept.scope_revision, "saved_at": now, "words": count_words(kept.scope)})


@login_required
@require_POST
def save_showing(request: HttpRequest, ref: str, criterion: str, field: str) -> HttpResponse:
    """The same for a field of what is shown for a criterion."""
    if field not in applying.FIELDS:
        raise Http404
    person = person_of(request)
    try:
        kept = applying.save_showing(
            application=queries.application_for(person, ref),
            criterion=criterion,
            field=field,
            text=request.POST.get("text", ""),
            revision=_revision(request.POST, "revision"),
            acting_person=person,
            page=request.GET.get("page", ""),
        )
    except StaleField as stale:
        return _stale(stale)
    told = {"revision": getattr(kept, f"{field}_revision"), "saved_at": kept.saved_at.isoformat()}
    return JsonResponse({**told, "words": count_words(getattr(kept, field))})


@login_required
@require_GET
def shown(request: HttpRequest, ref: str, criterion: str) -> HttpResponse:
    """How far a criterion is, drawn anew when something of it was saved."""
    in_area, found = queries.file_of(queries.application_for(person_of(request), ref)).criterion(criterion)
    return render(request, "quality/agencies/shown.html", {"area": in_area, "shown": found})


def draw_area(
    request: HttpRequest,
    found: Application,
    code: str,
    *,
    unkept: Unkept | None = None,
    page: str = "",
    refused: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponse:
    """An area with what is kept; `refused` names the criterion of a document that could not be taken, and why."""
    file = queries.file_of(found)
    shown = file.area(code)
    unkept = unkept or Unkept()
    errors = [{"id": f"id_{key}", "text": sentence} for key, sentence in unkept.why.items()]
    errors += [{"id": f"document-{refused[0]}", "text": refused[1]}] if refused[0] else []
    context = {
        "application": found,
        "file": file,
        "shown": shown,
        "after": file.after(shown),
        "is_draft": found.status == ApplicationStatus.DRAFT,
        "unkept": unkept,
        "page": page or get_random_string(12),
        "refused": refused,
        "errors": errors,
        "documents": documents,
        "live": figures_beside(found.organisation, found.instrument, today=timezone.localdate()),
    }
    return render(request, "quality/agencies/area.html", context, status=status)


def _draw(
    request: HttpRequest,
    found: Application,
    unkept: Unkept,
    *,
    missing: dict[str, str] | None = None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    file = queries.file_of(found)
    context = {
        "application": found,
        "file": file,
        "is_draft": found.status == ApplicationStatus.DRAFT,
        "review": queries.latest_review_of(found),
        "unkept": unkept,
        "has_figures": may_see_figures(person_of(request), found.organisation),
        "missing": _places_of(file, missing or {}),
        "asides": render_asides("APPLICATION_ASIDES", request, subject=found),
        "note": note,
    }
    return render(request, "quality/agencies/application.html", context, status=status)


def _places_of(file: File, missing: dict[str, str]) -> list[tuple[str, str, str]]:
    """What is missing: the sentence, the code of the area where it is mended ("" for this page), and the place."""

    def home_of(key: str) -> tuple[str, str]:
        code = key.partition("-")[2]
        areas = [area for area in file.areas if code in {each.criterion.code for each in area.criteria}]
        return (areas[0].area.code, f"criterion-{code}") if areas else ("", "beside" if key == "beside" else "id_scope")

    return [(sentence, *home_of(key)) for key, sentence in missing.items()]


def _onwards(request: HttpRequest, found: Application, code: str) -> HttpResponse:
    """To the area that was asked for with the button, or back to the same one."""
    file = queries.file_of(found)
    following: ShownArea | None = file.after(file.area(code)) if request.POST.get("action") == "next" else None
    if following is None and request.POST.get("action") == "next":
        return redirect("applications:application", ref=found.ref)
    return redirect("applications:area", ref=found.ref, code=following.area.code if following else code)


def _keep_scope(posted: QueryDict, found: Application, unkept: Unkept, person: Person) -> None:
    text = posted.get("scope", "")
    try:
        revision = _revision(posted, "revision-scope")
        applying.save_scope(application=found, text=text, revision=revision, acting_person=person)
    except StaleField as stale:
        unkept.typed["scope"], unkept.theirs["scope"], unkept.why["scope"] = text, stale.theirs, stale.sentence
    except BadInput as bad:
        unkept.typed["scope"], unkept.why["scope"] = text, bad.sentence


def _keep_showing(
    posted: QueryDict, found: Application, criterion: str, unkept: Unkept, page: str, person: Person
) -> None:
    for name in applying.FIELDS:
        key = f"{name}-{criterion}"
        text = posted.get(key)
        if text is None:
            continue
        try:
            applying.save_showing(
                application=found,
                criterion=criterion,
                field=name,
                text=text,
                revision=_revision(posted, f"revision-{key}"),
                acting_person=person,
                page=page,
                is_last_word=True,
            )
        except StaleField as stale:
            unkept.typed[key], unkept.theirs[key], unkept.why[key] = text, stale.theirs, stale.sentence
        except BadInput as bad:
            unkept.typed[key], unkept.why[key] = text, bad.sentence


def _stale(stale: StaleField) -> JsonResponse:
    return JsonResponse({"error": stale.sentence, "revision": stale.revision, "text": stale.theirs}, status=409)


def _revision(posted: QueryDict, name: str) -> int:
    return whole_number(posted.get(name)) or 0
