"""`longleaf policy`: check policy documents, compare two, hold one against a record, explain somebody's ledger."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from longleaf.directory import queries as directory
from longleaf.engines.documents import DocumentError
from longleaf.engines.policy import NoRuleError, ledgers, record_from_document, schemas
from longleaf.engines.policy.comparing import Difference, Fate, compare
from longleaf.kit.numbers import number
from longleaf.recognition import ledger_report, policy_files
from longleaf.recognition import ledgers as standings
from longleaf.recognition.licences import holding
from longleaf.recognition.policy_files import UnusableFile

FAILED, MISUSE = 1, 2
SCHEMAS = {
    "policy": schemas.policy_schema,
    "policy-overlay": schemas.overlay_schema,
    "policy-record": schemas.record_schema,
}


class Command(BaseCommand):
    # All but `explain` read files only, and work where no database is.
    requires_system_checks = ()
    help = "Check, compare and try out policy documents; explain what somebody's credits count for."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        _check_arguments(actions.add_parser("check", help="every policy document and overlay below a folder"))
        _evaluate_arguments(actions.add_parser("evaluate", help="hold a policy against a record, both in files"))
        _explain_arguments(actions.add_parser("explain", help="somebody's ledger, with the reason of every line"))
        diff = actions.add_parser("diff", help="what two documents say differently, rule by rule")
        diff.add_argument("before", type=Path, metavar="A")
        diff.add_argument("after", type=Path, metavar="B")
        diff.add_argument("--json", action="store_true")
        schema = actions.add_parser("schema", help="a format as JSON Schema")
        schema.add_argument("name", choices=list(SCHEMAS))

    def handle(self, *args: Any, **options: Any) -> None:
        actions: dict[str, Callable[[dict[str, Any]], None]] = {
            "check": self._check,
            "evaluate": self._evaluate,
            "explain": self._explain,
            "diff": self._diff,
            "schema": self._schema,
        }
        try:
            actions[options["action"]](options)
        except UnusableFile as problem:
            self._end(MISUSE, str(problem))
        except DocumentError as wrong:
            self._end(MISUSE, "\n".join(str(mistake) for mistake in wrong.mistakes))
        except NoRuleError as silent:
            self._end(FAILED, str(silent))

    def _check(self, options: dict[str, Any]) -> None:
        found = policy_files.check(options["folder"], options["over"])
        if not found:
            self._end(MISUSE, f"{options['folder']} holds no policy document.")
        for each in found:
            for mistake in each.mistakes:
                self.stderr.write(f"{each.file}: {mistake}")
            told = number(len(each.mistakes), "mistake") if each.mistakes else "sound"
            self.stdout.write(f"{each.file}: {told}, {number(each.examples, 'example')}.")
        if any(each.mistakes for each in found):
            sys.exit(FAILED)

    def _evaluate(self, options: dict[str, Any]) -> None:
        policy = policy_files.read_policy(options["policy"], options["overlay"])
        record = record_from_document(policy_files.read_document(options["record"]))
        found = ledgers(policy, record, on=options["on"] or timezone.localdate())
        if options["json"]:
            values = [ledger_report.as_values(policy, each) for each in found]
            self.stdout.write(json.dumps(values[0] if len(values) == 1 else values, indent=2))
        else:
            self.stdout.write("\n\n".join(ledger_report.in_words(policy, each) for each in found))

    def _explain(self, options: dict[str, Any]) -> None:
        named = options["educator"].strip()
        person = directory.people_named([named]).get(named.lower())
        if person is None:
            self._end(FAILED, f"Nobody is enrolled with {named}.")
        on = options["on"] or timezone.localdate()
        chosen = holding.licence_chosen(person, options["licence"], on=on)
        if options["licence"] is not None and chosen is None:
            held = ", ".join(f"{it.pk} ({it})" for it in holding.licences_held(person) if not it.has_ended(on))
            self._end(FAILED, f"They hold no license {options['licence']} then. On record: {held or 'none'}.")
        standing = standings.standing_of(person, on=on, licence=chosen)
        if standing.policy is None or standing.ledger is None:
            self._end(FAILED, standing.problem)
        tell = ledger_report.in_words if not options["json"] else _as_json
        self.stdout.write(tell(standing.policy, standing.ledger))

    def _diff(self, options: dict[str, Any]) -> None:
        before, after = (policy_files.read_document(options[name]) for name in ("before", "after"))
        found = compare(before, after)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], indent=2))
        else:
            self.stdout.write("\n\n".join(map(_told, found)) or "Both say the same.")
        if found:
            sys.exit(FAILED)

    def _schema(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(SCHEMAS[options["name"]](), indent=2))

    def _end(self, code: int, reason: str) -> NoReturn:
        self.stderr.write(reason)
        sys.exit(code)


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=_folder, metavar="DIR", help="a folder, such as a state pack or several")
    parser.add_argument(
        "--over", type=Path, action="append", default=[], metavar="POLICY", help="a policy that overlays lie over"
    )


def _evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("policy", type=Path, metavar="POLICY")
    parser.add_argument("record", type=Path, metavar="RECORD")
    parser.add_argument("--overlay", type=Path, metavar="FILE", help="a local document to lay over the policy")
    _dated(parser)


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--educator", required=True, metavar="REF", help="an address or the reference of somebody")
    parser.add_argument(
        "--licence", type=int, metavar="NUMBER", help="another of their licenses, by its number in the ledger's address"
    )
    _dated(parser)


def _dated(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=_day, metavar="DATE", help="as of another day than today, such as 2027-06-30")
    parser.add_argument("--json", action="store_true", help="the ledger as JSON")


def _as_json(policy: Any, ledger: Any) -> str:
    return json.dumps(ledger_report.as_values(policy, ledger), indent=2)


def _told(difference: Difference) -> str:
    name = " ".join(filter(None, (difference.part, difference.name)))
    title = f" ({difference.title})" if difference.title and difference.title != difference.name else ""
    lines = [f"{difference.fate.value.capitalize()}: {name}{title}"]
    for change in difference.changes:
        if difference.fate is Fate.CHANGED:
            lines.append(f"  {change.path}: {change.before or 'nothing'} -> {change.after or 'nothing'}")
        else:
            lines.append(f"  {change.path}: {change.after or change.before}")
    return "\n".join(lines)


def _folder(text: str) -> Path:
    folder = Path(text)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is no folder.")
    return folder


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day. Write it like 2027-06-30.") from None
