"""The kinds of things that go by themselves, each with its clock. Any room names its own in `settings.RETENTION_KINDS`.

A `KindOfWork` belongs to one attempt: its earner is told before it goes, and holds keep it. A `KindOfRows` is what
nobody needs to be told of, such as a reader's notes. A plain `Kind` has a chore of its own that asks only for its days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from longleaf.assessment.models import Attempt


class CountedFrom(StrEnum):
    """The event from which days are counted."""

    LAST_CHANGE = "last_change"
    WITHDRAWAL = "withdrawal"
    DECISION = "decision"
    BADGE_EXPIRY = "badge_expiry"
    HANDING_IN = "handing_in"
    ARRIVAL = "arrival"
    ENTRY = "entry"


# As people read it: "three years after …".
IN_WORDS: Mapping[CountedFrom, str] = {
    CountedFrom.LAST_CHANGE: "your last change",
    CountedFrom.WITHDRAWAL: "you withdrew",
    CountedFrom.DECISION: "the decision",
    CountedFrom.BADGE_EXPIRY: "the end of the badge, or the decision where there is none",
    CountedFrom.HANDING_IN: "handing in",
    CountedFrom.ARRIVAL: "the file arrived",
    CountedFrom.ENTRY: "the list was entered",
}


@dataclass(frozen=True)
class Kind:
    """`days` are ours and hold until a state says its own; the first of `counted_from` is the usual event. No state may
    keep it for less than `least_days`, or than the kind that is named by `as_long_as`."""

    code: str
    title: str
    days: int
    counted_from: Sequence[CountedFrom]
    least_days: int = 1
    as_long_as: str = ""


@dataclass(frozen=True)
class Things:
    """Rows of one table of which there is still something to take, and by what they belong to an attempt."""

    rows: Callable[[], QuerySet[Any]]
    by: str

    def counted(self, attempts: Collection[int]) -> Mapping[int, int]:
        found = self.rows().filter(**{f"{self.by}__in": attempts}).order_by().values_list(self.by)
        return dict(found.annotate(number=Count("pk")))

    def of_attempt(self) -> Q:
        """Whether an attempt has any, as a condition on attempts."""
        return Q(Exists(self.rows().filter(**{self.by: OuterRef("pk")})))


def _nothing(_: Attempt) -> int:
    return 0


def _no(_: Attempt) -> bool:
    return False


@dataclass(frozen=True)
class KindOfWork(Kind):
    """What belongs to an attempt.

    `things`: where it stands. `take_away` takes it away for good, inside a transaction that holds the attempt, and
    tells how much went, by name. `kept_back`: how much of it has to stay for now, such as a file that the earner's
    badge shows. `waits`: whether something else has to go before.
    """

    things: Sequence[Things] = ()
    take_away: Callable[[Attempt, datetime], Mapping[str, int]] = lambda *_: {}
    kept_back: Callable[[Attempt], int] = _nothing
    waits: Callable[[Attempt], bool] = _no

    def there(self, attempts: Collection[int]) -> Mapping[int, int]:
        """How much of it there is, by attempt; those without any may be left out."""
        found: Counter[int] = Counter()
        for each in self.things:
            found.update(each.counted(attempts))
        return found

    def of_attempt(self) -> Q:
        """Whether an attempt has any of it, as a condition on attempts."""
        return reduce(or_, (each.of_attempt() for each in self.things))


@dataclass(frozen=True)
class KindOfRows(Kind):
    """Rows by themselves. `due` are those whose event was before a moment, without those held on a day; `let_go` takes
    some of them, by key, away for good, inside a transaction, and tells how many went."""

    due: Callable[[datetime, date], QuerySet[Any]] | None = None
    let_go: Callable[[Collection[int], datetime], int] = lambda *_: 0


def registered_kinds() -> Sequence[Kind]:
    """Every kind of this installation, in the order of the setting."""
    return [import_string(path) for path in settings.RETENTION_KINDS]
