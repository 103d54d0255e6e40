"""The educator's pages of badges from elsewhere: bring one, see what was found, and ask for its recognition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.awards.verification import reports, visiting
from longleaf.directory.signed_in import person_of
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.kit.errors import BadInput, NotAllowed, WrongState
from longleaf.kit.numbers import number
from longleaf.kit.paging import Page, page_of
from longleaf.recognition.models import ImportedBadge
from longleaf.recognition.portability import access, bringing, queries, sending, verifying_again
from longleaf.recognition.portability.errors import BroughtBefore
from longleaf.recognition.portability.forms import BringForm
from longleaf.recognition.portability.status import ImportStatus
from longleaf.recognition.ruling import practice_in_force

if TYPE_CHECKING:
    from longleaf.directory.models import Person

BAD_INPUT = 422
TYPED = ("explanation", "answer", "new_facts")
KINDS = {"json": "json", "jwt": "jwt", "png": "png", "svg": "svg"}


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in brought from elsewhere."""
    person = _bringer(request)
    page: Page[ImportedBadge] = page_of(queries.brought_by(person), parameters=request.GET, size=20)
    return render(request, "recognition/portability/mine.html", {"page": page, "now": timezone.now()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a badge by its address, as a file or as text; what was found is on its own page then."""
    person = _bringer(request)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    wait, status = None, 200
    if form.is_bound and form.is_valid():
        try:
            return _brought(request, form, person)
        except visiting.MustWait as asked_to:
            wait, status = asked_to, asked_to.status
        except DocumentUnavailable as problem:
            form.add_error("address", f"Nothing could be read there: {problem.reason} Check it, or upload the file.")
        except (BadInput, BroughtBefore) as refusal:
            given = next(name for name in form.fields if form.cleaned_data.get(name))
            form.add_error(given, refusal.sentence)
            status = refusal.http_status
    status = BAD_INPUT if form.errors and status == 200 else status
    response = render(request, "recognition/portability/bring.html", {"form": form, "wait": wait}, status=status)
    if wait:
        response["Retry-After"] = str(wait.seconds)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, ref: str) -> HttpResponse:
    """One badge that was brought: what it is, what was verified, where it stands, and what may be done."""
    imported = queries.own_import(person_of(request), ref)
    if request.method != "POST":
        return _drawn(request, imported)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return redirect("portability:one", ref=ref)
    try:
        messages.success(request, act(imported, request))
    except (BadInput, WrongState) as refusal:
        # Drawn anew, for it may stand elsewhere by now; what was typed is shown with it.
        return _drawn(request, queries.own_import(person_of(request), ref), refusal)
    return redirect("portability:one", ref=ref)


@login_required
@require_safe
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """The very bytes that were brought, for whoever may see the badge."""
    person = person_of(request)
    own = access.imports_of(person).filter(ref=ref)
    imported = own.first() or queries.import_for_recognizer(person, ref)
    response = HttpResponse(bytes(imported.material), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{imported.ref}.{KINDS.get(imported.carrier, "json")}"'
    response["Cache-Control"] = "private, no-store"
    return response


def verified_again(imported: ImportedBadge, person: Person) -> str:
    """Verify the same bytes once more; what came of it as a sentence. Raises `visiting.MustWait`."""
    examined = visiting.examine(
        visitor=f"person:{person.ref}", reader=person, material=bytes(imported.material), address=imported.address
    )
    found = verifying_again.note_verification(imported=imported, examined=examined, acting_person=person)
    if found.status == ImportStatus.REVOKED:
        return "Its issuer has withdrawn this badge, so it does not count."
    return f"Verified again: {reports.shown_from(found.report).title.lower()}."


def _brought(request: HttpRequest, form: BringForm, person: Person) -> HttpResponse:
    examined = visiting.examine(
        visitor=f"person:{person.ref}", reader=person, most_parts=bringing.MOST_AT_ONCE, **form.handed_over
    )
    kept = bringing.bring(examined=examined, acting_person=person)
    if len(kept) == 1:
        return redirect("portability:one", ref=kept[0].ref)
    messages.success(request, f"{number(len(kept), 'badge')} of this learner record are here now. Send each you want.")
    return redirect("portability:mine")


def _bringer(request: HttpRequest) -> Person:
    person = person_of(request)
    if not access.may_bring(person):
        raise NotAllowed("Badges from elsewhere are brought by educators, each their own.")
    return person


def _drawn(request: HttpRequest, imported: ImportedBadge, refusal: BadInput | WrongState | None = None) -> HttpResponse:
    context = {
        "imported": imported,
        "decisions": list(imported.decisions.all()),
        "report": reports.shown_from(imported.report),
        "against": sending.what_speaks_against(imported),
        "within": practice_in_force().import_within,
        "may_be_sent": sending.may_be_sent(imported),
        "typed": {name: request.POST.get(name, "") for name in TYPED},
        "problems": refusal.fields if isinstance(refusal, BadInput) else {},
        "conflict": refusal.sentence if isinstance(refusal, WrongState) else "",
        "now": timezone.now(),
    }
    status = refusal.http_status if refusal else 200
    return render(request, "recognition/portability/one.html", context, status=status)


def _send(imported: ImportedBadge, request: HttpRequest) -> str:
    sent = sending.send(
        imported=imported, explanation=request.POST.get("explanation", ""), acting_person=person_of(request)
    )
    if sent.status == ImportStatus.WAITING:
        return "Sent. A recognizer decides, and you are told here and by mail."
    return "It was decided at once, by a decision that applies to every badge like it. It is explained below."


def _answer(imported: ImportedBadge, request: HttpRequest) -> str:
    sending.answer(imported=imported, text=request.POST.get("answer", ""), acting_person=person_of(request))
    return "Your answer is with the recognizer."


def _ask_again(imported: ImportedBadge, request: HttpRequest) -> str:
    facts = request.POST.get("new_facts", "")
    sending.ask_again(imported=imported, new_facts=facts, acting_person=person_of(request))
    return "Sent once more. Somebody else decides this time."


def _take_back(imported: ImportedBadge, request: HttpRequest) -> str:
    bringing.take_back(imported=imported, acting_person=person_of(request))
    return "Taken back. Nobody decides on it."


def _verify(imported: ImportedBadge, request: HttpRequest) -> str:
    try:
        return verified_again(imported, person_of(request))
    except visiting.MustWait as wait:
        return f"{wait.title} Try again in {number(wait.seconds, 'second')}."


ACTS: dict[str, Callable[[ImportedBadge, HttpRequest], str]] = {
    "send": _send,
    "answer": _answer,
    "again": _ask_again,
    "back": _take_back,
    "verify": _verify,
}
