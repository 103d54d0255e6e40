"""Figures about badges for people: tables on the screen, and the same as a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence

from bench.badges import COHORT, FLOOR, IN_BULK, KINDS, NODE, OURS, TURN, TURNS, Measured
from bench.report import aligned, machine

HEADINGS = ("", "a second", "cost ÷ floor", "× Node")


def on_screen(results: Sequence[Measured]) -> str:
    parts = []
    for each in results:
        rows = [HEADINGS, *_rows(each)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        parts.append("\n".join([f"\n{_title(each)}", *(aligned(row, widths) for row in rows)]))
    return "\n".join(parts)


def as_page(results: Sequence[Measured]) -> str:
    """The page docs/reference/measurements-badges.md."""
    parts = [_introduction(results)]
    for each in results:
        rows = [HEADINGS, ("---", *["---:"] * (len(HEADINGS) - 1)), *_rows(each)]
        parts.append("\n".join([f"## {_title(each)}", "", *(f"| {' | '.join(row)} |" for row in rows)]))
    return "\n\n".join(parts) + "\n"


def _title(each: Measured) -> str:
    return f"{each.task.capitalize()}: {each.kind} ({each.bytes / 1000:.1f} kB, {each.statements} statements)"


def _named(contender: str) -> str:
    return contender[0].upper() + contender[1:]


def _rows(each: Measured) -> list[tuple[str, ...]]:
    return [
        (
            title,
            f"{each.rate(title):,.0f}",
            f"{each.times(FLOOR, title):.1f}",
            f"{each.times(title, NODE):.1f}" if NODE in each.rates else "-",
        )
        for title in each.rates
    ]


def _introduction(results: Sequence[Measured]) -> str:
    bulk = next(each for each in results if each.task == "issue" and each.kind == KINDS[1].title)
    return f"""# Measurements: badges

How many badges a second are issued and verified with `eddsa-rdfc-2022` in one process, on one core. `make bench`
repeats it after the pages, `tools/bench.py --badges` alone, in about a minute, and writes this page anew.

- **{_named(FLOOR)}**, of the very bytes that are signed: what no software can go below.
- **{_named(IN_BULK)}**: `moulds.Mould`, which shares what is equal between credentials of one achievement.
  Each of {COHORT} credentials has an id, an earner and a salt of its own. We aim at 3 times the floor's cost, and at
  20 times Node.
- **{_named(OURS)}**: building and signing, or the whole verification with its report. For verifying we aim at 3
  times Node.
- **{NODE}**: `@digitalbazaar/vc` with its `eddsa-rdfc-2022` suite, on the same credentials with documents at hand,
  warmed up, timed inside its own process.

The contenders take turns of {TURN:.1f} seconds, {TURNS} each; figures are the medians of the turns, and of the ratios
within a turn. Absolute figures depend on the machine. At this pace 100,000 full credentials take
{100_000 / bulk.rate(IN_BULK):.0f} seconds of one core.

{machine("cryptography", "PyLD", "rfc8785")}"""
