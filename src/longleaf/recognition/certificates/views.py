"""Pages of certificates: state one, look at it, take it on paper, verify one by its number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from longleaf.catalog import paper
from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.kit.numbers import whole_number
from longleaf.recognition import access
from longleaf.recognition.certificates import stating
from longleaf.recognition.errors import NoSuchCertificate
from longleaf.recognition.licences import holding
from longleaf.recognition.models import CreditCertificate


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """State one's ledger of today as a certificate; those that were stated before."""
    person = person_of(request)
    chosen = holding.licence_chosen(person, whole_number(request.GET.get("licence")), on=timezone.localdate())
    if request.method == "POST":
        return redirect("recognition:certificate", ref=stating.state(acting_person=person, licence=chosen).ref)
    found = access.certificates_of(person).order_by("-stated_at", "-pk")[:20]
    return render(request, "recognition/certificates/mine.html", {"certificates": found, "licence": chosen})


@login_required
@require_safe
def certificate(request: HttpRequest, ref: str) -> HttpResponse:
    """One's own certificate, as a sheet."""
    return render(request, "recognition/certificates/sheet.html", _context(_own(request, ref)))


@login_required
@require_safe
def on_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The same as PDF/UA."""
    found = _own(request, ref)
    try:
        drawn = paper.pdf_of(render_to_string("recognition/certificates/paper.html", _context(found)))
    except paper.PaperNotPossible as missing:
        context = {"certificate": found, "reason": str(missing)}
        return render(request, "recognition/certificates/without_pdf.html", context, status=503)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.ref}.pdf"'
    return response


@require_safe
def verify(request: HttpRequest, ref: str) -> HttpResponse:
    """What was stated under a number, for whoever holds the paper. The number cannot be guessed."""
    found = stating.certificate_numbered(ref)
    context = {**_context(found), "is_unaltered": stating.is_unaltered(found)}
    return render(request, "recognition/certificates/verified.html", context)


def _own(request: HttpRequest, ref: str) -> CreditCertificate:
    found = access.certificates_of(person_of(request)).filter(ref=ref).first()
    if found is None:
        raise NoSuchCertificate
    return found


def _context(found: CreditCertificate) -> dict[str, Any]:
    state = directory.current_state()
    told = found.document
    return {
        "certificate": found,
        "told": {**told, "beside": _beside(told)},
        "start": date.fromisoformat(told["licence"]["cycle_start"]),
        "end": date.fromisoformat(told["licence"]["cycle_end"]),
        "lines": [{**line, "earned_on": date.fromisoformat(line["earned_on"])} for line in told["lines"]],
        "sources": state.sources if state else {},
        "in_state": state,
        "address": f"{settings.PUBLIC_URL}{reverse('recognition:certificate-verify', kwargs={'ref': found.ref})}",
    }


def _beside(told: dict[str, Any]) -> dict[str, Any] | None:
    """What stands beside the credits, with days as days; None in a certificate that tells nothing of it."""
    if "beside" not in told:
        return None
    asked = [
        {**each, "due": date.fromisoformat(each["due"]) if each["due"] else None}
        for each in told["beside"]["obligations"]
    ]
    return {**told["beside"], "obligations": asked}
