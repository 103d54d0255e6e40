"""`longleaf archive DIR`: the badges of a state as a site of plain files, for the day on which the platform ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from longleaf.awards.archive import checking
from longleaf.awards.archive.archiving import Archived, archive
from longleaf.kit.errors import Refusal
from longleaf.kit.numbers import number

if TYPE_CHECKING:
    from longleaf.directory.models import Person

AT_EVERY = 250
UNSOUND = 1


class Command(BaseCommand):
    # A folder is checked on machines that have no installation, too.
    requires_system_checks = ()
    help = "Write every badge and all that verifies it as a site of plain files, or check such an archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="the archive: a new folder, or one to renew")
        parser.add_argument(
            "--private",
            metavar="DIR",
            type=Path,
            help="a folder of its own for the badges that their earners keep private; with --check, an archive of such",
        )
        parser.add_argument("--by", metavar="EMAIL", help="the state officer who has it archived, for the journal")
        parser.add_argument("--check", action="store_true", help="check the archive instead; asks no database")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(options["folder"], options["private"])
            else:
                self._archive(options["folder"], options["private"], options["by"])
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        except OSError as problem:
            raise CommandError(f"{problem.filename or options['folder']}: {problem.strerror}.") from problem

    def _archive(self, folder: Path, private: Path | None, email: str | None) -> None:
        archived = archive(
            folder=folder, private=private, acting_person=_person(email) if email else None, told=self._tell
        )
        self.stdout.write(_in_words(archived, folder, private))

    def _check(self, folder: Path, private: Path | None) -> None:
        now = timezone.now()
        checked = checking.check(private or folder, now=now, documents=folder if private else None)
        for fault in checked.faults:
            self.stderr.write(fault)
        held = f"{number(checked.valid, 'valid badge')}, {checked.revoked} revoked, {checked.out_of_date} out of date"
        self.stdout.write(f"{number(checked.files, 'file')}: {held}; {number(len(checked.faults), 'fault')}.")
        if not checked.is_sound:
            sys.exit(UNSOUND)

    def _tell(self, done: int, of: int) -> None:
        if done % AT_EVERY == 0 or done == of:
            self.stdout.write(f"{done:,} of {number(of, 'badge')}")


def _person(email: str) -> Person:
    found = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody is enrolled with the address {email}.")
    return found


def _in_words(archived: Archived, folder: Path, private: Path | None) -> str:
    lines = [
        f"{folder}: {number(archived.files, 'file')}, of which {archived.changed:,} new or changed;"
        f" {archived.removed:,} removed.",
        f"{number(archived.listed, 'badge')} that may be listed, {archived.by_link:,} by link only.",
    ]
    if archived.handed_over:
        lines.append(f"{number(archived.private, 'private badge')} in {private}. Keep that folder; do not publish it.")
    elif archived.private:
        lines.append(f"{number(archived.private, 'private badge')} not written. Name a folder for them with --private.")
    if archived.waiting:
        lines.append(
            f"{number(archived.waiting, 'award')} still without a signature and so not archived. Run `longleaf work"
            " --once`, then archive again."
        )
    return "\n".join([*lines, f"The manifest's SHA-256 is {archived.manifest}."])
