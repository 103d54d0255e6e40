"""Pages of alarms: the list, and one alarm with what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from longleaf.directory.signed_in import person_of
from longleaf.kit.errors import BadInput, WrongState
from longleaf.kit.paging import Page, page_of
from longleaf.quality.monitoring import asking, looking_into, queries, wording
from longleaf.quality.monitoring.access import may_answer, may_handle
from longleaf.quality.monitoring.queries import ALARM_STATES
from longleaf.quality.monitoring.ruling import rules_in_force

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.quality.models import Alarm

# What a form of the page does: its verb, the name of what is written, and what is said afterwards.
ACTS: Mapping[str, tuple[Callable[..., Any], str, str]] = {
    "look": (looking_into.look_into, "found", "What you found is kept with the alarm."),
    "close": (looking_into.close, "found", "The alarm is closed."),
    "ask": (asking.ask, "question", "The officers of the issuer see your question."),
    "answer": (asking.answer, "text", "Your answer is with the agency."),
}


@login_required
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The alarms that somebody may see, in one state."""
    state = request.GET.get("state", "")
    state = state if state in ALARM_STATES else ""
    page: Page[Any] = page_of(queries.alarms_of(person_of(request), state), parameters=request.GET, size=30)
    context = {"page": page, "chosen": state, "states": list(ALARM_STATES.items()), **_words()}
    return render(request, "quality/monitoring/alarms.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def alarm(request: HttpRequest, ref: str) -> HttpResponse:
    """One alarm. An officer of the agency says what was found, asks, closes; one of the issuer answers."""
    person = person_of(request)
    found = queries.alarm_for(person, ref)
    if request.method == "GET":
        return _draw(request, person, found)
    action, written = request.POST.get("action", ""), request.POST.get("written", "")
    if action not in ACTS:
        raise Http404
    act, name, said = ACTS[action]
    try:
        act(alarm=found, acting_person=person, **{name: written})
    except (BadInput, WrongState) as refusal:
        # Drawn anew as it is now, with what was written: somebody may have been faster.
        now = queries.alarm_for(person, ref)
        status = refusal.http_status
        return _draw(request, person, now, action=action, written=written, error=refusal.sentence, status=status)
    messages.success(request, said)
    return redirect("alarms:alarm", ref=found.ref)


def _draw(
    request: HttpRequest,
    person: Person,
    found: Alarm,
    *,
    action: str = "",
    written: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    handles = may_handle(person, found)
    context = {
        "alarm": found,
        "now": queries.alarm_today(found, today=timezone.localdate()) if handles else None,
        "handles": handles,
        "answers": may_answer(person, found),
        "action": action,
        "written": written,
        "error": error,
        **_words(),
    }
    return render(request, "quality/monitoring/alarm.html", context, status=status)


def _words() -> dict[str, Any]:
    return {
        "rules": rules_in_force(),
        "value_of": wording.value_of,
        "threshold_of": wording.threshold_of,
        "value_in_words": wording.value_in_words,
    }
