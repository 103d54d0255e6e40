"""Pages of an officer: decide, and the letter."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.catalog import queries as catalog
from longleaf.directory.signed_in import person_of
from longleaf.panels.blindness import BLIND_OFFICER, JUDGED_PERSON
from longleaf.quality import instruments
from longleaf.quality.errors import NoSuchReview, UnusableDecision
from longleaf.quality.models import Review
from longleaf.quality.pathways import naming
from longleaf.quality.pathways.running import is_led
from longleaf.quality.reviewing import deciding, queries
from longleaf.quality.reviewing.decision_forms import PostedDecision, fresh_decision, read_decision
from longleaf.quality.reviewing.findings import ComponentFinding, findings_of
from longleaf.quality.reviewing.subjects import subject_under
from longleaf.quality.status import DECIDED_ON_A_REVIEW, Judges, Outcome, ReviewStatus

DAYS_OF_A_YEAR = 365


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Decide on what was read: what was found beside what is decided."""
    person = person_of(request)
    review = queries.review_for(person, ref)
    deciding.require_may_decide(person, review)
    if review.status != ReviewStatus.TO_DECIDE:
        return redirect("quality:review", ref=ref)
    findings = findings_of(review, BLIND_OFFICER)
    if request.method == "GET":
        years = instruments.terms_of(review.instrument.document).recognised_for_years
        until = timezone.localdate() + timedelta(days=DAYS_OF_A_YEAR * years)
        asked = review.application
        facts = {"scope": asked.scope, "pathways": asked.pathways} if asked else {}
        return _draw(request, review, findings, fresh_decision(findings, valid_until=until, **facts))
    posted = read_decision(request.POST, findings)
    if request.POST.get("action") == "more":
        return _draw(request, review, findings, posted)
    if posted.outcome not in DECIDED_ON_A_REVIEW:
        posted.errors["outcome"] = "Choose what is decided."
        return _draw(request, review, findings, posted, status=422)
    try:
        deciding.decide(
            review=review,
            outcome=Outcome(posted.outcome),
            letter=posted.letter,
            valid_until=posted.last_day,
            conditions=posted.asked,
            changes=posted.changes,
            scope=posted.scope,
            families=posted.families,
            pathways=posted.pathways,
            acting_person=person,
        )
    except UnusableDecision as refusal:
        posted.errors.update(refusal.fields)
        return _draw(request, review, findings, posted, status=422)
    owner = subject_under(review).owner_word
    messages.success(request, f"{review.ref} is decided. The {owner} finds the letter with the review.")
    return redirect("quality:letter", ref=ref)


@login_required
@require_GET
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """The decision as a letter to the issuer or organisation, who learns nothing of who read."""
    review = queries.review_for(person_of(request), ref)
    if review.status != ReviewStatus.DECIDED:
        raise NoSuchReview
    subject = subject_under(review)
    titles = catalog.families_of(subject.state) if review.decision and review.decision.families else {}
    context = {
        "review": review,
        "subject": subject,
        "families": [titles.get(code, code) for code in (review.decision.families if review.decision else ())],
        "pathways": naming.in_words(review.decision.pathways if review.decision else ()),
        "findings": findings_of(review, JUDGED_PERSON),
    }
    return render(request, "quality/reviewing/letter.html", context)


def _draw(
    request: HttpRequest,
    review: Review,
    findings: list[ComponentFinding],
    posted: PostedDecision,
    *,
    status: int = 200,
) -> HttpResponse:
    subject = subject_under(review)
    judged_as = review.application.judged_as if review.application else ""
    families = catalog.families_of(subject.state) if judged_as == Judges.AGENCY else {}
    pathways = naming.nameable() if judged_as == Judges.PATHWAY else []
    context = {
        "review": review,
        "subject": subject,
        "families": [{"value": code, "label": title} for code, title in families.items()],
        "pathways": [{"value": each.value, "label": each.label} for each in pathways],
        "is_led": not pathways or is_led(review.owner),
        "beyond": subject.out_of_reach(timezone.localdate()),
        "issuer_closed": subject.issuer_closed(timezone.localdate()),
        "findings": findings,
        "posted": posted,
        "errors": [{"id": f"id_{name}", "text": sentence} for name, sentence in posted.errors.items()],
    }
    return render(request, "quality/reviewing/decide.html", context, status=status)
