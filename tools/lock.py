"""Lock the dependencies: with hashes, and without the address of any package server."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = [
    str(ROOT / ".venv/bin/uv"),
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--python-version",
    "3.11",
    "pyproject.toml",
]
FILES = {"product.txt": [], "demo.txt": ["--group", "build"], "dev.txt": ["--group", "dev"]}

for name, group in FILES.items():
    subprocess.run([*COMPILE, *group, "--output-file", f"requirements/{name}"], cwd=ROOT, check=True)
    text = (ROOT / "requirements" / name).read_text()
    if "://" in text:
        raise SystemExit(f"requirements/{name} holds an address. Nothing of a package server may be committed.")
    print(f"requirements/{name}: {text.count('==')} packages")
