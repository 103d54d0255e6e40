"""`longleaf demo`: an embedded database with synthetic people, opened at a chosen moment."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from longleaf import __version__
from longleaf.demo.acting import act_out
from longleaf.demo.announcing import announcement
from longleaf.demo.script import Moment, read_script
from longleaf.directory import queries as directory
from longleaf.states.loading import load_pack


class Command(BaseCommand):
    help = "Fill the demonstration's database with synthetic people in the middle of their work."

    def add_arguments(self, parser: CommandParser) -> None:
        moments = [moment.value for moment in Moment]
        parser.add_argument("--at", default=Moment.SCORING.value, choices=moments, help="how far the story has come")
        parser.add_argument("--announce", type=Path, help="a file to write addresses and people to, as JSON")
        parser.add_argument("--pack", type=Path, default=settings.DEMO_PACK)
        parser.add_argument("--script", type=Path, default=settings.DEMO_SCRIPT)
        parser.add_argument("--anew", action="store_true", help="begin anew even where the moment is already there")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set LONGLEAF_DEMO=yes: a demonstration lets anybody sign in as anybody.")
        if connection.vendor != "sqlite":
            raise CommandError("The demonstration uses the embedded database. Leave DATABASE_URL unset.")
        moment = Moment(options["at"])
        wanted = {
            "version": __version__,
            "moment": moment.value,
            "inputs": _digest_of(options["pack"], options["script"]),
            "schema": _digest_of(*sorted(settings.PACKAGE.glob("*/migrations/*.py"))),
        }
        told = _read(_mark()) if _database().exists() else {}
        if options["anew"] or {key: told.get(key) for key in wanted} != wanted:
            told = {**wanted, "announcement": self._act_out(options, moment)}
            _mark().write_text(json.dumps(told))
        self._announce(told["announcement"], options["announce"])

    def _act_out(self, options: dict[str, Any], moment: Moment) -> dict[str, Any]:
        # Read before anything is emptied: a script that cannot be read costs nobody the demonstration they have.
        script = read_script(options["script"])
        self._empty()
        call_command("migrate", verbosity=0)
        load_pack(options["pack"])
        return announcement(script, act_out(script, until=moment), moment=moment)

    def _empty(self) -> None:
        """Begin with nothing. Refuses a database in which anybody is real."""
        path = _database()
        if path.exists() and _has_real_people():
            raise CommandError(f"{path} holds people who are not synthetic. Set LONGLEAF_VAR to another folder.")
        connection.close()
        # What is begun and not finished must not look finished the next time.
        _mark().unlink(missing_ok=True)
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

    def _announce(self, told: dict[str, Any], path: Path | None) -> None:
        # The same database may be served at another address than when it was filled.
        text = json.dumps(told, indent=2).replace(told["base_url"], settings.PUBLIC_URL)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")
        told = json.loads(text)
        self.stdout.write(f"\nLongleaf shows the moment “{told['moment']}” at {told['base_url']}\n")
        self.stdout.write(f"\nSign in as one of these at {told['sign_in_url']} (password: {told['password']})\n")
        for person in told["personas"]:
            self.stdout.write(f"  {person['name']:<16} {person['email']:<28} {person['about']}")
        self.stdout.write("\nPages to begin with\n")
        for name, address in told["urls"].items():
            self.stdout.write(f"  {name.replace('_', ' '):<16} {address}")
        others = ", ".join(each for each in told["moments"] if each != told["moment"])
        self.stdout.write(f"\nOther moments: make demo AT=… with {others}\n")


def _mark() -> Path:
    """The file that tells which moment was acted out, from what."""
    return Path(settings.VAR / "acted-out.json")


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])


def _has_real_people() -> bool:
    real = directory.everybody(synthetic=False)
    return real.model._meta.db_table in connection.introspection.table_names() and real.exists()


def _digest_of(*paths: Path) -> str:
    """A hash of what a demonstration is made of, so that a change of anything begins it anew."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text()) if path.exists() else {}
