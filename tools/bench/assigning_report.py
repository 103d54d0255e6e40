"""Figures about assignment for people: a table on the screen, and a section of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.assigning import SCARCE, told
from bench.assigning_scenario import ASSESSORS, DISTRICTS, PANELS, RUBRICS
from bench.report import aligned, machine

HEADINGS = (
    "",
    "seconds",
    "time ÷ floor",
    "seats filled",
    "rules broken",
    "mean load",
    "spread of load",
    "most ÷ mean",
    "full match",
)
Results = Mapping[str, Mapping[str, Any]]


def on_screen(results: Results) -> str:
    rows = [HEADINGS, *_rows(results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(aligned(row, widths) for row in rows)


def as_section(results: Results) -> str:
    rows = [HEADINGS, ("---", *["---:"] * (len(HEADINGS) - 1)), *_rows(results)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([_introduction(), "", *lines, ""])


def _rows(results: Results) -> list[tuple[str, ...]]:
    return [row for title, found in results.items() for row in (_ours(title, found), _floor(title, found))]


def _ours(title: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    return (title, f"{found['seconds']:.1f}", f"{found['times_floor']:.1f}", *_told(found, "ours"))


def _floor(title: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    return (f"{title}: floor", f"{found['seconds'] / found['times_floor']:.1f}", "1.0", *_told(found, "floor"))


def _told(found: Mapping[str, Any], who: str) -> tuple[str, ...]:
    each = told(dict(found), who)
    return (
        f"{each.filled:,} of {each.seats:,}",
        f"{each.broken:,}",
        f"{each.mean_load:.0%}",
        f"{each.spread_of_load:.0%}",
        f"{each.most_over_mean:.2f}",
        f"{each.full_match:.0%}",
    )


def _introduction() -> str:
    return f"""## Assignment

{PANELS:,} synthetic submissions wait for two readers each; {ASSESSORS:,} assessors in {DISTRICTS} districts may be
asked. A fifth of them is away; they take 20 to 60 readings at a time; 8 submissions in 100 are in Spanish, which a
fifth of the assessors reads; each assessor knows 2 of 5 grade bands and 4 of 13 topics, each rubric is about 2 and 2;
declared conflicts, same districts, checkers and readers of an earlier round are kept out, and on values also those who
are not certified for one of {RUBRICS} rubrics. `make bench` repeats it last, `tools/bench.py
--assigning` alone, and writes this section anew.

The **floor** is a random valid assignment: any way of assigning must find somebody valid for each seat and, on a
database, read the panels and the pool and write each seat with its line in the journal. *Values* is the matching alone,
the median of three turns; *scarce*, where everybody takes {SCARCE:.0%} of that and not all seats can be filled. A
database's row is the whole verb, which reads twice: once to match, and once more under the
locks of each portion.

*Rules broken* is what an independent checker finds. *Load* is what somebody was given, of what they take at a time,
among those who are there; its *spread* is the standard deviation. *Full match* is the share of seats whose reader knows
a grade band and a topic of the work.

{machine("Django", "psycopg")}"""
