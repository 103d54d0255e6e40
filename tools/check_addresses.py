"""No committed file may name a package server, nor a lock file hold any address at all."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file does not name what it looks for.
PIECES = (("pypi", r"\.org"), ("python", "hosted"), ("npm", r"js\."), ("deb", r"\.debian"), ("yarn", "pkg"))
SERVERS = re.compile("|".join(first + second for first, second in PIECES))
LOCKS = re.compile(r"(package-lock\.json|requirements/.*\.txt)$")

tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
found = []
for name in tracked:
    path = ROOT / name
    if not path.is_file() or path.suffix in {".png", ".jpg", ".woff2", ".pdf", ".webp"}:
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if SERVERS.search(line) or (LOCKS.search(name) and "://" in line):
            found.append(f"{name}:{number}: {line.strip()[:100]}")
if found:
    sys.exit("Addresses of package servers must not be committed:\n" + "\n".join(found))
