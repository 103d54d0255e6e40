"""What apps say of their clocks: who is to be told of what, and on which days. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Due:
    """Something that waits for somebody. `about` is its reference; `says` is told before the day, `late` after it.

    The day is `due`, or so many business days after `since` as the source's `within` says. What is told `at_once` waits
    for no day. Sentences name references only: a mail may be read by others.
    """

    person: int
    about: str
    link: str
    says: str = ""
    late: str = ""
    due: date | None = None
    since: date | None = None
    at_once: bool = False


@dataclass(frozen=True)
class Source:
    """One kind of reminder. `days` are business days from the day that it is due on: -1 is one before, 0 the day
    itself, 1 the first after it. `within` is for what has no promised day of its own. A state may set both otherwise.
    """

    kind: str
    gather: Callable[[datetime], Iterable[Due]]
    days: tuple[int, ...] = (0,)
    within: int | None = None


def sources() -> Mapping[str, Source]:
    """Every kind that `settings.REMINDERS` names, by its code."""
    found = [source for path in settings.REMINDERS for source in import_string(path)]
    return {source.kind: source for source in found}
