"""The verb of employers on value: say what a micro-credential is worth, where the state leaves that to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from longleaf.journal.recording import record
from longleaf.recognition import access
from longleaf.recognition.errors import NotYoursToRecord, UnusableValue
from longleaf.recognition.events import Event
from longleaf.recognition.models import LocalValue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.catalog.models import MicroCredential
    from longleaf.directory.models import Organisation, Person

MOST_CREDITS = Decimal(20)
# As many places as the database keeps of each sort: more would be rounded away without a word.
PLACES_OF_CREDITS, PLACES_BY_HOUR = 2, 4


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
    `valid_from` (today unless told); the value before it ends the day before, and it ends itself before one that was
    set for a later day. Nothing earned under a value changes, so only a first one may reach back. Raises
    `NotYoursToRecord`, and `UnusableValue` with a sentence at its field.
    """
    if not access.may_set_values(acting_person, organisation):
        raise NotYoursToRecord("Only a professional learning officer of this school unit sets its values.")
    _require_one_sound_value(credits, credits_per_effort_hour, reason)
    starts = valid_from or timezone.localdate()
    _require_nothing_earned_changes(organisation, micro_credential, starts)
    ends = _make_room(organisation, micro_credential, starts)
    value = LocalValue.objects.create(
        organisation=organisation,
        micro_credential=micro_credential,
        credits=credits,
        credits_per_effort_hour=credits_per_effort_hour,
        valid_from=starts,
        valid_until=ends,
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
    if mistake := _mistake_of(fixed, by_hour):
        fields["credits"] = mistake
    if not reason.strip():
        fields["reason"] = "Say in a sentence why; it is shown on every ledger that this value touches."
    if fields:
        raise UnusableValue("This value cannot be used.", fields=fields)


def _mistake_of(fixed: Decimal | None, by_hour: Decimal | None) -> str:
    if (fixed is None) == (by_hour is None):
        return "Give either a fixed number of credits or credits for each hour of effort."
    number, places = (fixed, PLACES_OF_CREDITS) if fixed is not None else (by_hour or Decimal(0), PLACES_BY_HOUR)
    if not 0 <= number <= MOST_CREDITS:
        return f"Give a number from 0 to {MOST_CREDITS}."
    if number != round(number, places):
        return f"Give a number with at most {places} places after the point."
    return ""


def _require_nothing_earned_changes(
    organisation: Organisation, micro_credential: MicroCredential | None, starts: date
) -> None:
    """A value may reach back only to days on which none held: neither one of its own nor the general rule."""
    today = timezone.localdate()
    held = _values_until(organisation, starts).filter(
        Q(micro_credential=micro_credential) | Q(micro_credential=None), valid_from__lt=today
    )
    if starts < today and held.exists():
        sentence = f"What was earned under the value set before keeps it. Choose {today:%B %-d, %Y} or a later day."
        raise UnusableValue("This value cannot be used.", fields={"valid_from": sentence})


def _make_room(organisation: Organisation, micro_credential: MicroCredential | None, starts: date) -> date | None:
    """End what held before a day. Returns the last day of a value that begins then, where another is set for later."""
    held = _values_until(organisation, starts).select_for_update().filter(micro_credential=micro_credential)
    # A value that would end on the day on which it began never held: it is replaced as if it had been mistyped.
    held.filter(valid_from=starts).delete()
    if starts > date.min:
        held.filter(valid_from__lt=starts).update(valid_until=starts - timedelta(days=1))
    later = held.filter(valid_from__gt=starts).order_by("valid_from").values_list("valid_from", flat=True).first()
    return later - timedelta(days=1) if later else None


def _values_until(organisation: Organisation, day: date) -> QuerySet[LocalValue]:
    """The values of a school unit that hold on a day or after it."""
    return LocalValue.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), organisation=organisation)
