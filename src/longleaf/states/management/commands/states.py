"""`longleaf states check DIR …` and `longleaf states load DIR …`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from longleaf.kit.errors import Refusal
from longleaf.kit.numbers import number
from longleaf.states.checking import check_pack
from longleaf.states.errors import PackNotSound
from longleaf.states.loading import load_pack


class Command(BaseCommand):
    help = "Check or load state packs. Exit code 0: sound. 1: mistakes, each with file, line or path, and reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["check", "load"])
        parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="a folder that holds state.yaml")

    def handle(self, *args: Any, **options: Any) -> None:
        act = self._check if options["action"] == "check" else self._load
        # Every folder is looked at, so that one run names all that is to be mended.
        outcomes = [act(folder) for folder in options["folders"]]
        if not all(outcomes):
            sys.exit(1)

    def _check(self, folder: Path) -> bool:
        mistakes = check_pack(folder)
        for mistake in mistakes:
            self.stderr.write(str(mistake))
        self.stdout.write(f"{folder}: " + (number(len(mistakes), "mistake") + "." if mistakes else "sound."))
        return not mistakes

    def _load(self, folder: Path) -> bool:
        try:
            loaded = load_pack(folder)
        except Refusal as refused:
            mistakes = refused.mistakes if isinstance(refused, PackNotSound) else [refused]
            for mistake in mistakes:
                self.stderr.write(str(mistake))
            self.stderr.write(f"{folder}: nothing was loaded. Mend the mistakes and load it again.")
            return False
        self.stdout.write(
            f"{loaded.state}: {number(loaded.organisations, 'organisation')}, "
            f"{number(loaded.frameworks, 'framework')}, {number(loaded.micro_credentials, 'micro-credential')} "
            f"({number(loaded.new_versions, 'new version')}), {number(loaded.decisions, 'decision')}, "
            f"{number(loaded.policies, 'policy', 'policies')}."
        )
        if loaded.decisions_left_out:
            left_out = number(loaded.decisions_left_out, "decision")
            self.stdout.write(f"Left out: {left_out} on a version whose text was never loaded here.")
        return True
