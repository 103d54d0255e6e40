"""The bench from one end to the other."""

from __future__ import annotations

import argparse
import json
import subprocess
from contextlib import ExitStack

from bench import databases, report
from bench.measuring import Measured, Pace, measure
from bench.pages import pages_of
from bench.places import ROOT, Database, python
from bench.seeding.size import QUICK, WHOLE
from bench.serving import WORKERS, served

PAGE = ROOT / "docs/reference/measurements.md"
BRISK = Pace(seconds=1.0, fewest_rounds=2)


def main() -> None:
    """Seed, serve and measure on every database that answers; print the figures and write them down."""
    options = _options()
    size, pace = (QUICK, BRISK) if options.quick else (WHOLE, Pace())
    word, results = "quick" if options.quick else "whole", {}
    with ExitStack() as stack:
        chosen = [databases.sqlite(), None if options.only_sqlite else stack.enter_context(databases.postgresql())]
        for database in filter(None, chosen):
            print(f"\n{database.title}", flush=True)
            results[database.title] = _run(database, pace, word=word, only=options.only)
        if chosen[1] is None and not options.only_sqlite:
            print("\nPostgreSQL was left out: no server answers. Set DATABASE_URL, or install Debian's postgresql.")
    print(report.on_screen(results))
    if not (options.quick or options.only or options.only_sqlite):
        PAGE.write_text(report.as_page(results, size=size, pace=pace), encoding="utf-8")
        print(f"\nWritten to {PAGE.relative_to(ROOT)}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the pages beside a bare page of the framework.")
    parser.add_argument("--quick", action="store_true", help="a smaller seed and fewer rounds; nothing is written down")
    parser.add_argument("--only", default="", help="only pages whose title holds these words")
    parser.add_argument("--only-sqlite", action="store_true", help="leave PostgreSQL out")
    return parser.parse_args()


def _run(database: Database, pace: Pace, *, word: str, only: str) -> list[Measured]:
    subprocess.run([python(), "-m", "bench.seeding", word], env=database.environment, cwd=ROOT, check=True)
    databases.analyse(database)
    cast = json.loads((database.var / "cast.json").read_text())
    pages = [page for page in pages_of(cast) if only.lower() in page.title.lower()]
    with served(database) as port:
        return measure(pages, port=port, workers=WORKERS, pace=pace)
