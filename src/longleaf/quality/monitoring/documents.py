"""The figures of an issuer as files: one row for the whole and one for each version, JSON with the groups besides.

What is not told is empty in CSV and null in JSON.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

from longleaf.kit.tables import tame
from longleaf.quality.monitoring.figures import Figures

if TYPE_CHECKING:
    from longleaf.quality.monitoring.equity import Division
    from longleaf.quality.monitoring.queries import Monitored
    from longleaf.quality.monitoring.shares import Share

COLUMNS = (
    "of", "version", "title", "first_day", "last_day", "attempts_decided", "demonstrated_first_time",
    "demonstrated_in_the_end", "promised", "decided_by_promised_day", "median_business_days", "appeals_answered",
    "appeals_changed", "complaints_made", "complaints_answered", "complaints_upheld", "read_by_two", "exact",
    "exact_low", "exact_high", "kappa", "kappa_low", "kappa_high", "ac1", "ac1_low", "ac1_high",
)  # fmt: skip


def rows(monitored: Monitored) -> Iterator[dict[str, Any]]:
    """The whole first, then each version, in the order of `COLUMNS`."""
    smallest = monitored.rules.smallest_told
    whole = {"of": monitored.organisation.code, "version": "", "title": monitored.organisation.name}
    yield whole | _told(monitored.figures, smallest)
    for version, figures in monitored.versions:
        named = {"of": version.micro_credential.slug, "version": version.number, "title": version.labelled_title}
        yield named | _told(figures, smallest)


def as_json(monitored: Monitored) -> dict[str, Any]:
    whole, *versions = rows(monitored)
    return {
        "smallest_told": monitored.rules.smallest_told,
        "moves_by": "day" if monitored.is_live else "month",
        "issuer": whole,
        "versions": versions,
        "groups": [_division(each) for each in monitored.divisions],
    }


def as_csv(monitored: Monitored) -> str:
    """A table in UTF-8 with a mark in front, which spreadsheets need."""
    text = StringIO("\ufeff", newline="")
    text.seek(0, 2)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([tame(row[name]) for name in COLUMNS] for row in rows(monitored))
    return text.getvalue()


def _told(figures: Figures, smallest: int) -> dict[str, Any]:
    agreement = figures.agreement
    return {
        "first_day": figures.window.first.isoformat(),
        "last_day": figures.window.last.isoformat(),
        "attempts_decided": _count(figures.decided, smallest),
        "demonstrated_first_time": _share(figures.first_time, smallest),
        "demonstrated_in_the_end": _share(figures.in_the_end, smallest),
        "promised": _count(figures.kept.of, smallest),
        "decided_by_promised_day": _share(figures.kept, smallest),
        "median_business_days": figures.median_days if figures.rounds >= smallest else None,
        "appeals_answered": _count(figures.appeals.of, smallest),
        "appeals_changed": _share(figures.appeals, smallest),
        "complaints_made": _count(figures.complaints_made, smallest),
        "complaints_answered": _count(figures.complaints.of, smallest),
        "complaints_upheld": _share(figures.complaints, smallest),
        "read_by_two": agreement.shared if agreement else None,
        **_estimate("exact", agreement.exact if agreement else None),
        **_estimate("kappa", agreement.kappa if agreement else None),
        **_estimate("ac1", agreement.ac1 if agreement else None),
    }


def _estimate(name: str, estimate: Any) -> dict[str, Any]:
    parts = {"": "value", "_low": "low", "_high": "high"}
    return {f"{name}{end}": _rounded(getattr(estimate, part)) if estimate else None for end, part in parts.items()}


def _division(division: Division) -> dict[str, Any]:
    return {
        "by": division.title,
        "standings": list(division.standings),
        "groups": [
            {
                "name": group.name,
                "attempts_decided": group.attempts,
                "demonstrated_first_time": _rounded(group.first_time.value) if group.first_time else None,
                "demonstrated_in_the_end": _rounded(group.in_the_end.value) if group.in_the_end else None,
                "standings": list(group.standings),
            }
            for group in division.groups
        ],
    }


def _count(number: int, smallest: int) -> int | None:
    return number if number == 0 or number >= smallest else None


def _share(share: Share, smallest: int) -> float | None:
    return _rounded(share.value) if share.of >= smallest else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
