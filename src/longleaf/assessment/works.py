"""When work began and when it was handed in: read for many people at once, for whoever asks how a badge was earned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from longleaf.assessment.models import Submission
from longleaf.assessment.status import AttemptStatus
from longleaf.kit.raw_rows import LocalDays, raw_rows

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class DaysOfWork:
    """The day on which an attempt was begun, and the one on which the round was handed in that was demonstrated."""

    begun_on: date
    handed_in_on: date


def days_of_work(people: Iterable[int]) -> dict[str, DaysOfWork]:
    """For all that people, by their keys, have demonstrated: its days, by the occasion that its badge names. One query.

    What was judged elsewhere or awarded by a list has no such days.
    """
    return _days_in(_demonstrated().filter(attempt__earner__in=set(people)), LocalDays())


def days_of_work_between(first: int, last: int, *, days: LocalDays) -> dict[str, DaysOfWork]:
    """The same for everybody with a key from `first` through `last`. One query."""
    return _days_in(_demonstrated().filter(attempt__earner__gte=first, attempt__earner__lte=last), days)


def _demonstrated() -> QuerySet[Submission]:
    # An appeal reads a copy of a round; when that was made tells nothing of when the work was handed in.
    handed_in = Submission.objects.filter(reread_of__isnull=True, submitted_at__isnull=False)
    return handed_in.filter(attempt__status=AttemptStatus.DEMONSTRATED)


def _days_in(rounds: QuerySet[Submission], days: LocalDays) -> dict[str, DaysOfWork]:
    columns = ("attempt__ref", "attempt__started_at", "submitted_at")
    # Of several rounds the last stands.
    return {
        f"attempt:{ref}": DaysOfWork(days.of(begun), days.of(handed_in))
        for ref, begun, handed_in in raw_rows(rounds.order_by("attempt", "round").values_list(*columns))
    }
