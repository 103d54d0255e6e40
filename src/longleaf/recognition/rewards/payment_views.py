"""Pages of payment: what is due, marking it paid by hand or by a file of payroll, and the ledger with reversals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import number as told_number
from longleaf.kit.paging import page_of
from longleaf.kit.spreadsheets import CSV
from longleaf.recognition.rewards import paying, payroll, queries, settling
from longleaf.recognition.rewards.errors import UnusablePayment
from longleaf.recognition.rewards.money import amount_in, dollars
from longleaf.recognition.rewards.office_views import address_of

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

BAD_INPUT = 422
LINES_A_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: HttpRequest) -> HttpResponse:
    """What is due, the longest first; what is ticked is marked as paid."""
    payers, payer = _payer(request)
    settling.see_what_is_earned()
    ticked, given = request.POST.getlist("promise"), request.POST.get("paid_on", "")
    reference, part = request.POST.get("reference", ""), request.POST.get("amount", "")
    errors = dict[str, str]()
    if request.method == "POST":
        try:
            paid = paying.pay_several(
                promises=_ticked(payer, ticked),
                paid_on=_day(given),
                amount=_part(part),
                reference=reference[:80],
                acting_person=person_of(request),
            )
        except BadInput as wrong:
            errors = wrong.fields
        else:
            messages.success(request, f"{told_number(len(paid), 'payment')} recorded.")
            return redirect(address_of("rewards:due", payer))
    context: dict[str, Any] = {
        "payers": payers,
        "payer": payer,
        "page": page_of(queries.due_of(payer), parameters=request.GET, size=LINES_A_PAGE),
        "ticked": ticked,
        "paid_on": given or timezone.localdate().isoformat(),
        "amount": part,
        "reference": reference,
        "errors": errors,
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/due.html", context, status=BAD_INPUT if errors else 200)


@login_required
@require_safe
def due_as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What is due, for payroll."""
    _, payer = _payer(request)
    settling.see_what_is_earned()
    response = StreamingHttpResponse(payroll.due_as_csv(queries.due_of(payer).iterator()), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="rewards-due-{timezone.localdate().isoformat()}.csv"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """A file of what payroll paid: first what would become of each line, then recording it."""
    payers, payer = _payer(request)
    person = person_of(request)
    text, errors, rows = request.POST.get("lines", ""), dict[str, str](), list[payroll.Row]()
    if request.method == "POST":
        try:
            text = _text_of(request) or text
            found = payroll.rows_of(text)
            refs = [row.get("promise", "").upper() for row in found]
            known = {each.ref: each for each in queries.due_named(payer, refs)}
            rows = payroll.checked(
                found, known, queries.standing_payments(known.values()), person, timezone.localdate()
            )
            if request.POST.get("do") == "record":
                paid = _record(rows, request)
                messages.success(request, f"{told_number(paid, 'payment')} recorded.")
                return redirect(address_of("rewards:payments", payer))
        except BadInput as wrong:
            errors = wrong.fields
    context = {
        "payers": payers,
        "payer": payer,
        "lines": text,
        "rows": rows,
        "ready": sum(not row.problem for row in rows),
        "errors": errors,
        "columns": payroll.COLUMNS_IN,
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/take_in.html", context, status=BAD_INPUT if errors else 200)


@login_required
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """The ledger of payments, the newest line first."""
    return _ledger(request)


@login_required
@require_POST
def reverse(request: HttpRequest, number: int) -> HttpResponse:
    _, payer = _payer(request)
    reason = request.POST.get("reason", "")
    try:
        paying.reverse(payment=queries.payment_of(payer, number), reason=reason[:300], acting_person=person_of(request))
    except UnusablePayment as wrong:
        return _ledger(request, errors={number: wrong.fields["reason"]}, status=BAD_INPUT)
    messages.success(request, "The payment is reversed by a line of its own; it is due again.")
    return redirect(address_of("rewards:payments", payer))


def _ledger(request: HttpRequest, *, errors: dict[int, str] | None = None, status: int = 200) -> HttpResponse:
    payers, payer = _payer(request)
    context = {
        "payers": payers,
        "payer": payer,
        "page": page_of(queries.payments_of(payer), parameters=request.GET, size=LINES_A_PAGE),
        "errors": errors or {},
        "dollars": dollars,
    }
    return render(request, "recognition/rewards/payments.html", context, status=status)


def _payer(request: HttpRequest) -> tuple[list[Organisation], Organisation]:
    asked = request.POST.get("unit") or request.GET.get("unit", "")
    return queries.payer_asked(person_of(request), asked)


def _ticked(payer: Organisation, refs: list[str]) -> Any:
    found = queries.due_named(payer, refs)
    if not refs:
        raise UnusablePayment("Tick what was paid.", fields={"promise": "Tick what was paid."})
    if len(found) != len(set(refs)):
        sentence = "Something that you ticked is not due any more. Look at the list again."
        raise UnusablePayment(sentence, fields={"promise": sentence})
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = "Give the day of payment, such as 2027-03-04."
        raise UnusablePayment(sentence, fields={"paid_on": sentence}) from None


def _part(text: str) -> Decimal | None:
    """The part that was paid of each; None where nothing is given, which is all that is left."""
    if not text.strip():
        return None
    amount = amount_in(text)
    if amount is None:
        sentence = "Give an amount in dollars, such as 250, or leave it empty."
        raise UnusablePayment(sentence, fields={"amount": sentence})
    return amount


def _text_of(request: HttpRequest) -> str:
    """The file that was sent, as text; "" without one."""
    sent = request.FILES.get("file")
    if sent is None:
        return ""
    try:
        content: bytes = sent.read(payroll.MOST_CHARACTERS + 1)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        sentence = "The file is not in UTF-8. In your spreadsheet choose “Save as: CSV UTF-8”."
        raise UnusablePayment(sentence, fields={"file": sentence}) from None


def _record(rows: list[payroll.Row], request: HttpRequest) -> int:
    """Record the lines that nothing stands in the way of, all or none."""
    ready = [
        paying.ToPay(row.promise, row.paid_on, row.amount, row.reference)
        for row in rows
        if not row.problem and row.promise and row.paid_on
    ]
    return len(paying.pay_lines(lines=ready, acting_person=person_of(request)))
