"""The recognizer's pages: what waits, one badge side by side with what it could stand for, and what was remembered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from longleaf.awards.verification import reports, visiting
from longleaf.catalog import queries as catalog
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, NotAllowed, WrongState
from longleaf.kit.numbers import number
from longleaf.kit.paging import Page, page_of
from longleaf.recognition import overlays
from longleaf.recognition.models import ImportedBadge, Precedent
from longleaf.recognition.portability import access, deciding, precedents, queries
from longleaf.recognition.portability.forms import DecisionForm
from longleaf.recognition.portability.status import ImportStatus, Ruling
from longleaf.recognition.portability.views import verified_again
from longleaf.recognition.ruling import practice_in_force

BAD_INPUT = 422
NOT_A_RECOGNIZER = "Badges from elsewhere are decided on by officers of school units and of the state's agency."


@login_required
@require_http_methods(["GET", "HEAD"])
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a recognizer, the one due first on top, and what was decided before."""
    person = person_of(request)
    if not access.may_recognize(person):
        raise NotAllowed(NOT_A_RECOGNIZER)
    shows_others = request.GET.get("show") == "decided"
    rows = queries.others_seen_by(person) if shows_others else queries.waiting_for(person)
    page: Page[ImportedBadge] = page_of(rows, parameters=request.GET, size=20)
    within = practice_in_force().import_within
    context = {"page": page, "shows_others": shows_others, "within": within, "now": timezone.now()}
    return render(request, "recognition/portability/waiting.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """One badge with everything a decision needs, and the decision."""
    person = person_of(request)
    imported = queries.import_for_recognizer(person, ref)
    if request.POST.get("act") == "verify":
        return _verify(request, imported)
    form, status = _form(request, imported), 200
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, _decide(form, imported, request))
            return redirect("portability:waiting")
        except BadInput as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field, sentence)
        except WrongState as late:
            # Somebody was faster: what was typed is shown beside what stands now.
            form.add_error(None, late.sentence)
            imported, status = queries.import_for_recognizer(person, ref), late.http_status
    status = BAD_INPUT if form.errors and status == 200 else status
    context = {
        "imported": imported,
        "decisions": list(imported.decisions.all()),
        "report": reports.shown_from(imported.report),
        "may_decide": imported.status == ImportStatus.WAITING and access.may_decide(person, imported),
        "proposed": precedents.proposed_for(imported),
        "is_brought_by_others": queries.is_brought_by_others(imported),
        "alike": queries.alike(imported),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "recognition/portability/decide.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remembered(request: HttpRequest) -> HttpResponse:
    """The precedents that a recognizer works with; one's own can be ended here."""
    person = person_of(request)
    if not access.may_recognize(person):
        raise NotAllowed(NOT_A_RECOGNIZER)
    if request.method == "POST":
        chosen = access.precedents_seen_by(person).filter(pk=_key(request.POST.get("precedent", ""))).first()
        if chosen is None:
            raise NotAllowed("There is no such precedent that you may see.", hidden=True)
        precedents.end_precedent(precedent=chosen, acting_person=person)
        messages.success(request, "Ended. Badges like it are looked at anew; what was decided by it stays decided.")
        return redirect("portability:precedents")
    page: Page[Precedent] = page_of(queries.precedents_for(person), parameters=request.GET, size=20)
    places = {each.pk for each in directory.organisations_where(person, *access.RECOGNIZERS)}
    context = {"page": page, "own": places, "today": timezone.localdate()}
    return render(request, "recognition/portability/precedents.html", context)


def _verify(request: HttpRequest, imported: ImportedBadge) -> HttpResponse:
    try:
        messages.success(request, verified_again(imported, person_of(request)))
    except visiting.MustWait as wait:
        messages.warning(request, f"{wait.title} Try again in {number(wait.seconds, 'second')}.")
    return redirect("portability:decide", ref=imported.ref)


def _form(request: HttpRequest, imported: ImportedBadge) -> DecisionForm:
    decides_for = access.decides_for(person_of(request), imported)
    policy, state = overlays.policy_for(decides_for, timezone.localdate()), directory.current_state()
    vocabulary = state.vocabulary if state else {}
    proposed = precedents.proposed_for(imported)
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        initial=_filled(proposed[0]) if proposed else {"remember": ""},
        offered=list(
            catalog.offered().order_by("title").values_list("micro_credential__slug", catalog.labelled_title())
        ),
        categories=[(each.code, each.title) for each in policy.categories] if policy else [],
        topics=[(code, title) for code, title in vocabulary.get("topics", [])],
    )


def _filled(precedent: Precedent) -> dict[str, object]:
    """What was decided of one like it, as a proposal that can be changed."""
    return {
        "ruling": Ruling.ACCEPTED if precedent.accepts else Ruling.REFUSED,
        "micro_credential": precedent.micro_credential.slug if precedent.micro_credential else "",
        "amount": precedent.amount,
        "categories": precedent.categories,
        "topics": precedent.topics,
        "alignments": ", ".join(precedent.alignments),
        "reason": precedent.reason,
        "remember": "",
    }


def _decide(form: DecisionForm, imported: ImportedBadge, request: HttpRequest) -> str:
    chosen, person = form.cleaned_data, person_of(request)
    if chosen["ruling"] == Ruling.ASKED:
        deciding.ask(imported=imported, question=chosen["reason"], acting_person=person)
        return f"{imported.person.name} is asked, and the badge waits for the answer."
    if chosen["ruling"] == Ruling.REFUSED:
        deciding.refuse(imported=imported, reason=chosen["reason"], acting_person=person, remember=form.to_remember)
        return f"Not accepted. {imported.person.name} reads your reason."
    slug = chosen["micro_credential"]
    deciding.accept(
        imported=imported,
        counts=deciding.Counts(
            micro_credential=catalog.micro_credential_at(slug) if slug else None,
            amount=chosen["amount"],
            categories=tuple(chosen["categories"]),
            topics=tuple(chosen["topics"]),
            alignments=form.codes,
        ),
        reason=chosen["reason"],
        acting_person=person,
        remember=form.to_remember,
    )
    return f"Accepted. It stands in the ledger of {imported.person.name} now."


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
