"""Reads of everybody's awards at once, in few queries and without a row of their own for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from longleaf.awards.models import Award
from longleaf.awards.status import AwardStatus
from longleaf.kit.raw_rows import LocalDays, raw_rows


def awards_between(
    first: int, last: int, *, days: LocalDays, further: Sequence[str] = ()
) -> Iterator[tuple[int, int, date, tuple[Any, ...]]]:
    """What people with keys from `first` through `last` have earned and nobody revoked: earner, version and day.

    `further` names what else is told of each, as the driver gives it: its key (`pk`), its `occasion`, its `finding`.

    Days are those of the installation's time zone. Awards that still wait for their signature count: they were earned.
    The latest of each comes first. One query.
    """
    kept = Award.objects.filter(earner__gte=first, earner__lte=last).exclude(status=AwardStatus.REVOKED)
    day_of = days.of
    columns = ("earner", "version", "earned_at", *further)
    for earner, version, moment, *told in raw_rows(kept.order_by("earner", "-earned_at", "-pk").values_list(*columns)):
        yield earner, version, day_of(moment), tuple(told)
