"""The page of officers who look after an approved organisation: suspend, lift and withdraw, with all that it offers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from longleaf.catalog import queries as catalog
from longleaf.kit.errors import BadInput, WrongState
from longleaf.quality import queries as quality
from longleaf.quality.errors import ReadsApplications
from longleaf.quality.oversight import auditing, queries
from longleaf.quality.oversight.as_what import AsWhat
from longleaf.quality.oversight.views import ENDS, cause_of, officer
from longleaf.quality.reviewing.access import reads_applications
from longleaf.quality.status import APPLIED_FOR, LETS_ISSUE, ORGANISATIONS, Judges

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@login_required
@require_http_methods(["GET", "POST"])
def of_organisation(request: HttpRequest, slug: str, judged_as: str) -> HttpResponse:
    """Look after an organisation as what it was approved."""
    person, agency = officer(request)
    if judged_as not in ORGANISATIONS:
        raise Http404
    subject = AsWhat(catalog.issuer(slug), Judges(judged_as))
    if request.method == "GET":
        return _draw(request, person, agency, subject)
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
    try:
        return _act(request, person, agency, subject, action, reason)
    except (BadInput, WrongState, ReadsApplications) as refusal:
        # What holds now is drawn, with what was typed: somebody may have been faster.
        shown = {"error": refusal.sentence, "wrong_day": getattr(refusal, "fields", {}).get("by", "")}
        return _draw(request, person, agency, subject, reason=reason, status=refusal.http_status, **shown)


def _act(
    request: HttpRequest, person: Person, agency: Organisation, subject: AsWhat, action: str, reason: str
) -> HttpResponse:
    if action == "call_in":
        review = auditing.call_in(subject=subject, cause=cause_of(request), note=reason, acting_person=person)
        messages.success(request, f"The application of {subject} is called in for review as {review.ref}.")
        return redirect("quality:review", ref=review.ref)
    if action == "ask_to_update":
        by = _day(request.POST.get("by", ""))
        auditing.ask_to_update(subject=subject, by=by, reason=reason, acting_person=person)
        messages.success(request, f"{subject} is asked to bring its application up to date.")
        return redirect("oversight:of_organisation", slug=subject.organisation.slug, judged_as=subject.judged_as.value)
    if action not in ENDS:
        raise Http404
    act, said = ENDS[action]
    act(subject=subject, agency=agency, reason=reason, acting_person=person)
    messages.success(request, said)
    return redirect("oversight:of_organisation", slug=subject.organisation.slug, judged_as=subject.judged_as.value)


def _day(text: str) -> date | None:
    """The day that was typed; None for what is no day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _draw(
    request: HttpRequest,
    person: Person,
    agency: Organisation,
    subject: AsWhat,
    *,
    reason: str = "",
    error: str = "",
    wrong_day: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    holding = quality.holding_on_organisation(subject.organisation, today, judged_as=[subject.judged_as])
    context = {
        "agency": agency,
        "organisation": subject.organisation,
        "judged_as": subject.judged_as,
        "what": APPLIED_FOR[subject.judged_as],
        "application": queries.application_behind(subject),
        "complaints": queries.complaints_that_wait(subject, agency).count(),
        "lets_issue": subject.judged_as in LETS_ISSUE,
        "holding": next((each for each in holding if each.decision.decided_by_id == agency.pk), None),
        "under_way": queries.is_under_way(subject),
        # Whoever reads one must not find whose it is by which are under way.
        "is_silent": reads_applications(person),
        "by": request.POST.get("by", ""),
        "wrong_day": wrong_day,
        "reason": reason,
        "error": error,
    }
    return render(request, "quality/oversight/of_organisation.html", context, status=status)
