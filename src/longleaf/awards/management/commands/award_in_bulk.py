"""`longleaf award-in-bulk`: check a list of people, and award it when told so."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.awards.bulk import awarding as awarding_in_bulk
from longleaf.awards.bulk import queries as bulk_queries
from longleaf.awards.bulk import report as bulk_report
from longleaf.awards.bulk import working as working_in_bulk
from longleaf.catalog import queries as catalog
from longleaf.catalog.errors import NoSuchMicroCredential
from longleaf.kit.errors import Refusal

if TYPE_CHECKING:
    from longleaf.awards.models import BulkAward
    from longleaf.catalog.models import Version

TO_MEND, NOT_UNDERSTOOD = 1, 2


class Command(BaseCommand):
    help = "Check a CSV list of people who have earned a micro-credential; with --confirm, award every ready line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the list: columns person, earned_on, name")
        parser.add_argument("--of", required=True, metavar="SLUG", help="the micro-credential, as in its address")
        parser.add_argument("--number", type=int, help="its version; the one that is offered unless given")
        parser.add_argument("--judged", required=True, help="how the work was judged; every badge repeats it")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="for lines that give no day")
        parser.add_argument("--confirm", action="store_true", help="award the lines that are ready, here and now")
        parser.add_argument("--report", metavar="FILE", help="write what became of each line to a CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bulk = self._handed_in(options)
            if options["confirm"]:
                self._award(bulk)
        except Refusal as refusal:
            raise CommandError(refusal.sentence, returncode=NOT_UNDERSTOOD) from None
        if options["report"]:
            Path(options["report"]).write_text("".join(bulk_report.lines(bulk)), encoding="utf-8", newline="")
        if self._tell_left_out(bulk):
            sys.exit(TO_MEND)

    def _handed_in(self, options: dict[str, Any]) -> BulkAward:
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.", returncode=NOT_UNDERSTOOD) from None
        bulk = awarding_in_bulk.hand_in(
            version=self._version(options),
            content=content,
            file_name=path.name,
            judged=options["judged"],
            day=options["on"],
            acting_person=None,
        )
        counted = bulk_queries.counted(bulk)
        self.stdout.write(f"List {bulk.ref}: {counted.ready} of {counted.all} lines are ready.")
        return bulk

    def _version(self, options: dict[str, Any]) -> Version:
        try:
            return catalog.bare_version(options["of"], options["number"])
        except NoSuchMicroCredential:
            raise CommandError(
                f"No version of {options['of']} is published under this number.", returncode=NOT_UNDERSTOOD
            ) from None

    def _award(self, bulk: BulkAward) -> None:
        """Do the work of this list here; other workers may help, and whoever is killed may begin anew."""
        awarding_in_bulk.confirm(bulk_award=bulk, acting_person=None)
        settled, done = -1, 0
        while claim := working_in_bulk.claim(only=bulk):
            done += working_in_bulk.award_claimed(claim)
            counted = bulk_queries.counted(bulk)
            self.stdout.write(f"{counted.settled} of {counted.settled + counted.ready} settled.")
            if counted.settled == settled or not counted.settled:
                self.stdout.write("The rest waits: see the log. `longleaf work` goes on with it.")
                return
            settled = counted.settled
        self.stdout.write(f"{done} badges were issued.")

    def _tell_left_out(self, bulk: BulkAward) -> bool:
        left_out = bulk_queries.left_out(bulk)
        for row in left_out:
            for problem in row.problems:
                place = f"line {row.number}, {problem['column'] or 'whole line'}"
                self.stderr.write(f"{place}: {row.named}: {problem['sentence']}")
        return left_out.exists()
