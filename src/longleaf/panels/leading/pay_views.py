"""Pages of work and pay: everybody's for the lead, one assessor's with their ledger, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.numbers import whole_number
from longleaf.panels.access import may_tell
from longleaf.panels.errors import NotInThePool
from longleaf.panels.leading import paying
from longleaf.panels.leading.forms import PeriodForm
from longleaf.panels.leading.work_file import written
from longleaf.panels.leading.workload import Period, Work, ledger_of, payment_for, pools_read_for, work_in
from longleaf.panels.pool.reading import member_for, pool_led_by

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


@login_required
@require_GET
def workload(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody in a pool did in a period and is owed."""
    pool = pool_led_by(person_of(request), slug)
    form, period = _period(request.GET)
    works = work_in(pool, period) if period else []
    context = {"pool": pool, "form": form, "period": period, "works": works}
    return render(request, "panels/leading/workload.html", context, status=200 if period else 422)


@login_required
@require_GET
def workload_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as CSV."""
    pool = pool_led_by(person_of(request), slug)
    form, period = _period(request.GET)
    if period is None:
        raise BadInput(str(next(iter(form.errors.values()))[0]))
    answer = HttpResponse(written(work_in(pool, period)), content_type="text/csv; charset=utf-8")
    name = f"readings-{pool.slug}-{period.begins}-{period.ends}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_GET
def assessor(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """What one assessor did in a period, what waits to be paid, and their ledger."""
    pool, person = _assessor(request, slug, ref)
    return _draw_assessor(request, pool, person, request.GET)


@login_required
@require_POST
def pay(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Record that what waits in a period was paid."""
    pool, person = _assessor(request, slug, ref)
    _, period = _period(request.POST)
    if period is None:
        return _draw_assessor(request, pool, person, request.POST)
    seen = whole_number(request.POST.get("readings")) or 0
    made = paying.record_payment(
        person=person, pool=pool, period=period, readings=seen, acting_person=person_of(request)
    )
    messages.success(request, f"Recorded as paid: {', '.join(f'{each.amount} {each.currency}' for each in made)}.")
    return redirect(_page_of(pool, person, period))


@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, ref: str, payment: str) -> HttpResponse:
    """Take a payment back that was recorded by mistake."""
    pool, person = _assessor(request, slug, ref)
    found = payment_for(person, pool, payment)
    try:
        paying.take_back(payment=found, reason=request.POST.get("reason", ""), acting_person=person_of(request))
    except BadInput as refusal:
        return _draw_assessor(request, pool, person, QueryDict(), refused=(found.ref, refusal.sentence))
    messages.success(request, "Taken back. Its readings wait to be paid again.")
    return redirect(_page_of(pool, person, Period(found.begins, found.ends)))


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody did themselves in a period, for each pool, and what they were paid."""
    person = person_of(request)
    if not may_tell(person):
        raise NotInThePool
    form, period = _period(request.GET)
    pools = pools_read_for(person) if period else []
    told = [(pool, _of(person, pool, period), list(ledger_of(person, pool))) for pool in pools if period]
    context = {"form": form, "period": period, "told": told}
    return render(request, "panels/leading/my_work.html", context, status=200 if period else 422)


def _draw_assessor(
    request: HttpRequest,
    pool: Organisation,
    person: Person,
    parameters: QueryDict,
    *,
    refused: tuple[str, str] = ("", ""),
) -> HttpResponse:
    form, period = _period(parameters)
    context: dict[str, Any] = {
        "pool": pool,
        "assessor": person,
        "form": form,
        "period": period,
        "work": _of(person, pool, period) if period else Work(person),
        "ledger": list(ledger_of(person, pool)),
        "is_oneself": person.pk == person_of(request).pk,
        "refused": refused,
    }
    return render(request, "panels/leading/assessor.html", context, status=422 if refused[0] or not period else 200)


def _period(parameters: QueryDict) -> tuple[PeriodForm, Period | None]:
    """The period that an address or a form asks for: this month where it asks for none, None where it cannot be."""
    if "begins" not in parameters and "ends" not in parameters:
        usual = Period.this_month(timezone.localdate())
        return PeriodForm(initial={"begins": usual.begins, "ends": usual.ends}), usual
    form = PeriodForm(parameters)
    return form, form.cleaned_data["period"] if form.is_valid() else None


def _of(person: Person, pool: Organisation, period: Period) -> Work:
    return next(iter(work_in(pool, period, of=person)), Work(person))


def _assessor(request: HttpRequest, slug: str, ref: str) -> tuple[Organisation, Person]:
    lead = person_of(request)
    pool = pool_led_by(lead, slug)
    return pool, member_for(lead, pool, ref).assessor.person


def _page_of(pool: Organisation, person: Person, period: Period) -> str:
    page = reverse("leading:assessor", kwargs={"slug": pool.slug, "ref": person.ref})
    return f"{page}?begins={period.begins}&ends={period.ends}"
