"""Figures for people: a table on the screen, and the same as a page of the documentation."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.client import Timing
from bench.measuring import Measured, Pace
from bench.seeding.size import Size

CATALOG_HEADING = "A large catalog"
HEADINGS = ("page", "p95 ÷ floor", "p50 ÷ floor", "p95 ÷ Django's", "queries", "p50 ms", "p95 ms", "a second", "KB")
Results = Mapping[str, Sequence[Measured]]


def table(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    """A row for each page, those furthest from the floor first, then the two bare pages."""
    ordered = sorted(measured, key=lambda each: 0.0 if each.problem else -each.times_floor(0.95))
    rows = [_row(each) for each in ordered]
    floor, in_django = Timing(), Timing()
    for each in measured:
        floor.add(each.floor)
        in_django.add(each.floor_in_django)
    if floor.each and in_django.each:
        half, most = (in_django.percentile(share) / floor.percentile(share) for share in (0.5, 0.95))
        rows.append(("Floor: bare page in Jinja2", "1.0", "1.0", f"{1 / most:.1f}", "1", *_absolutes(floor)))
        in_words = ("Bare page in Django's language", f"{most:.1f}", f"{half:.1f}", "1.0", "1")
        rows.append((*in_words, *_absolutes(in_django)))
    return rows


def on_screen(results: Results) -> str:
    parts = []
    for database, measured in results.items():
        rows = [HEADINGS, *table(measured)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        parts.append(
            "\n".join([f"\n{database}", *(aligned(row, widths) for row in rows), *_notes(measured), *_shares(measured)])
        )
    return "\n".join(parts)


def grown(fewer: Results, more: Results) -> str:
    """Which pages ask the database more often than on the smaller catalog, if any."""
    before = {each.page.title: max(each.queries) for found in fewer.values() for each in found if each.queries}
    after = {each.page.title: max(each.queries) for found in more.values() for each in found if each.queries}
    both = before.keys() & after.keys()
    found = [
        f"- {it}: {before[it]} queries, and {after[it]} on the large catalog."
        for it in sorted(both)
        if after[it] > before[it]
    ]
    return "\n".join(found or [f"- None of {len(both)} pages asks more often than on the smaller catalog."])


def as_page(results: Results, *, size: Size, pace: Pace) -> str:
    """The page docs/reference/measurements.md."""
    parts = [_introduction(size, pace)]
    for database, measured in results.items():
        rows = [HEADINGS, ("---", *["---:"] * (len(HEADINGS) - 1)), *table(measured)]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        parts.append("\n".join([f"## {database}", "", *lines, "", *_notes(measured)]))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def as_catalog_section(results: Results, *, size: Size, pace: Pace) -> str:
    """The section of that page on a large catalog: the same columns, and what of a page its search takes."""
    parts = [
        f"## {CATALOG_HEADING}\n\n{size.micro_credentials:,} micro-credentials with a decision on two of three, "
        f"{size.educators:,} educators, {size.attempts:,} attempts; otherwise as\nabove, for "
        f"{pace.seconds:.0f} s a page. `tools/bench.py --catalog` repeats it and writes this section anew; `make "
        f"bench` does so briskly,\non one database, and tells whether a page asks more often than on the smaller "
        f"catalog.\n\n"
        f"{machine('Django', 'psycopg')}"
    ]
    for database, measured in results.items():
        rows = [HEADINGS, ("---", *["---:"] * (len(HEADINGS) - 1)), *table(measured)]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        parts.append("\n".join([f"### {database}", "", *lines, "", *_notes(measured), *_shares(measured)]))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _shares(measured: Sequence[Measured]) -> list[str]:
    """What of a page's time its search takes: all that it takes longer than the same list without, asked in turn.

    What the catalog keeps is searched by nobody.
    """
    told = []
    for each in measured:
        if each.unsearched.each and min(each.queries) > 1:
            share = max(0.0, 1 - each.unsearched.percentile(0.5) / each.timing.percentile(0.5))
            told.append(f"- {each.page.title}: the search is {share:.0%} of the page's time (p50).")
    return told


def _row(each: Measured) -> tuple[str, ...]:
    if each.problem:
        return (each.page.title, "-", "-", "-", _queries(each), "-", "-", "-", "-")
    ratios = (each.times_floor(0.95), each.times_floor(0.5), each.times_floor_in_django(0.95))
    return (each.page.title, *(f"{ratio:.1f}" for ratio in ratios), _queries(each), *_absolutes(each.timing))


def _queries(each: Measured) -> str:
    if each.page.by_length:
        return " / ".join(map(str, each.queries))
    return "–".join(map(str, sorted({min(each.queries), max(each.queries)}))) if each.queries else "-"


def _absolutes(timing: Timing) -> tuple[str, ...]:
    times = (f"{timing.percentile(share):.1f}" for share in (0.5, 0.95))
    return (*times, f"{timing.a_second:.0f}", f"{timing.bytes / 1024:.0f}")


def _notes(measured: Sequence[Measured]) -> list[str]:
    """What does not answer, whose queries grow with a list, and what is read from end to end."""
    notes = [f"- {each.page.title} was not measured: {each.problem}." for each in measured if each.problem]
    for each in measured:
        if each.page.by_length and len(set(each.queries)) > 1:
            notes.append(f"- {each.page.title}: the number of queries grows with the list.")
        notes += [f"- {each.page.title} reads a big table whole: `{_shortened(scan)}`." for scan in each.scans]
    return notes


def _shortened(text: str, most: int = 300) -> str:
    return text if len(text) <= most else text[:most] + "…"


def aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """A row of a table on the screen."""
    first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([row[0].ljust(len(first)), *others])


def _introduction(size: Size, pace: Pace) -> str:
    return f"""# Measurements

How quickly pages answer with {size.educators:,} educators, {size.micro_credentials:,} micro-credentials and
{size.attempts:,} attempts, all synthetic. `make bench` repeats it and writes this page anew; `tools/bench.py --quick`
takes a smaller seed and less time, and writes nothing.

The product runs as in production: granian with two workers and two threads each, `LONGLEAF_PRODUCTION=yes`, hashed
static files, as `longleaf serve` starts it. {pace.visitors} visitors ask at once, each one request after another, over
connections that are spread evenly over the workers.

The **floor** is a bare page of the framework in the same processes: one view, one query with a join, twenty rows of six
columns with two dates and an address each, and no middleware. It is written in Jinja2 like our own pages; the same page
in Django's template language stands beside it. Page and floors are timed in short turns, one
after another for {pace.seconds:.0f} seconds a page, so that whatever else the machine does falls on all of them. The
first column is what to read: how many times the floor's 95th percentile a page takes. We aim at 2. Absolute figures
depend on the machine.

*Queries* are counted for lists of 1 / 20 / 100 where a page has a list that grows; otherwise over a few different
pages of the kind. Times are at a list of 20.

What pages tell of decided facts is kept until the next decision (decision record 0050), so each page that is asked for
much stands here twice: as most get it, and, *first after a decision*, with nothing kept. A badge is verified whole at
most once a minute: *verified anew* is the page for whoever asks then.

{machine("Django", "Jinja2", "granian", "psycopg")}"""


def machine(*packages: str) -> str:
    """What was measured on, when, and with which versions."""
    versions = ", ".join([*(f"{name} {version(name)}" for name in packages), f"SQLite {sqlite3.sqlite_version}"])
    system = f"{platform.system()} {platform.release()}"
    return f"""Machine: {os.cpu_count()} cores ({_processor()}), {system}, shared with other work.
Load average when the run ended: {os.getloadavg()[0]:.1f}. Python {platform.python_version()}, {versions}.
Measured on {datetime.now(tz=UTC).date().isoformat()}."""


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
