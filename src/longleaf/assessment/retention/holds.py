"""The verbs of holds: while the state looks into something, the work behind it is kept, until a day that is named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.assessment.errors import HoldIncomplete, NoSuchHold
from longleaf.assessment.events import Event
from longleaf.assessment.models import Attempt, Hold, Submission
from longleaf.assessment.retention.access import holds_for, may_hold
from longleaf.catalog.queries import micro_credential_at
from longleaf.journal.recording import record

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Person

LONGEST_REASON = 1000
# Whatever takes longer is asked for again, with a reason of its own.
LONGEST_DAYS = 365 * 2


@transaction.atomic
def set_hold(*, what: str, reason: str, until: date | None, acting_person: Person) -> Hold:
    """Keep an attempt, or all work on a micro-credential, through a day. `what` is the reference of an attempt or of a
    submission, or what stands in the address of a micro-credential.

    Raises `NoSuchHold` for anybody who may not, and `HoldIncomplete` with a sentence for each field.
    """
    if not may_hold(acting_person):
        raise NoSuchHold
    reason = reason.replace("\x00", "").strip()
    attempt, micro_credential = _named(what.strip())
    wrong = _wrong(found=bool(attempt or micro_credential), reason=reason, until=until)
    if wrong or until is None:
        raise HoldIncomplete("Nothing is held yet. Look at the marked fields.", fields=wrong)
    hold = Hold.objects.create(
        attempt=attempt, micro_credential=micro_credential, reason=reason, until=until, set_by=acting_person
    )
    data = {"on": attempt.ref if attempt else f"micro-credential:{what.strip()}", "until": until.isoformat()}
    # The reason stays with the hold: the journal never forgets.
    record(Event.HOLD_SET, actor=acting_person, subject=f"hold:{hold.ref}", data=data)
    return hold


@transaction.atomic
def end_hold(*, ref: str, acting_person: Person) -> Hold:
    """End a hold before its day. Ending it twice ends it once. Raises `NoSuchHold`."""
    hold = holds_for(acting_person).select_for_update(of=("self",)).filter(ref=ref).first()
    if hold is None:
        raise NoSuchHold
    if hold.ended_at is None:
        hold.ended_at, hold.ended_by = timezone.now(), acting_person
        hold.save(update_fields=["ended_at", "ended_by"])
        record(Event.HOLD_ENDED, actor=acting_person, subject=f"hold:{hold.ref}", data={})
    return hold


def _named(what: str) -> tuple[Attempt | None, MicroCredential | None]:
    submission = Submission.objects.select_related("attempt").filter(ref=what.upper()).first()
    attempt = submission.attempt if submission else Attempt.objects.filter(ref=what.upper()).first()
    return attempt, None if attempt else micro_credential_at(what.lower())


def _wrong(*, found: bool, reason: str, until: date | None) -> dict[str, str]:
    wrong, today = dict[str, str](), timezone.localdate()
    if not found:
        wrong["what"] = (
            "There is no such work. Write the reference of an attempt or a submission, such as ATT-7K3M-9QPD, or the "
            "last part of a micro-credential’s address."
        )
    if not reason:
        wrong["reason"] = "Say why, so that whoever comes after you knows when it may end."
    elif len(reason) > LONGEST_REASON:
        wrong["reason"] = f"Say it in at most {LONGEST_REASON:,} characters; these are {len(reason):,}."
    if until is None:
        wrong["until"] = "Give the day through which it is kept."
    elif not today <= until <= today + timedelta(days=LONGEST_DAYS):
        wrong["until"] = "Choose a day from today on, and at most two years ahead. It can be asked for again."
    return wrong
