"""`longleaf journal verify`: prove the chain of every decision."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from longleaf.journal import verifying


class Command(BaseCommand):
    help = "Check the chain of every decision. Exit code 0: it holds. 1: it does not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        result = verifying.verify()
        if result.first_break:
            self.stderr.write(f"The chain breaks at line {result.first_break.number}. {result.first_break.reason}")
            sys.exit(1)
        self.stdout.write(f"The chain holds: {result.lines} lines, ending in {result.digest}.")
