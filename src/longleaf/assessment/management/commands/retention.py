"""`longleaf retention`: tell earners of what will go, and take away for good what is kept no longer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from longleaf.assessment.retention.due import Due, due_attempts, due_rows
from longleaf.assessment.retention.letting_go import let_go
from longleaf.assessment.retention.rules import Rules, present_rules


class Command(BaseCommand):
    help = "Tell earners of what will be deleted, and delete for good what is kept no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--on", metavar="DATE", help="as of this day; a day to come only with --dry-run")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"])
        if options["dry_run"]:
            self._say(present_rules(), on)
            return
        if on > timezone.localdate():
            raise CommandError(f"{on} is still to come. Add --dry-run to see what would go then.")
        done = let_go(on=on, now=timezone.now())
        self.stdout.write(f"{done.told} attempts told of, {done.let_go} attempts with something deleted.")
        for kind, number in done.rows.items():
            self.stdout.write(f"{kind}: {number} deleted.")

    def _say(self, rules: Rules, on: date) -> None:
        told = gone = 0
        for due in due_attempts(rules, on=on):
            told, gone = told + bool(due.to_tell), gone + bool(due.to_go)
            for line in _lines(due):
                self.stdout.write(line)
        self.stdout.write(f"{told} attempts would be told of, {gone} attempts would have something deleted.")
        for rule in rules.of_rows:
            if number := due_rows(rule, on=on).count():
                self.stdout.write(f"{rule.kind.code}: {number} would be deleted.")


def _lines(due: Due) -> list[str]:
    ref = due.attempt.ref
    return [
        *(f"{ref}: would tell of {kind}, which goes on {day} or later" for kind, day in due.to_tell.items()),
        *(f"{ref}: would delete {row.kind}" for row in due.to_go),
        *(f"{ref}: {kind} is held, because {', '.join(reasons)}" for kind, reasons in due.held.items()),
    ]


def _day(told: str | None) -> date:
    if told is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise CommandError(f"{told} is no day. Write it like 2027-06-30.") from None
