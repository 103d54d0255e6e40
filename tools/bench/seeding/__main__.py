"""Make the seed, unless the one that is there was made by the same code for the same schema."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from bench.places import ROOT
from bench.seeding.size import CATALOG, QUICK, WHOLE, Size

CAST = "cast.json"
# What a seed is made by and made for.
INPUTS = (
    "tools/bench/seeding",
    "states/nc",
    "src/longleaf/states",
    "src/longleaf/catalog",
    "src/longleaf/awards",
    "src/longleaf/engines/openbadges",
)


def main(size: Size) -> None:
    from django.conf import settings  # noqa: PLC0415 (what the environment names is read on first use)

    mark = settings.VAR / "seed.json"
    wanted = {"inputs": digest_of_inputs(), "size": repr(size)}
    if mark.exists() and json.loads(mark.read_text()) == wanted:
        print("The seed of an earlier run is used again.", flush=True)
        return
    mark.unlink(missing_ok=True)
    settings.VAR.mkdir(parents=True, exist_ok=True)
    cast = make(size)
    (settings.VAR / CAST).write_text(json.dumps(cast))
    mark.write_text(json.dumps(wanted))


def make(size: Size) -> object:
    from django.core.management import call_command  # noqa: PLC0415

    from bench.seeding import attempts, awards, catalog, journal, panels, people, telling  # noqa: PLC0415 (after setup)
    from bench.seeding import cast as casting  # noqa: PLC0415
    from bench.seeding.pouring import count_on, empty, in_a_hurry  # noqa: PLC0415

    with told("an empty database"):
        empty()
        call_command("migrate", verbosity=0)
    with in_a_hurry():
        with told("catalog"):
            stage = catalog.fill_catalog(size.micro_credentials)
        with told("people"):
            everybody, lines = people.fill_directory(size, stage)
        with told("attempts"):
            tries = attempts.plan(size, stage, everybody)
            panels.write(tries)
            attempts.write(tries, everybody)
        with told("badges"):
            count_on()
            awards.write(tries)
        with told("journal"):
            lines += telling.lines_of(tries, everybody)
            journal.write(lines)
        count_on()
    with told("sessions"):
        return casting.cast_of(stage, everybody, tries)


@contextmanager
def told(part: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"  seeded {part:<18} {time.perf_counter() - began:5.1f} s", flush=True)


def digest_of_inputs() -> str:
    digest = hashlib.sha256()
    migrations = sorted((ROOT / "src/longleaf").glob("*/migrations/*.py"))
    for file in [*migrations, *(file for name in INPUTS for file in _files(ROOT / name))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    """What the code and the pack say; tests change nothing of a seed."""
    files = (file for file in folder.rglob("*") if file.suffix in {".py", ".yaml", ".csv"})
    return sorted(file for file in files if "tests" not in file.parts)


if __name__ == "__main__":
    django.setup()
    main({"quick": QUICK, "catalog": CATALOG}.get(sys.argv[-1], WHOLE))
