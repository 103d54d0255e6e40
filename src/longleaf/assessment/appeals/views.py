"""Pages of appeals: the earner's, a lead assessor's, and the outcomes for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.assessment.appeals import admitting, lodging, queries
from longleaf.assessment.appeals import outcomes as counting
from longleaf.assessment.errors import AppealIncomplete, NoSuchAppeal, NoSuchDesk
from longleaf.assessment.models import Appeal, Attempt, Submission
from longleaf.assessment.queries import current_submission, decision_on
from longleaf.assessment.rounds import round_of
from longleaf.assessment.status import AppealGround, AppealStatus
from longleaf.assessment.views.asking import attempt_of, heading_of
from longleaf.catalog.design import Design
from longleaf.directory.queries import holds
from longleaf.directory.signed_in import person_of
from longleaf.directory.status import Role
from longleaf.kit.dates import day
from longleaf.kit.paging import Page, page_of
from longleaf.panels.blindness import BLIND_APPEAL_LEAD, Fact

ADMIT, REFUSE = "admit", "refuse"


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """Where an appeal stands; before there is one, the form to lodge it."""
    attempt = attempt_of(request, ref)
    judged = current_submission(attempt)
    if request.method == "POST":
        return _lodge(request, attempt, judged)
    told = queries.told_appeal(judged)
    if told:
        context = {**heading_of(attempt), "told": told, "judged": judged, "now": timezone.now()}
        return render(request, "assessment/appeals/appeal.html", context)
    if not queries.may_still_appeal(person_of(request), attempt, judged):
        return redirect("assessment:decision", ref=ref)
    return _form(request, attempt, judged)


@login_required
@require_GET
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """The answer, to be printed and filed."""
    attempt = attempt_of(request, ref)
    told = queries.told_appeal(round_of(attempt, request.GET.get("round", "")))
    if told is None or not told.is_answered:
        raise NoSuchAppeal
    context = {**heading_of(attempt), "told": told, "judged": told.appeal.submission, "earner": attempt.earner}
    return render(request, "assessment/appeals/letter.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    lodging.withdraw(attempt=attempt_of(request, ref), acting_person=person_of(request))
    messages.success(request, "You took your appeal back. The decision stands.")
    return redirect("assessment:decision", ref=ref)


@login_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Appeals that wait for this lead assessor, or for this officer because nobody nearer may look at them."""
    person = person_of(request)
    leads = holds(person, Role.LEAD_ASSESSOR)
    if not leads and not holds(person, Role.STATE_OFFICER):
        raise NoSuchDesk
    page: Page[Appeal] = page_of(queries.waiting_appeals(person), parameters=request.GET)
    context = {"page": page, "waiting": queries.with_their_circles(page.rows), "leads": leads, "now": timezone.now()}
    return render(request, "assessment/appeals/waiting.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, ref: str) -> HttpResponse:
    """One appeal, and the two answers that a lead assessor may give."""
    found = queries.appeal_to_look_at(person_of(request), ref)
    if request.method == "POST":
        return _answer(request, found)
    return _draw_look(request, found)


@require_GET
def outcomes(request: HttpRequest) -> HttpResponse:
    return render(request, "assessment/appeals/outcomes.html", {"outcomes": counting.outcomes()})


@require_GET
def outcomes_data(request: HttpRequest) -> HttpResponse:
    return JsonResponse(counting.outcomes().as_data())


def _lodge(request: HttpRequest, attempt: Attempt, judged: Submission) -> HttpResponse:
    given = [key for key in request.POST if key.startswith("words-")]
    words = {key.removeprefix("words-"): request.POST.get(key, "") for key in given}
    grounds = request.POST.getlist("grounds")
    try:
        lodged = lodging.lodge(attempt=attempt, grounds=grounds, words=words, acting_person=person_of(request))
    except AppealIncomplete as refusal:
        return _form(request, attempt, judged, grounds=grounds, words=words, problem=refusal)
    messages.success(request, f"Your appeal {lodged.ref} is on its way. Expect to hear by {day(lodged.due_at)}.")
    return redirect("appeals:appeal", ref=attempt.ref)


def _form(
    request: HttpRequest,
    attempt: Attempt,
    judged: Submission,
    *,
    grounds: list[str] | None = None,
    words: dict[str, str] | None = None,
    problem: AppealIncomplete | None = None,
) -> HttpResponse:
    context = {
        **heading_of(attempt),
        "decision": decision_on(judged),
        "all_grounds": [{"value": each.value, "label": each.label} for each in AppealGround],
        "grounds": grounds or [],
        "typed": words or {},
        "problems": problem.fields if problem else {},
        "until": queries.last_day_to_appeal(attempt, judged),
        "now": timezone.now(),
    }
    return render(request, "assessment/appeals/lodge.html", context, status=422 if problem else 200)


def _answer(request: HttpRequest, found: Appeal) -> HttpResponse:
    person, reason = person_of(request), request.POST.get("reason", "")
    if request.POST.get("answer") == ADMIT:
        admitting.admit(appeal=found, acting_person=person)
        messages.success(request, "Admitted. Assessors who saw nothing of it read the evidence anew.")
        return redirect("appeals:waiting")
    try:
        admitting.refuse(appeal=found, reason=reason, acting_person=person)
    except AppealIncomplete as refusal:
        return _draw_look(request, found, reason=reason, problem=refusal)
    messages.success(request, "Not admitted. The earner reads your reason, without your name.")
    return redirect("appeals:waiting")


def _draw_look(
    request: HttpRequest, found: Appeal, *, reason: str = "", problem: AppealIncomplete | None = None
) -> HttpResponse:
    judged = found.submission
    design = Design(judged.attempt.version.document)
    context = {
        "appeal": found,
        "judged": judged,
        "design": design,
        "grounds": queries.grounds_in_words(found),
        "shows_outcome": BLIND_APPEAL_LEAD.shows(Fact.OUTCOME),
        "shows_comments": BLIND_APPEAL_LEAD.shows(Fact.COMMENTS),
        "decision": decision_on(judged),
        "lodged_on": BLIND_APPEAL_LEAD.moment(found.lodged_at),
        "decided_on": BLIND_APPEAL_LEAD.moment(judged.decided_at),
        "leads": holds(person_of(request), Role.LEAD_ASSESSOR),
        "is_open": found.status == AppealStatus.LODGED,
        "reason": reason,
        "problems": problem.fields if problem else {},
        "now": timezone.now(),
    }
    return render(request, "assessment/appeals/look.html", context, status=422 if problem else 200)
