"""The earner's page on people and tools in their evidence. Thin: each form of it calls one verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.assessment.evidence.writing import artifact_of
from longleaf.assessment.models import Consent, Roster
from longleaf.assessment.privacy import ai_use, consent, forms_of_consent, looking, readiness, roster
from longleaf.assessment.queries import Work
from longleaf.assessment.retention.rows import ROSTERS
from longleaf.assessment.retention.rules import kept_days
from longleaf.assessment.status import AiUse, ConsentKind
from longleaf.assessment.views.asking import attempt_of, heading_of, work_of
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import number, whole_number

Act = Callable[[HttpRequest, Work, str], str]
NOBODY = "nobody"


@require_http_methods(["GET", "POST"])
@login_required
def protect(request: HttpRequest, ref: str) -> HttpResponse:
    """Names, consent and tools on one page; each of its buttons names an act."""
    work = work_of(request, ref)
    if request.method == "GET":
        return _show(request, work)
    name, _, what = request.POST.get("act", "").partition(":")
    if name not in ACTS:
        raise BadInput("The page sent nothing to do. Reload it and try again.")
    act, part = ACTS[name]
    try:
        said = act(request, work, what)
    except BadInput as refusal:
        return _show(request, work, refusal)
    messages.success(request, said)
    return redirect(f"{request.path}#{part}")


@require_http_methods(["GET", "POST"])
@login_required
def withdraw_consent(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Asks once more, and then takes away all that shows this person."""
    attempt = attempt_of(request, ref)
    if request.method == "POST":
        gone = consent.withdraw_consent(attempt=attempt, number=number, acting_person=person_of(request))
        messages.success(request, f"All that shows {gone.label} is taken away. Nobody sees it any more.")
        return redirect("assessment:privacy", ref=ref)
    found = Consent.objects.filter(attempt=attempt, number=number, withdrawn_at__isnull=True).first()
    if found is None:
        raise Http404
    return render(request, "assessment/privacy/withdraw_consent.html", {**heading_of(attempt), "consent": found})


@require_GET
@login_required
def consent_form(request: HttpRequest, ref: str) -> HttpResponse:
    """A form to print and have signed; it is filed at the school and never brought here. `?form=` chooses among those
    of the state, `?number=` one person of the log."""
    attempt = attempt_of(request, ref)
    forms = forms_of_consent.forms_for(attempt)
    wanted = whole_number(request.GET.get("number", ""))
    context = {
        **heading_of(attempt),
        "on_behalf_of": attempt.micro_credential.state,
        "forms": forms,
        "form": forms_of_consent.chosen(forms, request.GET.get("form", "")),
        "logged": attempt.consents.filter(number=wanted).first() if wanted else None,
    }
    return render(request, "assessment/privacy/consent_form.html", context)


@require_GET
@login_required
def consent_log(request: HttpRequest, ref: str) -> HttpResponse:
    """The log to print and file beside the signed forms: numbers, and never a name."""
    attempt = attempt_of(request, ref)
    context = {
        **heading_of(attempt),
        "on_behalf_of": attempt.micro_credential.state,
        "consents": list(attempt.consents.prefetch_related("shown_in")),
        "looked": list(attempt.looked_through.order_by("said_at")),
        "today": timezone.localdate(),
    }
    return render(request, "assessment/privacy/consent_log.html", context)


def _keep_names(request: HttpRequest, work: Work, _: str) -> str:
    kept = roster.keep_roster(attempt=work.attempt, pasted=_pasted(request), acting_person=person_of(request))
    return f"{len(kept)} names are kept, and are looked for from now on. Nobody but you can read them."


def _forget_names(request: HttpRequest, work: Work, _: str) -> str:
    roster.forget_roster(attempt=work.attempt, acting_person=person_of(request))
    return "The list of names is deleted."


def _no_name(request: HttpRequest, work: Work, finding: str) -> str:
    looking.answer(work=work, finding=finding, acting_person=person_of(request))
    return "Kept with your submission: this is not a name here."


def _log_consent(request: HttpRequest, work: Work, _: str) -> str:
    logged = consent.log_consent(
        attempt=work.attempt,
        kind=request.POST.get("kind", ""),
        given_on=_day(request.POST.get("given_on", "")),
        kept_where=request.POST.get("kept_where", ""),
        acting_person=person_of(request),
    )
    return f"Logged as {logged.label}. Now say in which files or links {logged.label} is shown."


def _say_who(request: HttpRequest, work: Work, artifact_id: str) -> str:
    person = person_of(request)
    artifact = artifact_of(person, whole_number(artifact_id) or 0)
    chosen = request.POST.getlist(f"shows-{artifact.pk}")
    numbers = {shown for each in chosen if (shown := whole_number(each)) is not None}
    consent.say_who_is_shown(artifact=artifact, nobody=NOBODY in chosen, numbers=numbers, acting_person=person)
    return "Kept: who is shown."


def _say_tools(request: HttpRequest, work: Work, part: str) -> str:
    said = ai_use.say_what_was_used(
        submission=work.submission,
        part=part,
        uses=request.POST.getlist(f"uses-{part}"),
        words=request.POST.get(f"words-{part}", ""),
        acting_person=person_of(request),
    )
    return f"Kept: what you say of “{work.piece(said.response.requirement).requirement.title}”."


def _say_no_tools(request: HttpRequest, work: Work, _: str) -> str:
    said = ai_use.say_none_was_used(submission=work.submission, acting_person=person_of(request))
    return f"Kept of {number(len(said), 'piece')} of your evidence: no such tool."


ACTS: Mapping[str, tuple[Act, str]] = {
    "names": (_keep_names, "names"),
    "forget-names": (_forget_names, "names"),
    "no-name": (_no_name, "found"),
    "consent": (_log_consent, "people"),
    "shows": (_say_who, "people"),
    "tools": (_say_tools, "tools"),
    "no-tools": (_say_no_tools, "tools"),
}


def _show(request: HttpRequest, work: Work, refusal: BadInput | None = None) -> HttpResponse:
    problems = dict(refusal.fields) if refusal else {}
    # What was typed stays where it was typed; a page that is asked for shows what is kept.
    typed = request.POST if refusal else QueryDict()
    state = work.attempt.micro_credential.state
    context: dict[str, Any] = {
        **heading_of(work.attempt),
        "work": work,
        "look": looking.look_through(work),
        "roster": Roster.objects.filter(attempt=work.attempt).first(),
        "roster_days": kept_days(state, ROSTERS),
        "unsaid": readiness.what_is_unsaid(work) if work.is_open else {},
        "shown": readiness.shown_artifacts(work),
        "consents": list(work.attempt.consents.all()),
        "kinds": ConsentKind.choices,
        "uses": [{"value": value, "label": label} for value, label in AiUse.choices],
        "parts": ai_use.parts_in(work) if work.design.ai_policy.asks else {},
        "typed": typed,
        "problems": problems,
        "refusal": refusal,
        "today": timezone.localdate(),
        "page": reverse("assessment:privacy", kwargs={"ref": work.attempt.ref}),
    }
    return render(request, "assessment/privacy/protect.html", context, status=422 if refusal else 200)


def _pasted(request: HttpRequest) -> str:
    """What was typed, and the list that was sent as a file, which is read and not kept."""
    typed = request.POST.get("names", "")
    sent = request.FILES.get("list")
    if sent is None or isinstance(sent, list):
        return typed
    # A file that is too long stays too long, so that it is refused and not cut.
    listed: bytes = sent.read(roster.LONGEST_LIST * 4)
    return typed + "\n" + str(listed, "utf-8-sig", "replace")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        sentence = "Give the day on which the form was signed."
        raise BadInput("The consent was not logged.", fields={"given_on": sentence}) from None
