"""What is due on a day: decided here, for the dry run and for the real one alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from longleaf.assessment.models import Attempt, LettingGo
from longleaf.assessment.retention.clocks import EVENTS, Clock, attempts_with_clocks, clock_of
from longleaf.assessment.retention.holding_back import Reason, reasons_for
from longleaf.assessment.retention.rules import RowsRule, Rules, WorkRule

AT_ONCE = 200


@dataclass(frozen=True)
class Due:
    """What is to be done with one attempt.

    `to_tell`: kinds with the day on which they go; `to_go`: what was told in time; `held`: what would go, but for the
    reasons.
    """

    attempt: Attempt
    to_tell: dict[str, date] = field(default_factory=dict)
    to_go: list[LettingGo] = field(default_factory=list)
    held: dict[str, Sequence[Reason]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.to_tell or self.to_go)


class Look:
    """What is known of several attempts together, so that many cost as few questions as one."""

    def __init__(self, attempts: Sequence[Attempt], rules: Rules, on: date) -> None:
        self._attempts, self._on = attempts, on
        keys = [each.pk for each in attempts]
        self._there = {rule.kind.code: rule.kind.there(keys) for rule in rules.of_work}
        self._noted: dict[int, list[LettingGo]] = {}
        for row in LettingGo.objects.filter(attempt__in=keys).order_by("told_at"):
            self._noted.setdefault(row.attempt_id, []).append(row)

    def noted(self, attempt: Attempt) -> Sequence[LettingGo]:
        return self._noted.get(attempt.pk, [])

    def there(self, attempt: Attempt, rule: WorkRule) -> int:
        return self._there[rule.kind.code].get(attempt.pk, 0)

    def reasons(self, attempt: Attempt) -> list[Reason]:
        return self._all_reasons[attempt.pk]

    @cached_property
    def _all_reasons(self) -> Mapping[int, list[Reason]]:
        return reasons_for(self._attempts, on=self._on)


def due_attempts(rules: Rules, *, on: date, after: int = 0) -> Iterator[Due]:
    """Every attempt with something due on a day, by key and after one of them; few are in memory at a time."""
    last = after
    candidates = _candidates(rules, on).order_by("pk").values_list("pk", flat=True)
    while keys := list(candidates.filter(pk__gt=last)[:AT_ONCE]):
        last = keys[-1]
        attempts = list(attempts_with_clocks().filter(pk__in=keys).order_by("pk"))
        look = Look(attempts, rules, on)
        for attempt in attempts:
            due = _due(attempt, rules, look, on)
            if due or due.held:
                yield due


def due_of(attempt: Attempt, rules: Rules, *, on: date) -> Due:
    """What is due of one attempt (of `attempts_with_clocks`)."""
    return _due(attempt, rules, Look([attempt], rules, on), on)


def row_of(noted: Sequence[LettingGo], clock: Clock) -> LettingGo | None:
    """What was noted since the clock began; what was told before belongs to an earlier round."""
    rows = [each for each in noted if each.kind == clock.rule.kind.code and each.told_at >= clock.since]
    return rows[-1] if rows else None


def due_rows(rule: RowsRule, *, on: date) -> QuerySet:  # type: ignore[type-arg]
    """The rows of a kind whose time is over on a day."""
    assert rule.kind.due is not None, "a kind of rows says which are due"
    return rule.kind.due(_start_of(on - timedelta(days=rule.days)), on)


def _due(attempt: Attempt, rules: Rules, look: Look, on: date) -> Due:
    due, notice = Due(attempt), timedelta(days=rules.notice_days)
    for rule in rules.of_work:
        clock, there = clock_of(attempt, rule), look.there(attempt, rule)
        if clock is None or clock.goes_on is None or not there:
            continue
        row = row_of(look.noted(attempt), clock)
        if row is None:
            if clock.goes_on - notice <= on:
                # Whoever is told late still has the whole time of the notice.
                due.to_tell[rule.kind.code] = max(clock.goes_on, on + notice)
        elif row.gone_at is None and max(row.goes_on, clock.goes_on) <= on and _may_be_taken(attempt, rule, there):
            if reasons := look.reasons(attempt):
                due.held[rule.kind.code] = reasons
            else:
                due.to_go.append(row)
    return due


def _may_be_taken(attempt: Attempt, rule: WorkRule, there: int) -> bool:
    return there > rule.kind.kept_back(attempt) and not rule.kind.waits(attempt)


def _candidates(rules: Rules, on: date) -> QuerySet[Attempt]:
    """Attempts that may have something due; `due_of` decides. Looser by a day, never tighter."""
    wanted = Q(Exists(LettingGo.objects.filter(attempt=OuterRef("pk"), gone_at=None, goes_on__lte=on)))
    for rule in rules.of_work:
        event = EVENTS[rule.counted_from]
        until = _start_of(on + timedelta(days=rules.notice_days - rule.days + 1))
        noted = LettingGo.objects.filter(
            attempt=OuterRef("pk"), kind=rule.kind.code, told_at__gte=OuterRef(event.column)
        )
        runs = Q(status__in=event.statuses) & Q(**{f"{event.column}__lt": until})
        wanted |= runs & rule.kind.of_attempt() & ~Q(Exists(noted))
    return attempts_with_clocks().filter(wanted)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
