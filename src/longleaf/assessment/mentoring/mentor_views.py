"""Pages of a mentor: the people whose drafts they look at, and one draft with what they write on it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from longleaf.assessment.errors import CommentNotWelcome, NoSuchMentorship
from longleaf.assessment.evidence.naming import ending_of
from longleaf.assessment.evidence.serving import file_response
from longleaf.assessment.mentoring import accepting, commenting, queries
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import Refusal, WrongState


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who asks for help, and the drafts that are open or were."""
    person, now = person_of(request), timezone.now()
    lines = queries.people_of(person)
    context = {
        "invitations": queries.invitations_of(person),
        "open_ones": [(each, each.days_still(now)) for each in lines if each.is_open],
        "closed_ones": [each for each in lines if not each.is_open],
        "now": now,
    }
    return render(request, "assessment/mentoring/people.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Accept an invitation, or say no."""
    person = person_of(request)
    asked = queries.invitation_of(person, ref)
    if request.POST.get("act") == "accept":
        accepting.accept(mentorship=asked, acting_person=person)
        messages.success(request, f"Thank you. {asked.attempt.earner.name} lets you see this.")
        return redirect("mentoring:draft", ref=ref)
    accepting.decline(mentorship=asked, acting_person=person)
    messages.success(request, "You said no. Nothing more is sent to you about it.")
    return redirect("mentoring:people")


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft, and a place to write for each requirement."""
    if request.method != "POST":
        return _draw(request, ref)
    person, requirement = person_of(request), request.POST.get("requirement", "")
    text = request.POST.get(f"comment-{requirement}", "")
    try:
        commenting.comment(
            mentorship=queries.mentorship_of(person, ref),
            requirement=requirement,
            text=text,
            acting_person=person,
        )
    except (CommentNotWelcome, WrongState) as refusal:
        return _draw(request, ref, typed={f"comment-{requirement}": text}, problem=refusal)
    messages.success(request, "Your comment is there for the earner to read.")
    return redirect(f"{request.path}#requirement-{requirement}")


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Stop helping with a draft."""
    person = person_of(request)
    found = queries.mentorship_of(person, ref)
    if request.method == "POST":
        accepting.leave(mentorship=found, acting_person=person)
        messages.success(request, "You see this draft no more. What you wrote stays with its earner.")
        return redirect("mentoring:people")
    return render(request, "assessment/mentoring/leave.html", {"mentorship": found})


@login_required
@require_safe
def file(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    found = queries.file_of(person_of(request), ref, code)
    if found.upload is None:
        raise NoSuchMentorship
    return file_response(
        found.upload,
        found.file_name,
        asked_range=request.headers.get("Range", ""),
        download="download" in request.GET,
    )


@login_required
@require_safe
def transcript(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """The captions or the words of a recording."""
    found = queries.file_of(person_of(request), ref, code)
    if found.transcript is None:
        raise NoSuchMentorship
    return file_response(found.transcript, f"{found.code}{ending_of(found.transcript)}")


def _draw(
    request: HttpRequest, ref: str, *, typed: dict[str, str] | None = None, problem: Refusal | None = None
) -> HttpResponse:
    context = {
        "draft": queries.draft_of(person_of(request), ref),
        "typed": typed or {},
        "problems": _problems(typed, problem),
        "now": timezone.now(),
    }
    status = problem.http_status if problem else 200
    return render(request, "assessment/mentoring/draft.html", context, status=status)


def _problems(typed: dict[str, str] | None, problem: Refusal | None) -> dict[str, str]:
    """What went wrong, by field. What came too late has no field of its own and stands at the words."""
    if problem is None:
        return {}
    return getattr(problem, "fields", None) or dict.fromkeys(typed or {}, problem.sentence)
