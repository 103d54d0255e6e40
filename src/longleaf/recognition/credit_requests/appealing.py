"""The verbs of an appeal: once, by the educator, to an officer of the state's agency. Locks as `deciding`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.kit.words import plain_line_ends
from longleaf.recognition import access, recording
from longleaf.recognition.credit_requests.deciding import (
    add_category,
    asked_grant,
    carry_over,
    credit_facts,
    write_grant,
)
from longleaf.recognition.credit_requests.holding import appeal_open_until, due_in, hold, require_may_become, tell
from longleaf.recognition.credit_requests.soundness import Grant, mistake_of_text
from longleaf.recognition.errors import AppealOver, NoSuchRequest, UnusableDecision, UnusableRequest
from longleaf.recognition.events import Event
from longleaf.recognition.models import CreditRequest
from longleaf.recognition.ruling import practice_in_force
from longleaf.recognition.status import REQUEST_MOVES, RequestSort, RequestStatus

if TYPE_CHECKING:
    from longleaf.directory.models import Person


def may_still_be_appealed(request: CreditRequest) -> bool:
    """Whether a decision gave less than was asked, and the time to appeal is not over."""
    if RequestStatus.APPEALED not in REQUEST_MOVES[RequestStatus(request.status)]:
        return False
    if request.status == RequestStatus.APPROVED and request.is_as_asked:
        return False
    until = appeal_open_until(request, practice_in_force().appeal_open_days)
    return until is not None and timezone.localdate() <= until


@transaction.atomic
def appeal(*, request: CreditRequest, text: str, acting_person: Person) -> CreditRequest:
    """Lay a decision before the state's agency. Raises `AppealOver`, and `UnusableRequest` for nothing said."""
    held = hold(request)
    if held.educator_id != acting_person.pk:
        raise NoSuchRequest
    require_may_become(held, RequestStatus.APPEALED)
    if not may_still_be_appealed(held):
        raise AppealOver("Everything that was asked for was approved, or the time to appeal is over.")
    if mistake := mistake_of_text(text, "Say what the decision overlooks."):
        raise UnusableRequest("Something is still to be said.", fields={"appeal": mistake})
    held.status, held.appeal, held.appealed_at = RequestStatus.APPEALED, plain_line_ends(text.strip()), timezone.now()
    held.due_on = due_in(practice_in_force().appeal_within)
    held.save(update_fields=["status", "appeal", "appealed_at", "due_on"])
    tell(Event.REQUEST_APPEALED, held, actor=acting_person, due=held.due_on.isoformat())
    return held


@transaction.atomic
def rule(
    *, request: CreditRequest, is_granted: bool, ruling: str, acting_person: Person, grant: Grant | None = None
) -> CreditRequest:
    """Grant what was appealed, as asked unless `grant` says otherwise, or uphold the decision. That ends it.

    Raises `NoSuchRequest` for whoever may not rule, and `UnusableDecision`.
    """
    held = hold(request)
    if not access.may_rule(acting_person, held):
        raise NoSuchRequest
    new = RequestStatus.GRANTED if is_granted else RequestStatus.UPHELD
    require_may_become(held, new)
    if mistake := mistake_of_text(ruling, "Say why; the educator and the office read it."):
        raise UnusableDecision("Something is still to be said.", fields={"reason": mistake})
    if is_granted:
        write_grant(held, grant or asked_grant(held))
        _carry_out(held, ruling, acting_person)
    held.status, held.ruling = new, plain_line_ends(ruling.strip())
    held.ruled_at, held.ruled_by = timezone.now(), acting_person
    held.save()
    tell(Event.REQUEST_RULED, held, actor=acting_person, granted=is_granted, educator=held.educator.ref)
    return held


def _carry_out(held: CreditRequest, ruling: str, person: Person) -> None:
    if held.sort == RequestSort.CATEGORY:
        add_category(held, ruling, person)
    elif held.sort == RequestSort.CARRIED_OVER and held.about is not None:
        carry_over(held, ruling, person)
    elif held.records_credit and held.credit is not None:
        recording.amend_credit(
            credit=held.credit,
            kind=held.granted_kind,
            amount=held.granted_amount,
            further_category=held.granted_category,
            counted_before=held.granted_counted_before,
            office=held.office,
            reason=ruling,
            acting_person=person,
        )
    elif held.records_credit:
        held.credit = recording.record_on_appeal(acting_person=person, **credit_facts(held))
