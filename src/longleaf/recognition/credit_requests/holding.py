"""Taking hold of a request to change it: the row is locked, rights and state are asked, the journal names it alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines import policy as engine
from longleaf.journal import recording as journal
from longleaf.kit.dates import business_day_moved
from longleaf.kit.status import require_move
from longleaf.recognition import overlays
from longleaf.recognition.errors import NoPolicy
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.status import REQUEST_MOVES, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation, Person


def hold(request: CreditRequest) -> CreditRequest:
    """The request as it is now, locked until the transaction ends."""
    held = CreditRequest.objects.select_for_update(of=("self",))
    return held.select_related("educator", "office", "about", "credit").get(pk=request.pk)


def require_may_become(request: CreditRequest, new: RequestStatus) -> None:
    """Raise `WrongState` unless the request may become this."""
    require_move(REQUEST_MOVES, RequestStatus(request.status), new, what=f"The request {request.ref}")


def policy_in_force(office: Organisation) -> engine.Policy:
    """The renewal policy with what a unit lays over it today. Raises `NoPolicy` where none is loaded."""
    policy = policy_of(office)
    if policy is None:
        raise NoPolicy("This state has not published a renewal policy here yet, so nothing can be asked for.")
    return policy


def policy_of(office: Organisation | None) -> engine.Policy | None:
    """The renewal policy with what a unit lays over it today, if it does; None where none is loaded."""
    return overlays.policy_for(office, timezone.localdate())


def due_in(business_days: int) -> date:
    """The day that lies so many business days from today, by the calendar of the state."""
    holidays = directory.business_calendar().holidays
    return business_day_moved(timezone.localdate(), business_days, holidays)


def appeal_open_until(request: CreditRequest, days: int) -> date | None:
    """The last day on which a decision may be appealed; None before there is one."""
    return timezone.localdate(request.decided_at) + timedelta(days=days) if request.decided_at else None


def tell(event: Event, request: CreditRequest, *, actor: Person | None, **data: Any) -> None:
    """The line of the journal about a request."""
    told = {"office": request.office.code, "sort": request.sort, **data}
    journal.record(event, actor=actor, subject=f"credit-request:{request.ref}", data=told)
