"""The verb of employers on value: say what a micro-credential is worth, where the state leaves that to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.recognition import access
from longleaf.recognition.errors import NotYoursToRecord, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.models import LocalValue

if TYPE_CHECKING:
    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation, Person

MOST_CREDITS = Decimal(20)


@transaction.atomic
def set_value(
    *,
    organisation: Organisation,
    acting_person: Person,
    reason: str,
    credits: Decimal | None = None,
    credits_per_effort_hour: Decimal | None = None,
    micro_credential: MicroCredential | None = None,
    valid_from: date | None = None,
) -> LocalValue:
    """Set the school unit's value for one micro-credential, or its general rule when none is named.

    Give either a fixed number of `credits` or `credits_per_effort_hour`. The value holds for what is earned from
    `valid_from` (today unless told); the value before it ends the day before. Nothing earned under it changes.
    """
    if not access.may_set_values(acting_person, organisation):
        raise NotYoursToRecord("Only a professional learning officer of this school unit sets its values.")
    _require_one_sound_value(credits, credits_per_effort_hour, reason)
    starts = valid_from or timezone.localdate()
    _end_earlier(organisation, micro_credential, starts)
    value = LocalValue.objects.create(
        organisation=organisation,
        micro_credential=micro_credential,
        credits=credits,
        credits_per_effort_hour=credits_per_effort_hour,
        valid_from=starts,
        reason=reason,
        decided_by=acting_person,
    )
    data = {
        "micro_credential": micro_credential.slug if micro_credential else "all",
        "credits": str(credits) if credits is not None else None,
        "credits_per_effort_hour": str(credits_per_effort_hour) if credits_per_effort_hour is not None else None,
        "valid_from": starts.isoformat(),
        "reason": reason,
    }
    record(Event.VALUE_SET, actor=acting_person, subject=f"organisation:{organisation.code}", data=data)
    return value


def _require_one_sound_value(fixed: Decimal | None, by_hour: Decimal | None, reason: str) -> None:
    fields = {}
    if (fixed is None) == (by_hour is None):
        fields["credits"] = "Give either a fixed number of credits or credits for each hour of effort."
    elif not 0 <= (fixed if fixed is not None else by_hour or Decimal(0)) <= MOST_CREDITS:
        fields["credits"] = f"Give a number from 0 to {MOST_CREDITS}."
    if not reason.strip():
        fields["reason"] = "Say in a sentence why; it is shown on every ledger that this value touches."
    if fields:
        raise UnusableValue("This value cannot be used.", fields=fields)


def _end_earlier(organisation: Organisation, micro_credential: MicroCredential | None, starts: date) -> None:
    earlier = LocalValue.objects.select_for_update().filter(
        organisation=organisation, micro_credential=micro_credential, valid_until=None
    )
    # A value that would end before it began never held: it is replaced as if it had been mistyped.
    earlier.filter(valid_from__gte=starts).delete()
    earlier.filter(valid_from__lt=starts).update(valid_until=starts - timedelta(days=1))
