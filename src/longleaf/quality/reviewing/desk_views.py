"""Pages of a reviewer: the cover with its declaration, the desk, and what was handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.directory.signed_in import person_of
from longleaf.kit.autosaving import Kept, Stale, answer_to_typing
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of
from longleaf.kit.words import count_words
from longleaf.panels import rating
from longleaf.panels.blindness import BLIND_RATER
from longleaf.panels.errors import IncompleteReading, ReadingIsOver, ReasonMissing
from longleaf.panels.status import AssignmentStatus
from longleaf.quality.errors import NotDeclared
from longleaf.quality.reviewing import queries, reading
from longleaf.quality.reviewing.forms import FIELDS, PostedComponent, read_reading
from longleaf.quality.reviewing.queries import ReviewDesk

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@login_required
@require_GET
def finished(request: HttpRequest) -> HttpResponse:
    """What this reviewer has handed in, without what came of it."""
    page: Page[Any] = page_of(queries.finished_by(person_of(request)), parameters=request.GET)
    titles = queries.titles_of(each.panel.subject for each in page.rows)
    context = {"page": page, "titles": titles, "sight": BLIND_RATER}
    return render(request, "quality/reviewing/finished.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """The desk. Before it is taken up, its cover; after it is handed in, what was found, to be read only."""
    desk = queries.desk_of(person_of(request), ref)
    if desk.is_finished:
        return render(request, "quality/reviewing/handed_in.html", {"desk": desk, "sight": BLIND_RATER})
    if desk.assignment.status == AssignmentStatus.OFFERED:
        return _cover(request, desk)
    if request.method == "POST":
        return _save_reading(request, desk)
    return _draw(request, desk, read_reading(desk.rows))


@login_required
@require_POST
def take_up(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    desk = queries.desk_of(person, ref)
    declared = request.POST.get("declared") == "yes"
    try:
        reading.take_up(assignment=desk.assignment, declared=declared, acting_person=person)
    except NotDeclared as refusal:
        return _cover(request, desk, error=refusal.sentence, status=422)
    return redirect("quality:read", ref=ref)


@login_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a reading back, with a reason: a conflict of interest, or no time."""
    person = person_of(request)
    desk = queries.desk_of(person, ref)
    if desk.is_finished:
        return redirect("quality:read", ref=ref)
    if request.method == "GET":
        return render(request, "quality/reviewing/decline.html", {"desk": desk, "reason": "", "error": ""})
    reason = request.POST.get("reason", "")
    try:
        rating.decline(assignment=desk.assignment, reason=reason, acting_person=person)
    except ReasonMissing as refusal:
        context = {"desk": desk, "reason": reason, "error": refusal.sentence}
        return render(request, "quality/reviewing/decline.html", context, status=422)
    messages.success(request, f"You have given {desk.review.ref} back. Somebody else is asked to read it.")
    return redirect("quality:home")


@login_required
@require_GET
def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """How far a reading is, drawn anew while levels are chosen."""
    desk = queries.desk_of(person_of(request), ref)
    return render(request, "quality/reviewing/progress.html", {"desk": desk})


@login_required
@require_POST
def save_field(request: HttpRequest, ref: str, criterion: str, field: str) -> JsonResponse:
    """Save one field as it is typed (docs/reference/components.md tells what the page expects)."""
    if field not in FIELDS:
        raise Http404
    person = person_of(request)
    desk = queries.desk_of(person, ref)
    return answer_to_typing(request, field, partial(_save, desk, person, criterion, field))


def _cover(request: HttpRequest, desk: ReviewDesk, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {"desk": desk, "declaration": desk.subject.declaration, "error": error, "now": timezone.now()}
    return render(request, "quality/reviewing/cover.html", context, status=status)


def _save(desk: ReviewDesk, person: Person, criterion: str, field: str, text: str, revision: int) -> Kept:
    """Save one field by the verb whose it is."""
    facts: dict[str, Any] = {"assignment": desk.assignment, "criterion": criterion, "revision": revision}
    if field == "quote":
        quoted = reading.quote(words=text, acting_person=person, **facts)
        return Kept(quoted.words, quoted.revision, quoted.saved_at, count_words(text))
    rated = rating.rate(acting_person=person, **(facts | {field: text}))
    words = count_words(text) if field == "comment" else 0
    return Kept(text, getattr(rated, f"{field}_revision"), rated.rated_at, words)


def _save_reading(request: HttpRequest, desk: ReviewDesk) -> HttpResponse:
    """The whole form: save what changed and, if that was asked for, hand it in. What was typed stays on the page."""
    person = person_of(request)
    posted = read_reading(desk.rows, request.POST)
    for each in posted:
        _save_component(desk, each, person)
    if any(each.errors for each in posted):
        status = 409 if any(each.changed_elsewhere for each in posted) else 422
        return _draw(request, desk, posted, status=status)
    if request.POST.get("action") != "hand_in":
        messages.success(request, "Everything is saved.")
        return redirect("quality:read", ref=desk.assignment.ref)
    return _hand_in(request, desk, person)


def _save_component(desk: ReviewDesk, posted: PostedComponent, person: Person) -> None:
    for field, value, revision in posted.changed:
        try:
            _save(desk, person, posted.row.code, field, value, revision)
        except Stale as stale:
            # Sending it again then stands on the newer save and replaces it.
            _, posted.revisions[field] = stale.kept_of(field)
            posted.errors[field], posted.changed_elsewhere = stale.beside(field), True
        except BadInput as refusal:
            posted.errors[field] = refusal.sentence


def _hand_in(request: HttpRequest, desk: ReviewDesk, person: Person) -> HttpResponse:
    try:
        reading.hand_in_reading(assignment=desk.assignment, acting_person=person)
    except IncompleteReading as refusal:
        fresh = queries.desk_of(person, desk.assignment.ref)
        return _draw(request, fresh, read_reading(fresh.rows), missing=refusal.fields, status=422)
    except ReadingIsOver:
        return redirect("quality:read", ref=desk.assignment.ref)
    messages.success(request, f"Your reading of {desk.review.ref} is handed in. Thank you for reading with care.")
    return redirect("quality:read", ref=desk.assignment.ref)


def _draw(
    request: HttpRequest,
    desk: ReviewDesk,
    components: Sequence[PostedComponent],
    *,
    missing: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The desk with what was typed; `missing` are sentences by field."""
    for each in components:
        for field in FIELDS:
            sentence = (missing or {}).get(f"{field}-{each.row.code}")
            if sentence:
                each.errors[field] = sentence
    errors = [
        {"id": f"id_{field}-{each.row.code}", "text": sentence if missing else f"{each.row.code}: {sentence}"}
        for each in components
        for field, sentence in each.errors.items()
    ]
    context = {
        "desk": desk,
        "components": components,
        "live": queries.live_figures(desk),
        "errors": errors,
        "now": timezone.now(),
    }
    return render(request, "quality/reviewing/read.html", context, status=status)
