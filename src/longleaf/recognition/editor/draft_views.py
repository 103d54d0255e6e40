"""The pages of a draft: all its rules, one rule as a form, the whole text, what it would change, and publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.kit.words import count_words
from longleaf.recognition import policies
from longleaf.recognition.editor import access, drafting, previewing, publishing, queries, sheets, spots
from longleaf.recognition.editor.changes import changes_between
from longleaf.recognition.editor.errors import DayIsTaken, NoSuchPolicyText, StaleDraft
from longleaf.recognition.editor.forms import PublishForm, WhyForm
from longleaf.recognition.editor.reading import read
from longleaf.recognition.editor.status import DraftStatus
from longleaf.recognition.ruling import practice_in_force

if TYPE_CHECKING:
    from longleaf.recognition.models import PolicyDraft

BAD_INPUT = 422


@login_required
@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft: where it stands, what is to mend, and each rule."""
    draft = _draft(request, ref)
    context = {**context_of(request, draft), "sections": sheets.sections_of(draft.text)}
    return render(request, "recognition/editor/draft.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def whole_text(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole text with every mistake and its line. What is typed is kept as it is typed."""
    draft, typed, status, stale = _draft(request, ref), None, 200, None
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            drafting.write(
                draft=draft, text=typed, revision=_revision(request), acting_person=person_of(request),
                page=request.POST.get("page", ""),
            )  # fmt: skip
            messages.success(request, "Saved.")
            return redirect("policy:draft-text", ref=ref)
        except StaleDraft as late:
            status, stale = late.http_status, late
        except BadInput as wrong:
            status = wrong.http_status
            messages.error(request, wrong.fields.get("text", wrong.sentence))
    page = request.POST.get("page") or get_random_string(12)
    context = {
        **context_of(request, draft),
        "typed": draft.text if typed is None else typed,
        "found": read(draft.text if typed is None else typed.replace("\r\n", "\n")),
        "revision": stale.revision if stale else draft.revision,
        "stale": stale,
        "page": page,
    }
    return render(request, "recognition/editor/whole_text.html", context, status=status)


@login_required
@require_POST
def save(request: HttpRequest, ref: str) -> HttpResponse:
    """What the kit's autosave sends: the contract stands in docs/reference/components.md."""
    typed = request.POST.get("text", "")
    try:
        draft = drafting.write(
            draft=_draft(request, ref), text=typed, revision=_revision(request), acting_person=person_of(request),
            page=request.GET.get("page", ""),
        )  # fmt: skip
    except StaleDraft as stale:
        return JsonResponse({"error": stale.sentence, "revision": stale.revision, "text": stale.theirs}, status=409)
    kept = {"revision": draft.revision, "saved_at": timezone.now().isoformat(), "words": count_words(typed)}
    return JsonResponse(kept)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, ref: str) -> HttpResponse:
    """One rule as a form; `?at=` names its place. A change touches nothing else of the text."""
    draft, at = _draft(request, ref), request.GET.get("at", "")
    typed, status, stale = dict[str, str](), 200, None
    if request.method == "POST":
        given = request.POST.dict()
        typed = {name.removeprefix("at:"): str(told) for name, told in given.items() if name.startswith("at:")}
        try:
            drafting.change_values(
                draft=draft, values=typed, revision=_revision(request), acting_person=person_of(request)
            )
            messages.success(request, "Saved. Everything else of the text stays as it was written.")
            return redirect("policy:draft", ref=ref)
        except StaleDraft as late:
            status, stale = late.http_status, late
            draft = _draft(request, ref)
    sheet = sheets.sheet_at(spots.changed(draft.text, typed) if typed else draft.text, at)
    if sheet is None:
        raise NoSuchPolicyText("There is no rule at this place of the draft any more. Go back to the draft.")
    context = {**context_of(request, draft), "sheet": sheet, "at": at, "typed": typed, "stale": stale}
    return render(request, "recognition/editor/rule.html", context, status=status)


@login_required
@require_safe
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """What would change: rule by rule, and in the ledgers of the policy's own examples."""
    draft = _draft(request, ref)
    context = context_of(request, draft)
    found, before = context["found"], context["in_force"]
    document = before.document if before else {}
    context["changes"] = changes_between(document, found.document) if found.document else []
    policy = policies.policy_with(before.pk, before.digest) if before else None
    context["samples"] = previewing.samples_of(policy, found.policy) if found.policy else []
    return render(request, "recognition/editor/preview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """From which day a draft is to be in force, and why."""
    draft = _draft(request, ref)
    given = request.POST if request.method == "POST" else None
    form = PublishForm(given, initial={"in_force_from": draft.in_force_from, "reason": draft.reason})
    status = 200
    if form.is_bound and form.is_valid():
        try:
            published = publishing.publish(draft=draft, acting_person=person_of(request), **form.cleaned_data)
            told = "Published." if published else "Proposed. Another officer of the agency approves it."
            messages.success(request, told)
            return redirect("policy:home") if published else redirect("policy:draft", ref=ref)
        except BadInput as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field if field in form.fields else None, sentence)
        except DayIsTaken as taken:
            form.add_error("in_force_from", taken.sentence)
            status = taken.http_status
    status = BAD_INPUT if form.errors and status == 200 else status
    context = {**context_of(request, draft), "form": form}
    return render(request, "recognition/editor/publish.html", context, status=status)


@login_required
@require_POST
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    """A second officer publishes what was proposed, or gives it back with what is to change."""
    draft, person = _draft(request, ref), person_of(request)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        if request.POST.get("act") == "back":
            publishing.ask_back(draft=draft, why=why, acting_person=person)
            messages.success(request, "Given back. It can be written on.")
        else:
            publishing.approve(draft=draft, acting_person=person)
            messages.success(request, "Published.")
            return redirect("policy:home")
    except BadInput as wrong:
        context = {**context_of(request, draft), "sections": sheets.sections_of(draft.text), "why": why}
        context["errors"] = wrong.fields
        return render(request, "recognition/editor/draft.html", context, status=BAD_INPUT)
    return redirect("policy:draft", ref=ref)


@login_required
@require_POST
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a draft away for good."""
    drafting.drop(draft=_draft(request, ref), acting_person=person_of(request))
    messages.success(request, "Dropped. Its text stays readable at its address.")
    return redirect("policy:home")


def context_of(request: HttpRequest, draft: PolicyDraft) -> dict[str, Any]:
    """What every page of a draft knows: how its text reads, what is in force, and what may be done."""
    person = person_of(request)
    return {
        "draft": draft,
        "found": read(draft.text),
        "in_force": queries.text_now(draft.state),
        "is_open": draft.status == DraftStatus.WRITING,
        "may_approve": draft.status == DraftStatus.PROPOSED and access.may_approve(person, draft),
        "takes_two": practice_in_force().publishing_takes_two,
        "sources": draft.state.sources,
        "errors": {},
        "why": "",
    }


def _draft(request: HttpRequest, ref: str) -> PolicyDraft:
    return queries.draft_for(person_of(request), ref)


def _revision(request: HttpRequest) -> int:
    return whole_number(request.POST.get("revision")) or 0
