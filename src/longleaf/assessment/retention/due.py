"""What is due on a day: decided here, for the dry run and for the real one alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

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

    `to_tell`: kinds with the day on which they go; `to_note`: kinds of which nothing is there; `to_go`: what was told
    in time; `held`: what would go, but for the reasons.
    """

    attempt: Attempt
    to_tell: dict[str, date] = field(default_factory=dict)
    to_note: dict[str, date] = field(default_factory=dict)
    to_go: list[LettingGo] = field(default_factory=list)
    held: dict[str, Sequence[Reason]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.to_tell or self.to_note or self.to_go)

    @property
    def tells_anything(self) -> bool:
        return bool(self.to_tell or self.to_go or self.held)


def due_attempts(rules: Rules, *, on: date, after: int = 0) -> Iterator[Due]:
    """Every attempt with something due on a day, by key and after one of them; few are in memory at a time."""
    last = after
    while keys := list(
        _candidates(rules, on).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        last = keys[-1]
        for attempt in attempts_with_clocks().filter(pk__in=keys).order_by("pk"):
            due = due_of(attempt, rules, on=on)
            if due or due.held:
                yield due


def due_of(attempt: Attempt, rules: Rules, *, on: date) -> Due:
    """What is due of one attempt (of `attempts_with_clocks`)."""
    due = Due(attempt)
    noted = list(LettingGo.objects.filter(attempt=attempt).order_by("noted_at"))
    reasons: list[Reason] | None = None
    for rule in rules.of_work:
        clock = clock_of(attempt, rule)
        if clock is None or clock.goes_on is None:
            continue
        row = row_of(noted, clock)
        if row is None:
            _begin(due, rule, clock.goes_on, notice=timedelta(days=rules.notice_days), on=on)
        elif row.gone_at is None and max(row.goes_on, clock.goes_on) <= on and _may_be_taken(attempt, rule):
            if reasons is None:
                reasons = reasons_for([attempt], on=on)[attempt.pk]
            if reasons:
                due.held[rule.kind.code] = reasons
            else:
                due.to_go.append(row)
    return due


def row_of(noted: Sequence[LettingGo], clock: Clock) -> LettingGo | None:
    """What was noted since the clock began; what was noted before belongs to an earlier round."""
    rows = [each for each in noted if each.kind == clock.rule.kind.code and each.noted_at >= clock.since]
    return rows[-1] if rows else None


def due_rows(rule: RowsRule, *, on: date) -> QuerySet:  # type: ignore[type-arg]
    """The rows of a kind whose time is over on a day."""
    assert rule.kind.due is not None, "a kind of rows says which are due"
    return rule.kind.due(_start_of(on - timedelta(days=rule.days)), on)


def _begin(due: Due, rule: WorkRule, goes_on: date, *, notice: timedelta, on: date) -> None:
    if goes_on - notice > on:
        return
    there = rule.kind.there([due.attempt.pk]).get(due.attempt.pk, 0)
    # Whoever is told late still has the whole time of the notice.
    (due.to_tell if there else due.to_note)[rule.kind.code] = max(goes_on, on + notice)


def _may_be_taken(attempt: Attempt, rule: WorkRule) -> bool:
    there = rule.kind.there([attempt.pk]).get(attempt.pk, 0)
    return there > rule.kind.kept_back(attempt) and not rule.kind.waits(attempt)


def _candidates(rules: Rules, on: date) -> QuerySet[Attempt]:
    """Attempts that may have something due; `due_of` decides. Looser by a day, never tighter."""
    wanted = Q(Exists(LettingGo.objects.filter(attempt=OuterRef("pk"), gone_at=None, goes_on__lte=on)))
    for rule in rules.of_work:
        event = EVENTS[rule.counted_from]
        until = _start_of(on + timedelta(days=rules.notice_days - rule.days + 1))
        noted = LettingGo.objects.filter(
            attempt=OuterRef("pk"), kind=rule.kind.code, noted_at__gte=OuterRef(event.column)
        )
        runs = Q(status__in=event.statuses) & Q(**{f"{event.column}__lt": until})
        wanted |= runs & ~Q(Exists(noted))
    return attempts_with_clocks().filter(wanted)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
