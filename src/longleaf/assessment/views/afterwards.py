"""After a decision: what it says, what happened when, another round, or an end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment import queries, retrying, withdrawing
from longleaf.assessment.anchors import anchoring
from longleaf.assessment.appeals.queries import last_day_to_appeal, may_still_appeal, told_appeal
from longleaf.assessment.errors import ConsentNotWelcome
from longleaf.assessment.meetings.queries import meeting_needed
from longleaf.assessment.models import Attempt
from longleaf.assessment.privacy.consent import people_are_shown_in
from longleaf.assessment.rounds import rounds_of
from longleaf.assessment.status import ATTEMPT_MOVES, AttemptStatus
from longleaf.assessment.telling import what_happened, what_is_ahead, where_it_stands
from longleaf.assessment.views.asking import attempt_of, heading_of
from longleaf.awards.queries import award_on_occasion
from longleaf.catalog.design import Design
from longleaf.directory.signed_in import person_of

# The choice to begin the next round with other work.
OTHER_WORK = "other_work"


@require_GET
@login_required
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    attempt = attempt_of(request, ref)
    decisions = queries.decisions_of(attempt)
    wanted = request.GET.get("round", "")
    shown = next((each for each in decisions if not wanted or str(each.submission.round) == wanted), None)
    if shown is None:
        if wanted or not attempt.submissions.exists():
            raise Http404
        return redirect("assessment:attempt", ref=ref)
    told = told_appeal(shown.submission)
    context = {
        **heading_of(attempt),
        "decision": shown,
        "appeal": told,
        "may_appeal": shown is decisions[0] and may_still_appeal(person_of(request), attempt, shown.submission),
        "appeal_until": last_day_to_appeal(attempt, shown.submission),
        "rounds": rounds_of(attempt),
        "design": Design(attempt.version.document),
        "award": award_on_occasion(f"attempt:{attempt.ref}") if attempt.status == AttemptStatus.DEMONSTRATED else None,
        "may_retry": attempt.status == AttemptStatus.NOT_YET and shown is decisions[0],
        "is_latest": shown is decisions[0],
        "shows_people": people_are_shown_in(shown.submission),
        "left": queries.rounds_left(person_of(request), attempt.version),
        "meeting_needed": meeting_needed(person_of(request), attempt.version),
        "now": timezone.now(),
    }
    return render(request, "assessment/decision.html", context)


@require_POST
@login_required
def lend(request: HttpRequest, ref: str) -> HttpResponse:
    """Lend the newest decided round to train assessors, or take it back."""
    attempt = attempt_of(request, ref)
    decided = queries.latest_decision(attempt)
    if decided is None:
        raise Http404
    takes_back = request.POST.get("act") == "take_back"
    if takes_back:
        anchoring.take_back(submission=decided.submission, acting_person=person_of(request))
        messages.success(request, "You took it back.")
        return redirect("assessment:decision", ref=ref)
    try:
        anchoring.lend(
            submission=decided.submission,
            consent_covers_training=request.POST.get("covers_training") == "yes",
            acting_person=person_of(request),
        )
    except ConsentNotWelcome as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Thank you. It is shown without your name.")
    return redirect("assessment:decision", ref=ref)


@require_POST
@login_required
def next_round(request: HttpRequest, ref: str) -> HttpResponse:
    attempt = attempt_of(request, ref)
    if request.POST.get("with") == OTHER_WORK:
        opened = retrying.replace_work(attempt=attempt, acting_person=person_of(request))
        messages.success(
            request, f"Round {opened.round} is open for other work. Your earlier rounds stay as they were."
        )
    else:
        opened = retrying.open_round(attempt=attempt, acting_person=person_of(request))
        messages.success(request, f"Round {opened.round} is open. What was met is carried over; change the rest.")
    return redirect("assessment:attempt", ref=ref)


@require_GET
@login_required
def history(request: HttpRequest, ref: str) -> HttpResponse:
    attempt = attempt_of(request, ref)
    submission = queries.current_submission(attempt)
    readers = Design(attempt.version.document).panel_rule.readers
    context = {
        **heading_of(attempt),
        "told": where_it_stands(attempt, submission, readers=readers),
        "happenings": [*what_happened(attempt), *what_is_ahead(attempt, submission, readers=readers)],
        "rounds": rounds_of(attempt),
        "may_withdraw": _may_withdraw(attempt),
    }
    return render(request, "assessment/history.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    attempt = attempt_of(request, ref)
    if request.method == "POST":
        withdrawing.withdraw(attempt=attempt, acting_person=person_of(request))
        messages.success(request, "You withdrew this attempt. Nobody will read it.")
        return redirect("assessment:list")
    if not _may_withdraw(attempt):
        return redirect("assessment:attempt", ref=ref)
    return render(request, "assessment/withdraw.html", heading_of(attempt))


def _may_withdraw(attempt: Attempt) -> bool:
    return AttemptStatus.WITHDRAWN in ATTEMPT_MOVES[AttemptStatus(attempt.status)]
