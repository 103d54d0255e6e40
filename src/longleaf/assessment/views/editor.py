"""The page on which somebody gathers evidence, and the small answers that keep it alive while they type."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment import queries
from longleaf.assessment.errors import NoSuchRequirement, StaleRevision
from longleaf.assessment.evidence import quota, transcribing, uploading, writing
from longleaf.assessment.holding import require_open
from longleaf.assessment.mentoring.queries import open_comments
from longleaf.assessment.queries import Work
from longleaf.assessment.rounds import what_changed
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.telling import what_happened, what_is_ahead, where_it_stands
from longleaf.assessment.views.asking import attempt_of, heading_of, work_of
from longleaf.assessment.views.sheet import Sheet, add_files, add_link, add_words, progress, save_all, sheet_of
from longleaf.catalog import wording
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.kit.words import count_words

# After these the page opens where the button was.
ANCHORED = frozenset({"link", "upload", "remove", "cancel", "tell", "untell"})
DECIDED = frozenset({AttemptStatus.NOT_YET, AttemptStatus.DEMONSTRATED})


@require_http_methods(["GET", "POST"])
@login_required
def attempt(request: HttpRequest, ref: str) -> HttpResponse:
    """The editor while evidence may change, and where it stands otherwise."""
    work = work_of(request, ref)
    if request.method == "POST":
        return _take(request, work)
    if work.is_open:
        return _show(request, sheet_of(work, get_random_string(12)))
    if AttemptStatus(work.attempt.status) in DECIDED:
        return redirect("assessment:decision", ref=ref)
    return _show_standing(request, work)


@require_POST
@login_required
def autosave(request: HttpRequest, ref: str, requirement: str) -> HttpResponse:
    """What the kit's autosave sends: the contract stands in docs/reference/components.md."""
    attempt = attempt_of(request, ref)
    try:
        saved = writing.save_text(
            submission=queries.current_submission(attempt),
            requirement=requirement,
            text=request.POST.get("text", ""),
            revision=_revision(request.POST),
            acting_person=person_of(request),
            page=request.GET.get("page", ""),
        )
    except StaleRevision as stale:
        return JsonResponse({"error": stale.sentence, "revision": stale.revision, "text": stale.text}, status=409)
    kept = {"revision": saved.revision, "saved_at": saved.saved_at.isoformat(), "words": count_words(saved.text)}
    return JsonResponse(kept)


@require_GET
@login_required
def artifacts(request: HttpRequest, ref: str, requirement: str) -> HttpResponse:
    """The list of what was brought for one requirement, for the page that is open."""
    work = work_of(request, ref)
    entry = sheet_of(work, "").entry(requirement)
    return render(
        request, "assessment/parts/artifacts.html", {"entry": entry, "attempt": work.attempt, "open": work.is_open}
    )


def _take(request: HttpRequest, work: Work) -> HttpResponse:
    """Keep all texts of the page, then do what its button says. What cannot be kept is shown again as it was typed."""
    require_open(work.attempt, work.submission)
    sheet = sheet_of(work, request.POST.get("page", ""))
    save_all(sheet, request.POST, acting_person=person_of(request))
    act, _, what = request.POST.get("act", "save").partition(":")
    _do(request, sheet, act, what)
    if sheet.errors or sheet.has_conflict:
        return _show(request, _afresh(sheet), status=409 if sheet.has_conflict else 422)
    if act == "go":
        return redirect(f"assessment:{'submit' if what == 'submit' else 'preview'}", ref=work.attempt.ref)
    if act == "save":
        messages.success(request, "Everything you typed is saved.")
    anchor = f"#requirement-{what.partition(':')[0]}" if act in ANCHORED else ""
    return redirect(f"{request.path}{anchor}")


def _do(request: HttpRequest, sheet: Sheet, act: str, what: str) -> None:
    person = person_of(request)
    if act == "link":
        add_link(sheet, what, request.POST, acting_person=person)
    elif act == "upload":
        files = [each for each in request.FILES.getlist(f"file-{what}") if not isinstance(each, str)]
        add_files(sheet, what, files, acting_person=person)
    elif act == "remove":
        writing.remove_artifact(artifact=writing.artifact_of(person, _last_number(what)), acting_person=person)
    elif act == "tell":
        artifact = writing.artifact_of(person, _last_number(what))
        add_words(sheet, what.partition(":")[0], artifact, request.FILES, acting_person=person)
    elif act == "untell":
        transcribing.remove_transcript(artifact=writing.artifact_of(person, _last_number(what)), acting_person=person)
    elif act == "cancel":
        uploading.cancel(upload=uploading.upload_of(person, what.rpartition(":")[2]), acting_person=person)


def _afresh(sheet: Sheet) -> Sheet:
    """The same entries over what the database holds now, because some of the page may have been kept."""
    work = queries.work_on(sheet.work.attempt, queries.current_submission(sheet.work.attempt))
    for entry in sheet.entries:
        entry.piece = work.piece(entry.piece.code)
    sheet.work = work
    return sheet


def _show(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    work = sheet.work
    context = {
        **heading_of(work.attempt),
        "work": work,
        "sheet": sheet,
        "told": where_it_stands(work.attempt, work.submission),
        "progress": progress(work),
        "returned": queries.newest_return(work.submission) if work.attempt.status == AttemptStatus.RETURNED else None,
        "decision": queries.latest_decision(work.attempt) if work.attempt.round > 1 else None,
        "changes": what_changed(work),
        "left": quota.left_for(work.attempt),
        "comments_open": open_comments(work.attempt),
        "now": timezone.now(),
    }
    return render(request, "assessment/editor.html", context, status=status)


def _show_standing(request: HttpRequest, work: Work) -> HttpResponse:
    readers = work.design.panel_rule.readers
    context = {
        **heading_of(work.attempt),
        "work": work,
        "told": where_it_stands(work.attempt, work.submission, readers=readers),
        "language": wording.language(work.submission.language) if work.submission.language else "",
        "happenings": [*what_happened(work.attempt), *what_is_ahead(work.attempt, work.submission, readers=readers)],
        "now": timezone.now(),
    }
    return render(request, "assessment/standing.html", context)


def _revision(typed: QueryDict) -> int:
    revision = whole_number(typed.get("revision"))
    if revision is None:
        raise BadInput("The page sent no revision. Reload it and type again.")
    return revision


def _last_number(what: str) -> int:
    number = whole_number(what.rpartition(":")[2])
    if number is None:
        raise NoSuchRequirement("There is no such piece of evidence. Reload the page.")
    return number
