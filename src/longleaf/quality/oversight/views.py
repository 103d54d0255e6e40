"""Pages of officers who look after what was recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, WrongState
from longleaf.kit.numbers import number, whole_number
from longleaf.quality import queries as quality
from longleaf.quality import wording
from longleaf.quality.errors import NoSuchReview, ReadsApplications, ReadsDesigns, UnusableSample
from longleaf.quality.monitoring.queries import alarms_of, version_figures
from longleaf.quality.monitoring.wording import FIGURES_IN_WORDS
from longleaf.quality.oversight import auditing, queries, suspending
from longleaf.quality.oversight.access import may_oversee
from longleaf.quality.reviewing.access import reads_applications, reads_designs
from longleaf.quality.status import Cause, ComplaintStatus

if TYPE_CHECKING:
    from longleaf.catalog.models import Version
    from longleaf.directory.models import Organisation, Person

MOST_SHOWN = 50
# What a sample is drawn from.
DESIGNS, ORGANIZATIONS = "designs", "organizations"
BECAUSE: Mapping[str, Cause] = {each.value: each for each in (Cause.COMPLAINT, Cause.ALARM)}
ENDS: Mapping[str, tuple[Callable[..., Any], str]] = {
    "suspend": (suspending.suspend, "The recognition is suspended from today on."),
    "lift": (suspending.lift, "The recognition holds again."),
    "withdraw": (suspending.withdraw, "The recognition is withdrawn from today on."),
}


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Complaints that wait, and drawing a sample."""
    person, agency = officer(request)
    return _home(request, person, agency)


@login_required
@require_POST
def sample(request: HttpRequest) -> HttpResponse:
    """Have a sample of what is recognised read anew."""
    person, agency = officer(request)
    asked, what = request.POST.get("number", ""), request.POST.get("what", DESIGNS)
    of_organisations = what == ORGANIZATIONS
    try:
        drawn = auditing.draw_sample(
            agency=agency, number=whole_number(asked) or 0, of_organisations=of_organisations, acting_person=person
        )
    except (UnusableSample, ReadsApplications, ReadsDesigns) as refusal:
        status = refusal.http_status
        return _home(request, person, agency, asked=asked, what=what, error=refusal.sentence, status=status)
    told = number(len(drawn), "organization" if of_organisations else "micro-credential")
    messages.success(request, f"{told} drawn and called in for review.")
    return redirect("quality:home")


@login_required
@require_http_methods(["GET", "POST"])
def of(request: HttpRequest, slug: str) -> HttpResponse:
    """Look after one micro-credential, `?version=2` after an earlier version: suspend, lift, withdraw, call in.

    `?because=` says after what it is called in.
    """
    person, agency = officer(request)
    version = catalog.bare_version(slug, whole_number(request.GET.get("version")))
    if request.method == "GET":
        return _draw(request, person, agency, version)
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
    try:
        return _act(request, person, agency, version, action, reason)
    except (BadInput, WrongState, ReadsDesigns) as refusal:
        # What holds now is drawn, with what was typed: somebody may have been faster.
        return _draw(
            request, person, agency, version, reason=reason, error=refusal.sentence, status=refusal.http_status
        )


def _act(
    request: HttpRequest, person: Person, agency: Organisation, version: Version, action: str, reason: str
) -> HttpResponse:
    if action == "call_in":
        review = auditing.call_in(subject=version, cause=cause_of(request), note=reason, acting_person=person)
        messages.success(request, f"{version} is called in for review as {review.ref}.")
        return redirect("quality:review", ref=review.ref)
    if action not in ENDS:
        raise Http404
    act, said = ENDS[action]
    act(subject=version, agency=agency, reason=reason, acting_person=person)
    messages.success(request, said)
    return redirect(request.get_full_path())


def cause_of(request: HttpRequest) -> Cause:
    """Why something is called in: by where the officer came from, as `?because=complaint` in the address tells."""
    return BECAUSE.get(request.GET.get("because", ""), Cause.CALLED_IN)


def officer(request: HttpRequest) -> tuple[Person, Organisation]:
    """Whoever is an officer of the agency of this state. Raises `NoSuchReview` for others."""
    person, agency = person_of(request), directory.agency()
    if agency is None or not may_oversee(person, agency):
        raise NoSuchReview
    return person, agency


def _home(
    request: HttpRequest,
    person: Person,
    agency: Organisation,
    *,
    asked: str = "5",
    what: str = DESIGNS,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    waiting = queries.complaints_of(person).filter(status=ComplaintStatus.OPEN, agency=agency)
    context = {
        "agency": agency,
        "complaints": waiting[:MOST_SHOWN],
        "ringing": alarms_of(person).count(),
        "recognised": queries.recognised_by(agency, today=today).count(),
        # Whoever reads one must not find whose it is by how many are left to be drawn.
        "is_silent": reads_applications(person),
        "approved": len(queries.to_read_anew(agency, today=today)),
        "asked": asked,
        "what": what,
        "error": error,
    }
    return render(request, "quality/oversight/home.html", context, status=status)


def _draw(
    request: HttpRequest,
    person: Person,
    agency: Organisation,
    version: Version,
    *,
    reason: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    holding = quality.holding_on_version(version, timezone.localdate())
    figures, rules = version_figures(version, today=timezone.localdate())
    context = {
        "figures": figures,
        "smallest": rules.smallest_told,
        "rules": rules,
        **FIGURES_IN_WORDS,
        "agency": agency,
        "version": version,
        "holding": next((each for each in holding if each.decision.decided_by_id == agency.pk), None),
        "may_call_in": not reads_designs(person),
        "issuer_closed": wording.issuer_closed(version.micro_credential.issuer, timezone.localdate()),
        "reason": reason,
        "error": error,
    }
    return render(request, "quality/oversight/of.html", context, status=status)
