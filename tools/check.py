"""`make check`: everything that can be told without running the product. All of it runs, then the verdict."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
STRICT = ["src/longleaf"]

CHECKS = {
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "types": [str(BIN / "mypy"), *STRICT],
    "floors": [str(BIN / "lint-imports")],
    "templates": [sys.executable, "tools/check_templates.py"],
    "settings": [str(BIN / "longleaf"), "check", "--fail-level", "WARNING"],
    "migrations": [str(BIN / "longleaf"), "makemigrations", "--check", "--dry-run"],
    "addresses": [sys.executable, "tools/check_addresses.py"],
    "state packs": [str(BIN / "longleaf"), "states", "check", "states/nc", "states/example"],
}

failed = []
for name, command in CHECKS.items():
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    print(f"{'ok    ' if run.returncode == 0 else 'FAILED'} {name}", flush=True)
    if run.returncode:
        failed.append(name)
        print(run.stdout + run.stderr)
if failed:
    sys.exit(f"make check failed: {', '.join(failed)}.")
