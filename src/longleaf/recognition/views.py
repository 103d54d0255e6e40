"""The ledger of an educator, and what it would say if something further were earned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from longleaf.directory import queries as directory
from longleaf.directory.signed_in import person_of
from longleaf.engines import policy as engine
from longleaf.kit.errors import NotAllowed
from longleaf.kit.numbers import whole_number
from longleaf.recognition import access, ledgers, records, what_if
from longleaf.recognition.beside import beside, rules_beside
from longleaf.recognition.licences import holding
from longleaf.recognition.licences.showing import shown_of
from longleaf.recognition.local_rules import setting
from longleaf.recognition.roster.lines import Spent, spent_by_year
from longleaf.recognition.ruling import practice_in_force

if TYPE_CHECKING:
    from longleaf.directory.models import Person


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Where the person who is signed in stands in the current cycle; `?licence=` names another of their licences."""
    return _ledger_page(request, person_of(request))


@login_required
@require_safe
def ledger_of(request: HttpRequest, ref: str) -> HttpResponse:
    """Where an educator stands, for the licensure office of the educator's school unit."""
    educator = access.educators_seen_by(person_of(request)).filter(ref=ref).first()
    if educator is None:
        raise NotAllowed("There is no educator of your school unit at this address.", hidden=True)
    return _ledger_page(request, educator)


@login_required
@require_safe
def if_earned(request: HttpRequest) -> HttpResponse:
    """What the own ledger would say if some micro-credentials were earned. The address holds what was chosen."""
    on, words = _day_asked(request), request.GET.get("q", "")[:100].strip()
    person = person_of(request)
    chosen = holding.licence_chosen(person, whole_number(request.GET.get("licence")), on=on)
    found = what_if.if_earned(person, request.GET.getlist("add"), words=words, on=on, licence=chosen)
    context = {"whatif": found, "asked": words, "on": on, "most": what_if.MOST_CHOSEN, "licence": chosen}
    return render(request, "recognition/what_if.html", context)


def _ledger_page(request: HttpRequest, educator: Person) -> HttpResponse:
    on = _day_asked(request)
    chosen = holding.licence_chosen(educator, whole_number(request.GET.get("licence")), on=on)
    standing = ledgers.standing_of(educator, on=on, licence=chosen)
    held = [each for each in holding.licences_held(educator) if not each.has_ended(on)]
    rules = list(ledgers.rules_named(standing.ledger)) if standing.ledger else []
    state = directory.current_state()
    page = {
        "educator": educator,
        "own": educator == request.user,
        "standing": standing,
        "chosen": f"?licence={chosen.pk}" if chosen else "",
        "licences": shown_of(held, standing.policy, on=on),
        "ledger": standing.ledger,
        "rules": rules,
        "beside": beside(standing.ledger),
        "to_decide": _to_decide(standing),
        "signatures": engine.signatures_in(standing.policy) if standing.policy else {},
        "rules_beside": {rule.id: rule for rule in rules_beside(standing.ledger)}.values() if standing.ledger else [],
        "local": setting.standing_beside(educator, standing, on=on),
        "spent": _spent(standing),
        "under_plan": {id for line in standing.ledger.plans for id in line.credit_ids} if standing.ledger else set(),
        "on": on,
        "sources": state.sources if state else {},
    }
    return render(request, "recognition/ledger.html", page)


def _to_decide(standing: ledgers.Standing) -> dict[str, UUID]:
    """The badges of lines that count for nothing, by the line's id: their school unit may be asked about them."""
    lines = standing.ledger.lines if standing.ledger else ()
    badges = {line.credit_id: records.badge_of(line.credit_id) for line in lines if line.category is None}
    return {credit_id: badge for credit_id, badge in badges.items() if badge is not None}


def _spent(standing: ledgers.Standing) -> Spent:
    """What counts, by what it rests on: time, or competency."""
    if standing.ledger is None:
        return Spent()
    by_year = spent_by_year(standing.ledger, competency_kinds=practice_in_force().competency_kinds)
    return sum(by_year.values(), Spent())


def _day_asked(request: HttpRequest) -> date:
    """The day of the ledger: today, or the day that `?on=` asks for."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
