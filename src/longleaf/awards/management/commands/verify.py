"""`longleaf verify FILE|URL`: verify a badge, a learner record, an endorsement or a status list, step by step."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandParser

from longleaf.awards.verification import documents, verifying
from longleaf.awards.verification import reports as reading_reports
from longleaf.awards.verification.documents import Folder, UnreadableFolder
from longleaf.engines.openbadges.errors import DocumentUnavailable
from longleaf.engines.openbadges.issuers import Loader
from longleaf.engines.openbadges.limits import MAX_MATERIAL_BYTES
from longleaf.engines.openbadges.report import Report, Verdict

EXIT_CODES = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.UNKNOWN: 3}
MISUSE = 2


class Command(BaseCommand):
    # What is asked is about somebody's badge; the health of this installation is another question.
    requires_system_checks = ()
    help = (
        "Verify an Open Badges 3.0 or 2.0 badge, a Comprehensive Learner Record 2.0, an endorsement or a status list,"
        " given as JSON, as a token, or as a PNG or SVG picture that carries it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("material", metavar="FILE|URL", help="the badge; - reads it from standard input")
        parser.add_argument("--json", action="store_true", help="print the verdict and the steps as JSON")
        parser.add_argument(
            "--documents",
            metavar="DIR",
            type=_folder,
            help="a folder whose index.json maps addresses to files; it takes the place of the network",
        )
        parser.add_argument(
            "--at", metavar="TIME", type=_moment, help="verify as of a time, such as 2027-03-04T09:00:00Z"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _report(options["material"], options["documents"], options["at"])
        except OSError as problem:
            self.stderr.write(f"{options['material']} cannot be read: {problem.strerror}.")
            sys.exit(MISUSE)
        self.stdout.write(json.dumps(report.as_dict(), indent=2) if options["json"] else _in_words(report))
        sys.exit(EXIT_CODES[report.verdict])


def _report(asked: str, folder: Folder | None, at: datetime | None) -> Report:
    """A folder takes the place of the network and of this installation; so the answer is the same on every machine."""
    at_home = folder is None and verifying.has_register()
    try:
        material = _material(asked, folder, at_home=at_home)
    except DocumentUnavailable as problem:
        return verifying.unread(str(problem))
    return verifying.verify_material(material, now=at, loader=_loader(folder, at_home=at_home), at_home=at_home)


def _loader(folder: Folder | None, *, at_home: bool) -> Loader:
    if folder:
        return documents.only_in(folder)
    return documents.everywhere() if at_home else documents.elsewhere()


def _material(asked: str, folder: Folder | None, *, at_home: bool) -> Any:
    if asked == "-":
        return sys.stdin.buffer.read(MAX_MATERIAL_BYTES + 1)
    if not asked.startswith(("https://", "http://")):
        return documents.read_bounded(Path(asked))
    if folder or not at_home:
        return _loader(folder, at_home=at_home).load(asked)
    return verifying.material_at(asked, reader=AnonymousUser())


def _in_words(report: Report) -> str:
    shown = reading_reports.shown(report)
    lines = [f"{shown.title}. {shown.sentence}", ""]
    lines += [f"{step.step:<12} {step.outcome.value:<14} {step.reason}" for step in report.steps]
    return "\n".join(lines)


def _folder(text: str) -> Folder:
    try:
        return Folder.read(Path(text))
    except UnreadableFolder as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time. Write it like 2027-03-04T09:00:00Z.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
