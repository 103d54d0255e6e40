"""Pages of the educator: write a request, send it, answer, read what was decided, appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.assessment.evidence import serving, taking_in
from longleaf.directory.signed_in import person_of
from longleaf.engines import policy as engine
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of
from longleaf.recognition import access
from longleaf.recognition.credit_requests import appealing, asking, documents, letting_go, queries
from longleaf.recognition.credit_requests.forms import RequestForm
from longleaf.recognition.credit_requests.holding import appeal_open_until, policy_of
from longleaf.recognition.errors import NoSuchRequest
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import DECIDED, RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person

BAD_INPUT = 422


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The requests that somebody made."""
    person = person_of(request)
    page: Page[CreditRequest] = page_of(queries.requests_of(person), parameters=request.GET)
    office = access.office_asked_by(person)
    policy = policy_of(office)
    context = {
        "page": page,
        "office": office,
        "asks_for_signatures": bool(policy and engine.signatures_in(policy)),
        "sorts": RequestSort,
        "practice": practice_in_force(),
    }
    return render(request, "recognition/requests/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Write a new request; it is kept as a draft as soon as anything is sent."""
    person = person_of(request)
    sort = request.GET.get("sort", "")
    initial = {
        "sort": sort if sort in RequestSort.values else RequestSort.CREDIT.value,
        "micro_credential": request.GET.get("for", ""),
        "badge": queries.badge_named(person, request.GET.get("badge", "")),
        "signature": request.GET.get("signature", ""),
    }
    form = _form(request, person, access.office_asked_by(person), initial)
    if request.method == "POST" and form.is_valid():
        draft = asking.begin(acting_person=person, **_facts(form))
        return _go_on(request, draft, form)
    return _write_page(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One request: where it stands, and while it is written its form."""
    person = person_of(request)
    found = _own(person, ref)
    if found.status not in asking.WRITABLE:
        if request.method == "POST":
            # Somebody sent it in another tab; the verb says so.
            asking.change(request=found, acting_person=person)
        return _stand_page(request, found)
    written = {name: getattr(found, name) for name in asking.FIELDS}
    slug = found.micro_credential.slug if found.micro_credential else ""
    form = _form(request, person, found.office, {**written, "micro_credential": slug})
    if request.method == "POST" and form.is_valid():
        changed = asking.change(request=found, acting_person=person, **_facts(form))
        return _go_on(request, changed, form)
    return _write_page(request, form, found)


@login_required
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    found = _own(person_of(request), ref)
    was_draft = found.status == RequestStatus.DRAFT
    asking.withdraw(request=found, acting_person=person_of(request))
    messages.success(request, "The draft is deleted." if was_draft else f"{ref} is withdrawn.")
    return redirect("recognition:requests")


@login_required
@require_POST
def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """Lay the decision before the state's agency."""
    found, text = _own(person_of(request), ref), request.POST.get("appeal", "")
    try:
        appealing.appeal(request=found, text=text, acting_person=person_of(request))
    except BadInput as wrong:
        return _stand_page(request, found, text=text, error=wrong.fields.get("appeal", wrong.sentence))
    messages.success(request, "Your appeal is with the state’s agency. Its ruling stands here.")
    return redirect("recognition:request", ref=ref)


@login_required
@require_safe
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """The decision as a letter to file."""
    found = queries.request_for(person_of(request), ref)
    if found.status not in {*DECIDED, RequestStatus.APPEALED}:
        raise Http404
    context = {"asked": found, "policy": policy_of(found.office), "open_until": _open_until(found)}
    return render(request, "recognition/requests/letter.html", context)


@login_required
@require_safe
def document(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """A document of a request, for its educator and whoever decides."""
    found = queries.document_for(person_of(request), ref, number)
    return serving.file_response(
        found,
        found.name,
        asked_range=request.headers.get("Range", ""),
        download="download" in request.GET,
    )


@login_required
@require_POST
def remove_document(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    found = queries.document_for(person_of(request), ref, number)
    documents.remove(document=found, acting_person=person_of(request))
    return redirect("recognition:request", ref=ref)


def _go_on(request: HttpRequest, draft: CreditRequest, form: RequestForm) -> HttpResponse:
    """After what was written is kept: take in the document, and send the request if that was asked for."""
    person = person_of(request)
    file = request.FILES.get("file")
    try:
        if file is not None:
            documents.add(request=draft, file=file, acting_person=person)
        if request.POST.get("action") != "send":
            messages.success(request, "Kept. Nobody but you sees it until you send it.")
            return redirect("recognition:request", ref=draft.ref)
        sent = asking.send(request=draft, acting_person=person, answer=request.POST.get("answer", ""))
    except BadInput as wrong:
        return _write_page(request, form, queries.request_for(person, draft.ref), wrong.fields)
    messages.success(request, f"{sent.ref} is sent to {sent.office.name}.")
    return redirect("recognition:request", ref=draft.ref)


def _form(request: HttpRequest, person: Person, office: Organisation | None, initial: dict[str, Any]) -> RequestForm:
    given = request.POST if request.method == "POST" else None
    told = initial if given is None else given
    return RequestForm(
        given,
        initial=initial,
        badges=queries.badges_of(person),
        ahead=queries.versions_offered([told.get("micro_credential", "")]),
        sort=told.get("sort", ""),
        policy=policy_of(office),
        credits=queries.credits_of(person),
        approvals=queries.approvals_of(person),
    )


def _facts(form: RequestForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in asking.FIELDS}


def _write_page(
    request: HttpRequest, form: RequestForm, found: CreditRequest | None, mistakes: dict[str, str] | None = None
) -> HttpResponse:
    further = dict(mistakes or {})
    for name in [name for name in further if name in form.fields]:
        form.add_error(name, further.pop(name))
    words, endings = taking_in.welcome()
    context = {
        "form": form,
        "asked": found,
        "mistakes": further,
        "answer": request.POST.get("answer", ""),
        "welcome": words,
        "endings": endings,
        "most_bytes": documents.MOST_BYTES,
        "practice": practice_in_force(),
        "sorts": RequestSort,
    }
    is_wrong = bool(form.errors or mistakes)
    return render(request, "recognition/requests/write.html", context, status=BAD_INPUT if is_wrong else 200)


def _stand_page(request: HttpRequest, found: CreditRequest, *, text: str = "", error: str = "") -> HttpResponse:
    context = {
        "asked": found,
        "policy": policy_of(found.office),
        "may_appeal": appealing.may_still_be_appealed(found),
        "open_until": _open_until(found),
        "kept_until": letting_go.kept_until(found, found.documents.all()),
        "is_decided": found.status in {*DECIDED, RequestStatus.APPEALED},
        "text": text,
        "error": error,
        "now": timezone.now(),
    }
    return render(request, "recognition/requests/stand.html", context, status=BAD_INPUT if error else 200)


def _open_until(found: CreditRequest) -> Any:
    return appeal_open_until(found, practice_in_force().appeal_open_days)


def _own(person: Person, ref: str) -> CreditRequest:
    found = queries.request_for(person, ref)
    if found.educator_id != person.pk:
        raise NoSuchRequest
    return found
