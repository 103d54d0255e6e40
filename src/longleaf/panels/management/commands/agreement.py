"""`longleaf agreement RATINGS.csv`: how far the raters of any file agree, and who is harsher than the others."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from longleaf.panels import agreement_report, ratings_file
from longleaf.panels.ratings_file import UnreadableRatings

MISUSE = 2


def _order(written: str) -> tuple[str, list[str]]:
    """The criterion, "" where it is for the whole file, and its categories."""
    criterion, is_named, categories = written.partition("=")
    names = categories if is_named else written
    return criterion.strip() if is_named else "", [each.strip() for each in names.split(",") if each.strip()]


class Command(BaseCommand):
    # Any file may be measured, also where no database is.
    requires_system_checks = ()
    help = "Measure how far raters agree, from a CSV file with the columns subject, rater, criterion and rating."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ratings", metavar="RATINGS.csv", help="the file; - reads standard input")
        parser.add_argument("--level", choices=["nominal", "ordinal"], default="nominal", help="nominal unless given")
        parser.add_argument(
            "--order",
            action="append",
            default=[],
            metavar="[CRITERION=]CATEGORIES",
            help='every category, worst first, such as "no,partly,yes"; again for a criterion that has others, such as'
            ' "plan=no,yes"',
        )
        parser.add_argument("--json", action="store_true", help="print all figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        orders = dict(map(_order, options["order"]))
        order = orders.pop("", [])
        try:
            content = sys.stdin.buffer.read() if options["ratings"] == "-" else Path(options["ratings"]).read_bytes()
            file = ratings_file.read(content, ordered=options["level"] == "ordinal", order=order, own=orders)
        except OSError as problem:
            self._refuse(f"{options['ratings']} cannot be read: {problem.strerror}.")
        except UnreadableRatings as refused:
            self._refuse(str(refused))
        found = agreement_report.report(file)
        self.stdout.write(json.dumps(found, indent=2) if options["json"] else agreement_report.in_words(found))

    def _refuse(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(MISUSE)
