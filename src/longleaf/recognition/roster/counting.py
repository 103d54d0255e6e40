"""The chore that counts each school unit once a day, so that a state is told numbers without reckoning everybody."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.recognition.models import UnitCount
from longleaf.recognition.roster import queries

# One round of work is not held up by more than so many.
UNITS_A_ROUND = 10


def count_units() -> int:
    """Count school units that were not counted today. Returns how many."""
    today = timezone.localdate()
    _take_up_new_units()
    due = UnitCount.objects.filter(_not_yet(today)).order_by("counted_on", "pk")
    return sum(_count(each, today) for each in due[:UNITS_A_ROUND])


def _count(held: UnitCount, today: date) -> bool:
    # Claimed before it is reckoned: two workers never count the same unit.
    if not UnitCount.objects.filter(_not_yet(today), pk=held.pk).update(counted_on=today):
        return False
    found = queries.gathered([held.organisation_id], today)
    held.standings = {standing.value: number for standing, number in found.standings.items()}
    held.years = {
        str(year): {"time": str(spent.time), "competency": str(spent.competency)} for year, spent in found.years.items()
    }
    held.save(update_fields=["standings", "years"])
    return True


def _take_up_new_units() -> None:
    new = directory.employers().filter(renewal_count__isnull=True).values_list("pk", flat=True)
    UnitCount.objects.bulk_create([UnitCount(organisation_id=pk) for pk in new], ignore_conflicts=True)


def _not_yet(today: date) -> Q:
    return Q(counted_on__isnull=True) | Q(counted_on__lt=today)
