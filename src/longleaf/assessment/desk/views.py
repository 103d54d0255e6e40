"""Pages of those who judge: the queue, the completeness check, the scoring desk. Each parses, calls one verb, draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment import completeness, scoring
from longleaf.assessment.desk import led, queries, told_leads
from longleaf.assessment.desk.access import PANEL_KIND, roles_at_desk
from longleaf.assessment.desk.deadlines import business_days
from longleaf.assessment.desk.feedback import feedback_of
from longleaf.assessment.desk.forms import RETURN, CheckForm, PostedCriterion, PostedNote, read_reading
from longleaf.assessment.desk.lead_note_views import save_posted
from longleaf.assessment.desk.phrases import offered_on
from longleaf.assessment.desk.queries import Desk
from longleaf.assessment.desk.told_leads import PostedToLead
from longleaf.assessment.errors import NoSuchDesk, NoSuchSubmission
from longleaf.assessment.evidence import serving
from longleaf.assessment.evidence.naming import ending_of
from longleaf.assessment.models import Submission
from longleaf.assessment.privacy.looked import codes_looked_through
from longleaf.catalog.design import Design
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.autosaving import Kept, Stale, answer_to_typing
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of
from longleaf.kit.words import count_words
from longleaf.panels import queries as panels
from longleaf.panels import rating
from longleaf.panels.blindness import BLIND_LEAD, BLIND_RATER
from longleaf.panels.errors import IncompleteReading, ReadingIsOver, ReasonMissing
from longleaf.panels.status import AssignmentStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.panels.models import Assignment

# What a lead assessor looks through before the next page.
CHECKED_AT_ONCE = 10


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this assessor and, for a lead assessor, what waits to be checked and what readers differ on."""
    person = _assessor(request)
    roles = roles_at_desk(person)
    to_check: Page[Any] = page_of(queries.waiting_for_check(person), parameters=request.GET, size=CHECKED_AT_ONCE)
    leads, now = Role.LEAD_ASSESSOR in roles, timezone.now()
    waits = led.what_waits(person) if leads else led.Waits()
    differing = led.panels_to_adjudicate(person) if waits.differing else []
    context = {
        "assesses": Role.ASSESSOR in roles,
        "leads": leads,
        "readings": queries.queue_of(person),
        "to_check": to_check,
        "differing": differing[: led.MOST_DIFFERING],
        "more_differ": len(differing) > led.MOST_DIFFERING,
        "has_notes": waits.notes,
        "days": business_days(now),
        "now": now,
    }
    return render(request, "assessment/desk/queue.html", context)


@login_required
@require_GET
def finished(request: HttpRequest) -> HttpResponse:
    """What this assessor has handed in, without what came of it."""
    person = _assessor(request)
    page: Page[Any] = page_of(panels.finished_readings_of(person, kind=PANEL_KIND), parameters=request.GET)
    rows = queries.finished_by(person, page.rows)
    return render(request, "assessment/desk/finished.html", {"rows": rows, "page": page, "sight": BLIND_RATER})


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """The completeness check: evidence beside the indicators."""
    person = person_of(request)
    submission = queries.submission_to_check(person, ref)
    design = Design(submission.attempt.version.document)
    form = CheckForm(request.POST or None, design=design)
    if request.method == "POST" and form.is_valid():
        return _record_check(request, submission, form)
    context = {
        "submission": submission,
        "design": design,
        "pieces": queries.shown_pieces(submission, BLIND_LEAD),
        "looked": codes_looked_through(submission),
        "earlier": queries.earlier_checks(submission),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "assessment/desk/check.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def checked_file(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """A file of evidence, for the lead assessor who checks."""
    return _file(request, _checked_exhibit(request, ref, code))


@login_required
@require_GET
def checked_transcript(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """The words of a recording, for the same lead assessor."""
    return _transcript(request, _checked_exhibit(request, ref, code))


@login_required
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """The scoring desk. Before it is taken up, its cover; after it is handed in, what was found, to be read only."""
    desk = queries.desk_of(person_of(request), ref)
    if desk.is_finished:
        return _finished_reading(request, desk)
    if desk.assignment.status == AssignmentStatus.OFFERED:
        now = timezone.now()
        return render(request, "assessment/desk/cover.html", {"desk": desk, "days": business_days(now), "now": now})
    if request.method == "POST":
        return _save_reading(request, desk)
    return draw_desk(request, desk, read_reading(desk.rows))


@login_required
@require_POST
def take_up(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    assignment = panels.reading_for(person, ref, kind=PANEL_KIND)
    rating.take_up(assignment=assignment, acting_person=person)
    return redirect("desk:read", ref=ref)


@login_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a reading back, with a reason."""
    person = person_of(request)
    desk = queries.desk_of(person, ref)
    if desk.is_finished:
        return redirect("desk:read", ref=ref)
    if request.method == "GET":
        return render(request, "assessment/desk/decline.html", {"desk": desk, "reason": "", "error": ""})
    reason = request.POST.get("reason", "")
    try:
        rating.decline(assignment=desk.assignment, reason=reason, acting_person=person)
    except ReasonMissing as refusal:
        context = {"desk": desk, "reason": reason, "error": refusal.sentence}
        return render(request, "assessment/desk/decline.html", context, status=422)
    messages.success(request, f"You have given {desk.submission.ref} back. Somebody else is asked to read it.")
    return redirect("desk:queue")


@login_required
@require_GET
def progress(request: HttpRequest, ref: str) -> HttpResponse:
    """How far a reading is, drawn anew while levels are chosen."""
    desk = queries.desk_of(person_of(request), ref)
    return render(request, "assessment/desk/progress.html", {"desk": desk})


@login_required
@require_GET
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """What was found so far, drawn by what draws the earner's decision."""
    desk = queries.desk_of(person_of(request), ref)
    if desk.assignment.status != AssignmentStatus.STARTED:
        return redirect("desk:read", ref=ref)
    context = {
        "desk": desk,
        "decision": feedback_of(desk),
        "design": desk.design,
        "missing": list(rating.missing_in(desk.assignment).values()),
    }
    return render(request, "assessment/desk/preview.html", context)


@login_required
@require_GET
def read_file(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """A file of evidence, for a reader who has taken the reading up."""
    return _file(request, _read_exhibit(request, ref, code))


@login_required
@require_GET
def read_transcript(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """The words of a recording, for the same reader."""
    return _transcript(request, _read_exhibit(request, ref, code))


@login_required
@require_POST
def save_level(request: HttpRequest, ref: str, criterion: str) -> JsonResponse:
    return _autosave(request, ref, criterion, "level")


@login_required
@require_POST
def save_comment(request: HttpRequest, ref: str, criterion: str) -> JsonResponse:
    return _autosave(request, ref, criterion, "comment")


def _assessor(request: HttpRequest) -> Person:
    """Whoever assesses, leads, or once did and looks back at their readings. Raises `NoSuchDesk` for others."""
    person = person_of(request)
    if roles_at_desk(person) or panels.finished_readings_of(person, kind=PANEL_KIND).exists():
        return person
    raise NoSuchDesk


def _read_exhibit(request: HttpRequest, ref: str, code: str) -> queries.Exhibit:
    desk = queries.desk_of(person_of(request), ref)
    if desk.assignment.status == AssignmentStatus.OFFERED:
        raise NoSuchSubmission
    return queries.exhibit_of(desk.submission, code, BLIND_RATER)


def _checked_exhibit(request: HttpRequest, ref: str, code: str) -> queries.Exhibit:
    submission = queries.submission_to_check(person_of(request), ref)
    return queries.exhibit_of(submission, code, BLIND_LEAD)


def _transcript(request: HttpRequest, exhibit: queries.Exhibit) -> HttpResponseBase:
    if exhibit.transcript is None:
        raise NoSuchSubmission
    name = f"{exhibit.code}{ending_of(exhibit.transcript)}"
    return serving.file_response(exhibit.transcript, name, asked_range=request.headers.get("Range", ""))


def _file(request: HttpRequest, exhibit: queries.Exhibit) -> HttpResponseBase:
    if exhibit.upload is None:
        raise NoSuchSubmission
    asked_range = request.headers.get("Range", "")
    return serving.file_response(exhibit.upload, exhibit.file_name, asked_range=asked_range)


def _record_check(request: HttpRequest, submission: Submission, form: CheckForm) -> HttpResponse:
    given = form.cleaned_data
    missing = given["missing"] if given["verdict"] == RETURN else []
    looked = completeness.check(
        submission=submission, missing=missing, note=given["note"], acting_person=person_of(request)
    )
    done = "is complete and goes to its assessors" if looked.complete else "goes back with what is missing"
    messages.success(request, f"{submission.ref} {done}.")
    return redirect("desk:queue")


def _autosave(request: HttpRequest, ref: str, criterion: str, field: str) -> JsonResponse:
    """Save one field as it is typed (docs/reference/components.md tells what the page expects)."""
    person = person_of(request)

    def save(text: str, revision: int) -> Kept:
        return _rate(person, panels.reading_for(person, ref, kind=PANEL_KIND), criterion, field, text, revision)

    return answer_to_typing(request, field, save)


def _rate(person: Person, seat: Assignment, criterion: str, field: str, text: str, revision: int) -> Kept:
    facts: dict[str, Any] = {"assignment": seat, "criterion": criterion, "revision": revision, field: text}
    rated = rating.rate(acting_person=person, **facts)
    words = count_words(rated.comment) if field == "comment" else 0
    return Kept(text, getattr(rated, f"{field}_revision"), rated.rated_at, words)


def _save_reading(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The whole form: save what changed and, if that was asked for, hand it in. What was typed stays on the page."""
    person = person_of(request)
    posted = read_reading(desk.rows, request.POST)
    to_lead = told_leads.notes_of(desk, request.POST)
    for each in posted:
        _save_criterion(desk, each, person)
    save_posted(desk, to_lead, person)
    if any(each.errors for each in posted) or any(each.errors for each in to_lead):
        elsewhere = [each.changed_elsewhere for each in posted] + [each.changed_elsewhere for each in to_lead]
        status = 409 if any(elsewhere) else 422
        return draw_desk(request, desk, posted, to_lead=to_lead, status=status)
    if request.POST.get("action") != "hand_in":
        messages.success(request, "Everything is saved.")
        return redirect("desk:read", ref=desk.assignment.ref)
    return _hand_in(request, desk, person)


def _save_criterion(desk: Desk, posted: PostedCriterion, person: Person) -> None:
    for field, value, revision in posted.changed:
        try:
            _rate(person, desk.assignment, posted.row.code, field, value, revision)
        except Stale as stale:
            # Sending it again then stands on the newer save and replaces it.
            setattr(posted, f"{field}_revision", stale.kept_of(field)[1])
            posted.errors[field], posted.changed_elsewhere = stale.beside(field), True
        except BadInput as refusal:
            posted.errors[field] = refusal.sentence


def _hand_in(request: HttpRequest, desk: Desk, person: Person) -> HttpResponse:
    try:
        scoring.submit_reading(assignment=desk.assignment, acting_person=person)
    except IncompleteReading as refusal:
        fresh = queries.desk_of(person, desk.assignment.ref)
        return draw_desk(request, fresh, read_reading(fresh.rows), missing=refusal.fields, status=422)
    except ReadingIsOver:
        return redirect("desk:read", ref=desk.assignment.ref)
    if desk.is_known_check:
        return redirect("calibration:reading", ref=desk.assignment.ref)
    done = "decision on" if desk.assignment.adjudicates else "reading of"
    messages.success(request, f"Your {done} {desk.submission.ref} is handed in. Thank you for reading with care.")
    return redirect("desk:read", ref=desk.assignment.ref)


def draw_desk(
    request: HttpRequest,
    desk: Desk,
    criteria: Sequence[PostedCriterion],
    *,
    missing: Mapping[str, str] | None = None,
    note_form: PostedNote | None = None,
    to_lead: Sequence[PostedToLead] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The desk with what was typed; `missing` are sentences by field, `note_form` a note that could not be kept."""
    notes = to_lead if to_lead is not None else told_leads.notes_of(desk)
    for each in criteria:
        for field in ("level", "comment"):
            sentence = (missing or {}).get(f"{field}-{each.row.code}")
            if sentence:
                each.errors[field] = sentence
    errors = [
        {"id": f"id_{field}-{each.row.code}", "text": sentence if missing else f"{each.row.code}: {sentence}"}
        for each in criteria
        for field, sentence in each.errors.items()
    ]
    errors += [{"id": f"id_{each.name}", "text": sentence} for each in notes for sentence in each.errors]
    context: dict[str, Any] = {
        "desk": desk,
        "criteria": criteria,
        "errors": errors,
        "to_lead": notes,
        "phrases": offered_on(desk, person_of(request)),
        "note_form": note_form or PostedNote(),
        "latest": "",
        "days": business_days(timezone.now()),
    }
    template = "adjudicate" if desk.assignment.adjudicates else "read"
    return render(request, f"assessment/desk/{template}.html", context, status=status)


def _finished_reading(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method == "POST" and request.POST.get("action") == "hand_in":
        # A second click on the same button: the first one did it.
        return redirect("desk:read", ref=desk.assignment.ref)
    if request.method == "POST":
        raise ReadingIsOver("You have handed this reading in, so it stays as it is. You can still look at it.")
    context = {"desk": desk, "to_lead": told_leads.written_on(desk), "sight": BLIND_RATER}
    return render(request, "assessment/desk/handed_in.html", context)
