"""Which day of a reminder has come: plain, so that it can be read and tested without a clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from longleaf.kit.dates import business_day_moved
from longleaf.reminders.sources import Due, Source

# What lies further off is a slip of the hand.
FURTHEST = 60
MOST_DAYS = 8


@dataclass(frozen=True)
class Told:
    """What is to be told now: the day that it is due on, and the stated day that has come, as `Source.days` counts."""

    due_on: date
    day: int
    says: str


def told_now(due: Due, source: Source, *, today: date, holidays: Collection[date]) -> Told | None:
    """What is to be told of something today, or None while none of its days has come."""
    due_on = _due_on(due, source, holidays)
    if due.at_once:
        return Told(due_on, 0, due.late or due.says)
    come = [each for each in source.days if business_day_moved(due_on, each, holidays) <= today]
    if not come:
        return None
    says = due.late if due_on < today else due.says
    return Told(due_on, max(come), says) if says else None


def _due_on(due: Due, source: Source, holidays: Collection[date]) -> date:
    if due.due is not None:
        return due.due
    assert due.since is not None, "something is due on a day, or so many days after one"
    return business_day_moved(due.since, source.within or 0, holidays)


def with_the_days_of(source: Source, document: Mapping[str, Any]) -> Source:
    """The source with what a state sets otherwise."""
    told = document.get(source.kind, {})
    return replace(source, days=tuple(told.get("days", source.days)), within=told.get("within", source.within))


def mistakes_in(document: Mapping[str, Any], known: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """For everything in a document that cannot be, its kind and a sentence."""
    for kind, told in document.items():
        if kind not in known:
            yield kind, f"“{kind}” is no kind of reminder. The kinds are: {', '.join(sorted(known))}."
            continue
        days, within = told.get("days", known[kind].days), told.get("within")
        if unknown := sorted(set(told) - {"days", "within"}):
            yield kind, f"“{unknown[0]}” is nothing that can be set. Give `days`, or `within`."
        if not _are_days(days):
            yield kind, f"`days` is a list of at most {MOST_DAYS} whole numbers from -{FURTHEST} to {FURTHEST}."
        if within is not None and known[kind].within is None:
            yield kind, "This has a promised day of its own, so `within` has no place here."
        elif within is not None and not (_is_whole(within) and 0 <= within <= FURTHEST):
            yield kind, f"`within` is a whole number of business days from 0 to {FURTHEST}."


def _are_days(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) > MOST_DAYS:
        return False
    return all(_is_whole(each) and -FURTHEST <= each <= FURTHEST for each in value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
