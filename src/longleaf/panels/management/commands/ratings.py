"""`longleaf ratings ORGANISATION`: the ratings of a pool for researchers, as `longleaf agreement` reads them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from longleaf.directory import queries as directory
from longleaf.panels.leading.rated import STEP, RubricInUse, rubrics_of
from longleaf.panels.leading.ratings_export import written


class Command(BaseCommand):
    help = "Write the ratings of a pool as CSV, under pseudonyms that are drawn anew each time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", metavar="CODE", help="whose pool, by the state's own code")
        parser.add_argument(
            "--rubric",
            default="",
            metavar="DIGEST",
            help="which rubric, or its first letters; without it all are listed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        state = directory.current_state()
        found = directory.organisations_by_code(state.code, [options["organisation"]]) if state else {}
        if options["organisation"] not in found:
            raise CommandError(f"No organization has the code {options['organisation']}.")
        pool = found[options["organisation"]]
        used = rubrics_of(pool)
        if not options["rubric"]:
            self._list(used)
        else:
            self.stdout.write(written(pool, self._chosen(used, options["rubric"])), ending="")

    def _list(self, used: list[RubricInUse]) -> None:
        for each in used:
            self.stdout.write(f"{each.digest[:12]}  {each.decided:>7,} decided  {each.kind}  {each.title}")

    def _chosen(self, used: list[RubricInUse], start: str) -> RubricInUse:
        fitting = [each for each in used if each.digest.startswith(start)]
        if len(fitting) != 1:
            raise CommandError(f"{len(fitting)} rubrics begin with {start}. Leave --rubric out to see them all.")
        if not fitting[0].measured:
            raise CommandError(
                f"Fewer than {STEP} panels have decided: their ratings would tell what single ones found."
            )
        return fitting[0]
