"""The bench from one end to the other."""

from __future__ import annotations

import argparse
import json
import subprocess
from contextlib import ExitStack
from pathlib import Path

from bench import assigning, assigning_report, awarding, badges, badges_report, databases, raters, report, statewide
from bench.measuring import Measured, Pace, measure
from bench.pages import of_a_large_catalog, pages_of
from bench.places import ROOT, Database, python
from bench.seeding.size import CATALOG, QUICK, WHOLE
from bench.serving import WORKERS, served

PAGE = ROOT / "docs/reference/measurements.md"
ASSESSMENT_PAGE = ROOT / "docs/reference/measurements-assessment.md"
BADGES_PAGE = ROOT / "docs/reference/measurements-badges.md"
BY_HAND = "\n## 100,000 awards\n"
# Sections of the page of measurements that a run of their own writes.
WRITTEN_APART = (report.CATALOG_HEADING, statewide.HEADING, raters.HEADING)
BRISK = Pace(seconds=1.0, fewest_rounds=2)


def main() -> None:
    """Measure pages, badges, assignment, a whole state, then raters, or one of these; or award many and print that."""
    options = _options()
    if options.assigning:
        _assigning(options)
        return
    if options.statewide:
        _statewide(options)
        return
    if options.raters:
        _raters()
        return
    if options.awards:
        _awards(options)
        return
    results = {} if options.badges else _pages(options)
    if not (options.quick or options.catalog or options.only or options.only_sqlite):
        if not options.badges:
            _large_catalog(results)
        _badges()
        if not options.badges:
            _assigning(options)
            _statewide(options)
            _raters()


def _pages(options: argparse.Namespace) -> dict[str, list[Measured]]:
    """Seed, serve and measure on every database that answers."""
    size, pace = (QUICK, BRISK) if options.quick else (CATALOG if options.catalog else WHOLE, Pace())
    word = "quick" if options.quick else "catalog" if options.catalog else "whole"
    results: dict[str, list[Measured]] = {}
    with ExitStack() as stack:
        chosen = [
            databases.sqlite("sqlite" if word == "whole" else f"sqlite_{word}"),
            None if options.only_sqlite else stack.enter_context(databases.postgresql(f"{databases.NAME}_{word}")),
        ]
        for database in filter(None, chosen):
            print(f"\n{database.title}", flush=True)
            results[database.title] = _run(database, pace, word=word, only=options.only)
        if chosen[1] is None and not options.only_sqlite:
            print("\nPostgreSQL was left out: no server answers. Set DATABASE_URL, or install Debian's postgresql.")
    print(report.on_screen(results))
    if options.catalog and not options.only:
        _write(PAGE, _with_section(PAGE, report.as_catalog_section(results, size=size, pace=pace)))
    elif not (options.quick or options.catalog or options.only or options.only_sqlite):
        _write(PAGE, _with_those_of_before(report.as_page(results, size=size, pace=pace)))
    return results


def _large_catalog(fewer: dict[str, list[Measured]]) -> None:
    """Briskly, on the database in use, what grows with the catalog; `--catalog` takes its time and writes it down."""
    print(f"\n{report.CATALOG_HEADING}: {CATALOG.micro_credentials:,} micro-credentials", flush=True)
    with databases.in_use("catalog") as database:
        found = {database.title: _run(database, BRISK, word="catalog", only="")}
    print(f"{report.on_screen(found)}\n{report.grown(fewer, found)}")


def _with_those_of_before(page: str) -> str:
    """The page written anew, with the sections of it that other runs write."""
    before = PAGE.read_text(encoding="utf-8")
    kept = [f"## {each.rstrip()}\n" for each in before.split("\n## ")[1:] if each.startswith(WRITTEN_APART)]
    return "\n".join([page, *kept])


def _badges() -> None:
    """Issue and verify badges beside others' libraries and bare arithmetic."""
    results = badges.measure()
    print(badges_report.on_screen(results))
    if badges.node.is_installed():
        _write(BADGES_PAGE, badges_report.as_page(results) + _by_hand(BADGES_PAGE))
    else:
        print(f"\n{badges.node.MISSING} Nothing was written down.")


def _awards(options: argparse.Namespace) -> None:
    """Award many people on every database that answers."""
    with ExitStack() as stack:
        chosen = [awarding.sqlite(), None if options.only_sqlite else stack.enter_context(databases.postgresql())]
        for database in filter(None, chosen):
            print(f"\n{database.title}", flush=True)
            awarding.run(database, options.awards)


def _assigning(options: argparse.Namespace) -> None:
    """Assign many submissions on values and on every database that answers."""
    results = {"Values": assigning.in_memory(), "Values, scarce": assigning.in_memory(take=assigning.SCARCE)}
    with ExitStack() as stack:
        postgresql = None if options.only_sqlite else stack.enter_context(databases.postgresql(assigning.DATABASE))
        for database in filter(None, [assigning.sqlite(), postgresql]):
            results[database.title] = assigning.run(database)
    print(assigning_report.on_screen(results))
    if not options.only_sqlite:
        _write(ASSESSMENT_PAGE, _with_section(ASSESSMENT_PAGE, assigning_report.as_section(results)))


def _statewide(options: argparse.Namespace) -> None:
    """Evaluate everybody in the state on every database that answers."""
    results = {}
    with ExitStack() as stack:
        postgresql = None if options.only_sqlite else stack.enter_context(databases.postgresql(statewide.DATABASE))
        for database in filter(None, [statewide.sqlite(), postgresql]):
            print(f"\n{database.title}", flush=True)
            results[database.title] = statewide.run(database, options.statewide or statewide.EDUCATORS)
    print(statewide.on_screen(results))
    if not (options.only_sqlite or options.statewide not in {0, statewide.EDUCATORS}):
        _write(PAGE, _with_section(PAGE, statewide.as_section(results)))


def _raters() -> None:
    """Find who is severe and who drifts in pools where that is planted."""
    figures = raters.measure()
    print(raters.on_screen(figures))
    _write(PAGE, _with_section(PAGE, raters.as_section(figures)))


def _with_section(page: Path, section: str) -> str:
    """The page with one section in the place of the one with the same heading; the others stay as they are."""
    heading = section.partition("\n")[0]
    before, found, after = page.read_text(encoding="utf-8").partition(heading)
    following = after.partition("\n## ")[2] if found else ""
    parts = [before.rstrip() + "\n", section.rstrip() + "\n", f"## {following}" if following else ""]
    return "\n".join(part for part in parts if part)


def _write(page: Path, text: str) -> None:
    page.write_text(text, encoding="utf-8")
    print(f"\nWritten to {page.relative_to(ROOT)}.")


def _by_hand(page: Path) -> str:
    """What of a page was written by hand, which is its end: it is kept."""
    _measured, mark, told = page.read_text(encoding="utf-8").partition(BY_HAND)
    return mark + told


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure pages, badges, how seats are assigned, and whom alarms find.")
    parser.add_argument("--badges", action="store_true", help="measure badges only")
    parser.add_argument("--assigning", action="store_true", help="only assign 10,000 submissions to 1,000 assessors")
    parser.add_argument(
        "--statewide",
        type=int,
        nargs="?",
        const=statewide.EDUCATORS,
        default=0,
        help="only evaluate so many educators under two policies, 100,000 if not said",
    )
    parser.add_argument("--raters", action="store_true", help="only find severe and drifting raters in simulated pools")
    parser.add_argument(
        "--awards",
        type=int,
        nargs="?",
        const=awarding.MANY,
        default=0,
        help="only award so many people, 100,000 if not said",
    )
    parser.add_argument("--quick", action="store_true", help="a smaller seed and fewer rounds; nothing is written down")
    parser.add_argument("--catalog", action="store_true", help="5,000 micro-credentials and few people")
    parser.add_argument("--only", default="", help="only pages whose title holds these words")
    parser.add_argument("--only-sqlite", action="store_true", help="leave PostgreSQL out")
    return parser.parse_args()


def _run(database: Database, pace: Pace, *, word: str, only: str) -> list[Measured]:
    subprocess.run([python(), "-m", "bench.seeding", word], env=database.environment, cwd=ROOT, check=True)
    databases.analyse(database)
    cast = json.loads((database.var / "cast.json").read_text())
    pages = [page for page in pages_of(cast) if only.lower() in page.title.lower()]
    if word == "catalog":
        pages = of_a_large_catalog(pages, brisk=pace == BRISK)
    with served(database) as port:
        return measure(pages, port=port, workers=WORKERS, pace=pace)
