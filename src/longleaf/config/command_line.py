"""The `longleaf` command: every management command of ours, listed by what it is for."""

from __future__ import annotations

import os
import sys

from longleaf import __version__

GROUPS: dict[str, dict[str, str]] = {
    "Set up": {
        "migrate": "bring the database to this version",
        "states check DIR": "check a state pack and name every mistake",
        "states load DIR": "load a state pack, again and again as it changes",
        "policy check DIR": "check policy documents by their examples; also: diff, evaluate, explain",
        "enrol EMAIL NAME": "enrol somebody with a role at an organization",
        "rename EMAIL NAME": "change the name of somebody, whose badges may then be reissued",
        "licences import FILE": "enter a state’s licenses; with --dry-run, say what would become of each",
        "keys ACTION CODE": "create, list or rotate an issuer's signing keys; report one as compromised",
        "demo": "fill an empty database with synthetic people in the middle of their work",
    },
    "Run": {
        "serve": "serve the pages (PORT, default 8000)",
        "work": "do background work until stopped",
        "retention": "delete for good what is kept no longer; with --dry-run, say what would go",
        "award-in-bulk FILE": "check a list of people and, with --confirm, award them all",
    },
    "Show that it holds": {
        "verify FILE|URL": "verify an Open Badges 3.0 credential, step by step",
        "archive DIR": "write every badge, with all that verifies it, as a site of plain files",
        "journal verify": "check the chain of every decision",
        "agreement FILE": "measure from a CSV file of ratings how far raters agree, and who is harsher",
        "ratings CODE": "write the ratings of a pool under pseudonyms, for researchers",
    },
}


def main() -> None:
    """Run the command named on the command line; without one, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "longleaf.config.settings")
    if len(sys.argv) == 1 or (sys.argv[1] in {"--help", "-h", "help"} and len(sys.argv) == 2):
        print(overview())
        return
    if sys.argv[1] == "--version":
        print(__version__)
        return
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (help answers without loading Django)

    # A command of several words is typed with hyphens, which the name of its module cannot have.
    execute_from_command_line([sys.argv[0], sys.argv[1].replace("-", "_"), *sys.argv[2:]])


def overview() -> str:
    """The list that `longleaf --help` prints."""
    lines = ["Longleaf makes educator micro-credentials count.", "", "Usage: longleaf COMMAND [...]"]
    for group, commands in GROUPS.items():
        lines += ["", f"{group}:"]
        lines += [f"  {name:<18} {purpose}" for name, purpose in commands.items()]
    return "\n".join([*lines, "", "longleaf COMMAND --help tells more of one."])
