"""The pages of whoever leads a pool: its members, one member, and who may read for a panel that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput
from longleaf.kit.paging import Page, page_of
from longleaf.panels.errors import NotInThePool
from longleaf.panels.pool import confirming, leading, reading
from longleaf.panels.pool.forms import InviteForm
from longleaf.panels.pool.queries import rules_of

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

MEMBERS_ON_A_PAGE = 50
PANELS_SHOWN = 30


@login_required
@require_GET
def lead(request: HttpRequest) -> HttpResponse:
    """The one pool that somebody leads, or the choice among several."""
    pools = list(reading.pools_led_by(person_of(request)))
    if not pools:
        raise NotInThePool
    if len(pools) == 1:
        return redirect("pool:members", slug=pools[0].slug)
    return render(request, "panels/pool/pools.html", {"pools": pools})


@login_required
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody in a pool with load, capacity, absences and certificates; a form that invites."""
    pool = reading.pool_led_by(person_of(request), slug)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leading.invite(pool=pool, address=form.cleaned_data["address"], acting_person=person_of(request))
        except BadInput as refusal:
            form.add_error("address", refusal.sentence)
        else:
            messages.success(request, "Invited. They are written to, and decide themselves.")
            return redirect("pool:members", slug=slug)
    return _draw_members(request, pool, form)


@login_required
@require_GET
def member(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One member, with the conflicts that they declared and why."""
    person = person_of(request)
    pool = reading.pool_led_by(person, slug)
    found = reading.member_for(person, pool, ref)
    (row,) = reading.rows_of([found], pool, now=timezone.now())
    is_own = found.assessor_id == person.pk
    context = {"pool": pool, "row": row, "conflicts": reading.conflicts_of(found), "is_own": is_own}
    return render(request, "panels/pool/member.html", context | {"rules": rules_of(pool.pk)})


@login_required
@require_POST
def set_status(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Pause a member, or let them go on."""
    person = person_of(request)
    found = reading.member_for(person, reading.pool_led_by(person, slug), ref)
    if request.POST.get("action") == "resume":
        leading.resume(member=found, acting_person=person)
        messages.success(request, "They are asked again.")
    else:
        leading.pause(member=found, acting_person=person)
        messages.success(request, "Nothing new is offered to them until you end the pause.")
    return redirect("pool:member", slug=slug, ref=ref)


@login_required
@require_POST
def confirm(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Confirm what a member says they know about. Saved as ticked: what is not ticked is not confirmed any more."""
    person = person_of(request)
    found = reading.member_for(person, reading.pool_led_by(person, slug), ref)
    confirming.confirm(member=found, codes=request.POST.getlist("confirmed"), acting_person=person)
    messages.success(request, "It is saved what you confirm.")
    return redirect("pool:member", slug=slug, ref=ref)


@login_required
@require_GET
def panel(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Who may be asked for a panel, and by which rule the others are kept out."""
    person = person_of(request)
    pool = reading.pool_led_by(person, slug)
    found = reading.panel_in(person, pool, ref)
    free, kept_out = reading.who_reads_and_who_cannot(found, now=timezone.now())
    context = {"pool": pool, "panel": found, "free": free, "kept_out": kept_out}
    return render(request, "panels/pool/panel.html", context)


def _draw_members(request: HttpRequest, pool: Organisation, form: InviteForm) -> HttpResponse:
    now = timezone.now()
    page: Page[Any] = page_of(reading.members_of(pool), parameters=request.GET, size=MEMBERS_ON_A_PAGE)
    context = {
        "pool": pool,
        "counts": reading.counts_in(pool),
        "page": page,
        "rows": reading.rows_of(page.rows, pool, now=now),
        "short": list(reading.short_panels_in(person_of(request), pool)[:PANELS_SHOWN]),
        "rules": rules_of(pool.pk),
        "form": form,
        "now": now,
    }
    return render(request, "panels/pool/members.html", context, status=422 if form.errors else 200)
