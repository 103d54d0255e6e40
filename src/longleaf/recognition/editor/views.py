"""The pages of the policy: what is in force and what was, one text, two compared, and where a draft begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.kit.paging import Page, page_of
from longleaf.recognition.editor import access, drafting, publishing, queries, sheets
from longleaf.recognition.editor.changes import changes_between
from longleaf.recognition.editor.errors import NoSuchPolicyText, UnusablePolicyDraft
from longleaf.recognition.editor.forms import WhyForm
from longleaf.recognition.editor.writing import as_text
from longleaf.recognition.models import PolicyDraft, PolicyText

if TYPE_CHECKING:
    from longleaf.directory.models import Person, State

BAD_INPUT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """What is in force and will be, the drafts that are open, and every text there was; a new draft begins here."""
    person, state = _writer(request)
    typed, errors = request.POST.get("name", ""), dict[str, str]()
    if request.method == "POST":
        number = whole_number(request.POST.get("base"))
        base = queries.text_numbered(state, number) if number else queries.text_now(state)
        try:
            draft = drafting.begin(state=state, name=typed, base=base, acting_person=person)
            return redirect("policy:draft", ref=draft.ref)
        except UnusablePolicyDraft as unusable:
            errors = unusable.fields
    history = queries.history(state)
    page: Page[PolicyDraft] = page_of(queries.drafts_for(person), parameters=request.GET, size=20)
    context = {
        "history": history,
        "now": next((each for each in history if each.now), None),
        "to_come": [each for each in reversed(history) if each.is_to_come],
        "page": page,
        "typed": typed,
        "errors": errors,
    }
    return render(request, "recognition/editor/home.html", context, status=BAD_INPUT if errors else 200)


@login_required
@require_safe
def text(request: HttpRequest, number: int) -> HttpResponse:
    """One text, rule by rule and whole."""
    _, state = _writer(request)
    found = queries.text_numbered(state, number)
    written = _written(found)
    context = {
        "text": found,
        "written": written,
        "sections": sheets.sections_of(written),
        "sources": state.sources,
        "stays": [each for each in queries.history(state) if each.text.pk == found.pk],
    }
    return render(request, "recognition/editor/text.html", context)


@login_required
@require_safe
def text_file(request: HttpRequest, number: int) -> HttpResponse:
    """A text as the file that a state's pack would hold."""
    _, state = _writer(request)
    found = queries.text_numbered(state, number)
    response = HttpResponse(_written(found), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="renewal-{found.digest[:8]}.yaml"'
    return response


@login_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two texts, rule by rule."""
    _, state = _writer(request)
    chosen = [whole_number(request.GET.get(name)) for name in ("before", "after")]
    if not all(chosen):
        raise NoSuchPolicyText("Choose two texts of the history to compare.")
    before, after = (queries.text_numbered(state, number or 0) for number in chosen)
    context = {
        "before": before,
        "after": after,
        "changes": changes_between(before.document, after.document),
        "history": queries.history(state),
        "sources": state.sources,
    }
    return render(request, "recognition/editor/compare.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what is not yet in force."""
    person, state = _writer(request)
    publication = queries.publication_numbered(state, number)
    form = WhyForm(request.POST)
    try:
        why = form.cleaned_data["why"] if form.is_valid() else ""
        publishing.withdraw(publication=publication, why=why, acting_person=person)
    except BadInput as wrong:
        messages.error(request, wrong.fields.get("why", wrong.sentence))
        return redirect("policy:home")
    messages.success(request, "Withdrawn. It will not come into force; its draft can be written on.")
    return redirect("policy:draft", ref=publication.draft.ref)


def _writer(request: HttpRequest) -> tuple[Person, State]:
    """The person, who writes policy, and the state. Raises `NotYoursToWrite`."""
    person = person_of(request)
    access.require_writer(person)
    state = directory.current_state()
    assert state is not None  # An agency, whose officer this is, belongs to one.
    return person, state


def _written(found: PolicyText) -> str:
    return found.written or as_text(found.document)
