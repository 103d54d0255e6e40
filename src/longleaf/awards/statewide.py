"""Reads of everybody's awards at once, in few queries and without a row of their own for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.kit.raw_rows import LocalDays, raw_rows


def awards_between(first: int, last: int, *, days: LocalDays) -> Iterator[tuple[int, int, date]]:
    """What people with keys from `first` through `last` have earned and nobody revoked: earner, version and day.

    Days are those of the installation's time zone. Awards that still wait for their signature count: they were earned.
    The latest of each comes first. One query.
    """
    kept = Award.objects.filter(earner__gte=first, earner__lte=last).exclude(status=AwardStatus.REVOKED)
    day_of = days.of
    for earner, version, moment in raw_rows(
        kept.order_by("earner", "-earned_at", "-pk").values_list("earner", "version", "earned_at")
    ):
        yield earner, version, day_of(moment)


def awards_closely_between(first: int, last: int, *, days: LocalDays) -> Iterator[tuple[int, int, date, str, str]]:
    """The same with the occasion of each, and how it was judged as raw JSON. One query, and many more bytes."""
    kept = Award.objects.filter(earner__gte=first, earner__lte=last).exclude(status=AwardStatus.REVOKED)
    columns = ("earner", "version", "earned_at", "occasion", "finding")
    for earner, version, moment, occasion, finding in raw_rows(
        kept.order_by("earner", "-earned_at", "-pk").values_list(*columns)
    ):
        yield earner, version, days.of(moment), occasion, finding
