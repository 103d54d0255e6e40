"""The verbs of letting go: tell the earner, take away for good, one day after the other.

Each attempt is its own transaction, in which it is locked and looked at anew, so that any number of workers and a run
that was cut off in the middle do each thing once. A line of the journal says what kind and how many, never what it was.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from smtplib import SMTPException

from django.db import transaction

from longleaf.assessment.events import Event
from longleaf.assessment.models import Attempt, LettingGo
from longleaf.assessment.retention.clearing import clear_leftovers
from longleaf.assessment.retention.clocks import attempts_with_clocks
from longleaf.assessment.retention.due import Due, due_attempts, due_of, due_rows
from longleaf.assessment.retention.mailing import send_notice
from longleaf.assessment.retention.rules import RowsRule, Rules, present_rules
from longleaf.journal.recording import record

logger = logging.getLogger(__name__)

AT_ONCE = 200
# Of a command, which runs until it is done.
MOST_AT_ONCE = 10**9


@dataclass(frozen=True)
class Done:
    """How many attempts were told of, from how many something went, and how many rows by kind; `reached` is 0 where
    nothing is left to do."""

    told: int
    let_go: int
    rows: Mapping[str, int]
    reached: int = 0

    @property
    def number(self) -> int:
        return self.told + self.let_go + sum(self.rows.values())


def let_go(*, on: date, now: datetime, after: int = 0, most: int = MOST_AT_ONCE) -> Done:
    """Tell of what will go; take away for good what was told in time and nothing holds, and rows whose time is over.

    Doing it twice on a day does it once. A letter that cannot be sent is tried again the next day: nothing goes untold.
    After `most` attempts it stops and says which it `reached`; whoever asks again goes on `after` that.
    """
    rules, told, gone, tried, last = present_rules(), 0, 0, 0, 0
    clear_leftovers()
    for due in due_attempts(rules, on=on, after=after):
        if not due:
            continue
        if tried >= most:
            return Done(told, gone, {}, reached=last)
        done, last, tried = _carry_out(due.attempt, rules, on=on, now=now), due.attempt.pk, tried + 1
        told, gone = told + bool(done.to_tell), gone + bool(done.to_go)
    rows = {rule.kind.code: number for rule in rules.of_rows if (number := _let_rows_go(rule, on=on, now=now))}
    return Done(told, gone, rows)


def _carry_out(attempt: Attempt, rules: Rules, *, on: date, now: datetime) -> Due:
    """Do what is due of one attempt. Returns what was done."""
    due = due_of(attempts_with_clocks().get(pk=attempt.pk), rules, on=on)
    if due.to_tell:
        # Before anything is locked: a slow mail server keeps nobody from deciding.
        try:
            send_notice(due, rules)
        except (SMTPException, OSError):
            logger.exception("The letter on %s could not be sent; nothing of it goes untold.", attempt.ref)
            due = replace(due, to_tell={})
    return _do(due, rules, on=on, now=now)


@transaction.atomic
def _do(told: Due, rules: Rules, *, on: date, now: datetime) -> Due:
    Attempt.objects.select_for_update(of=("self",)).get(pk=told.attempt.pk)
    due = due_of(attempts_with_clocks().get(pk=told.attempt.pk), rules, on=on)
    # What came due between the letter and the lock is told of the next day.
    due = replace(due, to_tell={kind: day for kind, day in due.to_tell.items() if kind in told.to_tell})
    _note(due, now)
    if due.to_tell:
        data = {"kinds": {kind: day.isoformat() for kind, day in due.to_tell.items()}}
        record(Event.RETENTION_TOLD, actor=None, subject=f"attempt:{due.attempt.ref}", data=data)
    _take_away(due, rules, now)
    return due


def _note(due: Due, now: datetime) -> None:
    LettingGo.objects.bulk_create(
        [LettingGo(attempt=due.attempt, kind=kind, told_at=now, goes_on=day) for kind, day in due.to_tell.items()]
    )


def _take_away(due: Due, rules: Rules, now: datetime) -> None:
    kinds = {rule.kind.code: rule.kind for rule in rules.of_work}
    for row in due.to_go:
        kind = kinds[row.kind]
        taken = kind.take_away(due.attempt, now)
        data = {"kind": kind.code, "taken": dict(taken)}
        record(Event.RETENTION_LET_GO, actor=None, subject=f"attempt:{due.attempt.ref}", data=data)
        if not kind.kept_back(due.attempt):
            row.gone_at = now
            row.save(update_fields=["gone_at"])


def _let_rows_go(rule: RowsRule, *, on: date, now: datetime) -> int:
    done = 0
    while keys := list(due_rows(rule, on=on).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        went = _let_some_go(rule, keys, now)
        done += went
        if not went:
            # Whoever holds them has them; the next night asks again.
            break
    return done


@transaction.atomic
def _let_some_go(rule: RowsRule, keys: list[int], now: datetime) -> int:
    went = rule.kind.let_go(keys, now)
    if went:
        data = {"kind": rule.kind.code, "number": went}
        record(Event.ROWS_LET_GO, actor=None, subject=f"retention:{rule.kind.code}", data=data)
    return went
