"""The verbs of letting go: tell the earner, take away for good, one day after the other.

Each attempt is its own transaction, in which it is locked and looked at anew, so that any number of workers and a run
that was cut off in the middle do each thing once. A line of the journal says what kind and how many, never what it was.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Done:
    """How many earners' attempts were told of, from how many something went, and how many rows by kind."""

    told: int
    let_go: int
    rows: Mapping[str, int]

    @property
    def number(self) -> int:
        return self.told + self.let_go + sum(self.rows.values())


def let_go(*, on: date, now: datetime) -> Done:
    """Tell of what will go; take away for good what was told in time and nothing holds, and rows whose time is over.

    Doing it twice on a day does it once. A mail that cannot be sent is tried again the next day: nothing goes untold.
    """
    rules, told, gone = present_rules(), 0, 0
    clear_leftovers()
    for due in due_attempts(rules, on=on):
        if not due:
            continue
        try:
            done = carry_out(due.attempt.pk, rules, on=on, now=now)
        except (SMTPException, OSError):
            logger.exception("%s: something could not be done; it is tried again.", due.attempt.ref)
            continue
        told, gone = told + bool(done.to_tell), gone + bool(done.to_go)
    rows = {rule.kind.code: number for rule in rules.of_rows if (number := _let_rows_go(rule, on=on, now=now))}
    return Done(told, gone, rows)


@transaction.atomic
def carry_out(attempt_id: int, rules: Rules, *, on: date, now: datetime) -> Due:
    """Do what is due of one attempt. Returns what was done."""
    Attempt.objects.select_for_update(of=("self",)).get(pk=attempt_id)
    attempt = attempts_with_clocks().get(pk=attempt_id)
    due = due_of(attempt, rules, on=on)
    _note(due, now)
    if due.to_go:
        _take_away(due, rules, now)
    if due.to_tell:
        record(
            Event.RETENTION_TOLD,
            actor=None,
            subject=f"attempt:{attempt.ref}",
            data={"kinds": {kind: day.isoformat() for kind, day in due.to_tell.items()}},
        )
        # Last of all: what cannot be sent is not noted either.
        send_notice(due, rules)
    return due


def _note(due: Due, now: datetime) -> None:
    new = [
        LettingGo(attempt=due.attempt, kind=kind, noted_at=now, told=told, goes_on=day, gone_at=None if told else now)
        for told, days in ((True, due.to_tell), (False, due.to_note))
        for kind, day in days.items()
    ]
    LettingGo.objects.bulk_create(new)


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
