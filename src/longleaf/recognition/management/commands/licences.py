"""`longleaf licences import FILE`: enter the licences of a whole state from a file, or say what would become of it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.kit.errors import Refusal
from longleaf.kit.numbers import number
from longleaf.recognition.licences import checking, importing, reading

TO_MEND, MISUSE = 1, 2
WORDS = {
    checking.NEW: "new", checking.CHANGED: "to be changed", checking.ENDED: "to be ended",
    importing.DONE: "entered or brought up to date", checking.THERE: "on record already",
    checking.PROBLEM: "cannot be entered",
}  # fmt: skip


class Command(BaseCommand):
    help = "Enter the licenses of a whole state from a CSV file. The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        taking = actions.add_parser("import", help="enter the licenses of a file")
        taking.add_argument("file", type=Path, help=f"columns {', '.join(reading.COLUMNS)}")
        taking.add_argument("--dry-run", action="store_true", help="say of each line what would become of it")

    def handle(self, *args: Any, **options: Any) -> None:
        path, counts = options["file"], Counter[str]()
        try:
            lines = reading.lines_of_a_state(path.read_bytes())
            for fate in importing.import_state(lines, is_dry_run=options["dry_run"]):
                counts[fate.outcome] += 1
                self._tell(fate, is_dry_run=options["dry_run"])
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.", returncode=MISUSE) from None
        except Refusal as refusal:
            raise CommandError(refusal.sentence, returncode=MISUSE) from None
        told = ", ".join(f"{counts[outcome]:,} {words}" for outcome, words in WORDS.items() if counts[outcome])
        self.stdout.write(f"{number(counts.total(), 'line')}: {told or 'nothing to enter'}.")
        if counts[checking.PROBLEM]:
            sys.exit(TO_MEND)

    def _tell(self, fate: checking.Fate, *, is_dry_run: bool) -> None:
        """Every line of a dry run, and otherwise those that could not be entered."""
        told = f"line {fate.line.number}: {fate.line.person}: {WORDS[fate.outcome]}. {fate.sentence}".rstrip()
        if fate.outcome == checking.PROBLEM:
            self.stderr.write(told)
        elif is_dry_run:
            self.stdout.write(told)
