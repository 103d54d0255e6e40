"""The earner's page of mentors: whom they asked, what these see, what they wrote, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from longleaf.assessment.mentoring import commenting, inviting, queries
from longleaf.assessment.models import Attempt, Mentorship
from longleaf.assessment.queries import current_submission, latest_decision
from longleaf.assessment.status import OPEN_FOR_WRITING, AttemptStatus, MentorStatus
from longleaf.assessment.views.asking import attempt_of, heading_of
from longleaf.catalog.design import Design
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, Refusal, WrongState
from longleaf.kit.numbers import whole_number

# How each state of an invitation is drawn.
KINDS = {
    MentorStatus.INVITED: "waiting",
    MentorStatus.ACCEPTED: "good",
}


@login_required
@require_http_methods(["GET", "POST"])
def mentors(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about mentors of one attempt; each button of the page names what it does and to what."""
    attempt = attempt_of(request, ref)
    if request.method != "POST":
        return _draw(request, attempt)
    act, _, what = request.POST.get("act", "").partition(":")
    verb = ACTS.get(act)
    if verb is None:
        raise BadInput("The page sent nothing that could be done. Reload it and try again.")
    try:
        said = verb(request, attempt, what)
    except (BadInput, WrongState) as refusal:
        return _draw(request, attempt, problem=refusal)
    messages.success(request, said)
    return redirect("mentoring:mentors", ref=ref)


def _invite(request: HttpRequest, attempt: Attempt, what: str) -> str:
    inviting.invite(
        attempt=attempt,
        address=request.POST.get("address", ""),
        requirements=request.POST.getlist("requirements"),
        acting_person=person_of(request),
    )
    return "Your invitation is made. You see here when it is accepted."


def _end(request: HttpRequest, attempt: Attempt, what: str) -> str:
    inviting.end(mentorship=_of(attempt, what), acting_person=person_of(request))
    return "Done. They see nothing of this draft any more."


def _show(request: HttpRequest, attempt: Attempt, what: str) -> str:
    chosen = request.POST.getlist(f"shown-{what}")
    inviting.show(mentorship=_of(attempt, what), requirements=chosen, acting_person=person_of(request))
    return "Kept. That is what they see now."


def _show_letter(request: HttpRequest, attempt: Attempt, what: str) -> str:
    ref, _, number = what.partition(":")
    round_number = whole_number(number) or 0
    inviting.show_letter(mentorship=_of(attempt, ref), round_number=round_number, acting_person=person_of(request))
    return "They can read this decision now."


def _hide_letter(request: HttpRequest, attempt: Attempt, what: str) -> str:
    inviting.hide_letter(mentorship=_of(attempt, what), acting_person=person_of(request))
    return "They see no decision any more."


def _answer(request: HttpRequest, attempt: Attempt, what: str) -> str:
    text = request.POST.get(f"answer-{what}", "")
    commenting.answer(comment=queries.comment_of(attempt, what), text=text, acting_person=person_of(request))
    return "Your answer is there for your mentor to read."


def _done(request: HttpRequest, attempt: Attempt, what: str) -> str:
    comment = queries.comment_of(attempt, what)
    commenting.mark_done(comment=comment, is_done=True, acting_person=person_of(request))
    return "Marked as done."


def _undone(request: HttpRequest, attempt: Attempt, what: str) -> str:
    comment = queries.comment_of(attempt, what)
    commenting.mark_done(comment=comment, is_done=False, acting_person=person_of(request))
    return "It waits for you again."


ACTS: Mapping[str, Callable[[HttpRequest, Attempt, str], str]] = {
    "invite": _invite,
    "end": _end,
    "show": _show,
    "letter": _show_letter,
    "no-letter": _hide_letter,
    "answer": _answer,
    "done": _done,
    "undone": _undone,
}


def _of(attempt: Attempt, ref: str) -> Mentorship:
    return queries.own_mentorship(attempt, ref)


def _draw(request: HttpRequest, attempt: Attempt, *, problem: Refusal | None = None) -> HttpResponse:
    asked = queries.mentors_of(attempt)
    design = Design(attempt.version.document)
    context = {
        **heading_of(attempt),
        "under_way": [each for each in asked if each.status in inviting.UNDER_WAY],
        "over": [each for each in asked if each.status not in inviting.UNDER_WAY],
        "kinds": KINDS,
        "choices": [{"value": each.code, "label": each.title} for each in design.requirements],
        "everything": [each.code for each in design.requirements],
        "shows_people": any(each.shows_people for each in design.requirements),
        "commented": queries.comments_on(current_submission(attempt)),
        "earlier": queries.earlier_comments(attempt),
        "is_open": AttemptStatus(attempt.status) in OPEN_FOR_WRITING,
        "decision": latest_decision(attempt),
        "typed": request.POST,
        "problems": getattr(problem, "fields", {}),
        "refusal": problem.sentence if problem else "",
        "now": timezone.now(),
    }
    return render(request, "assessment/mentoring/mentors.html", context, status=problem.http_status if problem else 200)
