"""Who approved other learning, and when: read for many people at once, as `records` reads it for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from longleaf.recognition.models import CreditRequest, OtherCredit


@dataclass(frozen=True, slots=True)
class Asked:
    """When work began for which credit was asked, and when it was approved beforehand; None where it was not."""

    begun_on: date | None
    approved_on: date | None

    def is_approved_before(self, earned_on: date) -> bool:
        return self.approved_on is not None and self.approved_on <= (self.begun_on or earned_on)


def asked_between(first: int, last: int) -> dict[int, Asked]:
    """What came of a request that was approved beforehand, by the key of the credit. One query.

    Of people with keys from `first` through `last`.
    """
    rows = CreditRequest.objects.filter(
        educator__gte=first, educator__lte=last, credit__isnull=False, approved_before__granted_at__isnull=False
    )
    told = rows.values_list("credit", "begins_on", "approved_before__granted_at")
    return {credit: Asked(begun, timezone.localdate(granted)) for credit, begun, granted in told}


def undecided_between(first: int, last: int, *, on: date) -> frozenset[int]:
    """Keys of other learning that was recorded or approved after a day only. One query, and none for a day to come."""
    if on >= timezone.localdate():
        return frozenset()
    after = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    ruled, decided = Q(came_of__ruled_at__isnull=False), Q(came_of__decided_at__isnull=False)
    late = (
        (ruled & decided & Q(came_of__ruled_at__gte=after))
        | (~ruled & decided & Q(came_of__decided_at__gte=after))
        | (~decided & Q(recorded_at__gte=after))
    )
    rows = OtherCredit.objects.filter(late, person__gte=first, person__lte=last)
    return frozenset(rows.values_list("pk", flat=True))
