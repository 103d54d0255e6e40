"""A lab as JSON and as CSV, with what may be told and nothing else. What is withheld is null, or empty."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from longleaf.engines.policy import plain
from longleaf.recognition.lab.telling import COLUMNS, Told

if TYPE_CHECKING:
    from longleaf.recognition.models import PolicyLab

HEAD = ("division", "group", "people", *COLUMNS)
ABOUT = (
    "Every educator with a license, reckoned under the policy in force and under a draft. A proposal: nothing of the "
    "draft is in force. Sums only; groups and numbers below smallest_told are withheld. Local rules of school units "
    "are not part of it."
)


def json_of(lab: PolicyLab, told: Told) -> dict[str, Any]:
    whole = told.whole
    return {
        "about": ABOUT,
        "lab": lab.ref,
        "as_of": lab.on.isoformat(),
        "in_force": {"title": lab.before.title, "digest": lab.before.digest},
        "draft": {"ref": lab.draft.ref, "name": lab.draft.name, "digest": lab.digest},
        "smallest_told": told.smallest,
        "whole": {
            "people": None if told.too_few else whole.people,
            **told.numbers,
            "required_before": plain(whole.required_before),
            "required_after": plain(whole.required_after),
            "counted_before": plain(whole.counted_before),
            "counted_after": plain(whole.counted_after),
        },
        "divisions": {
            division.title: [{"group": row.name, "people": row.people, **row.numbers} for row in division.rows]
            for division in told.divisions
        },
        "given": [
            {
                "title": cost.title,
                "people_before": cost.people_before,
                "people_after": cost.people_after,
                "each": None if cost.each is None else plain(cost.each),
                "currency": cost.currency,
                "costs_more": None if cost.more is None else plain(cost.more),
            }
            for cost in told.costs
        ],
    }


def csv_of(told: Told) -> str:
    """One line for the whole, and one for each group."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEAD)
    people = "" if told.too_few else told.whole.people
    lines.writerow(["All", "All", people, *(_cell(told.numbers[column]) for column in COLUMNS)])
    for division in told.divisions:
        for row in division.rows:
            numbers = (_cell(row.numbers[column]) for column in COLUMNS)
            lines.writerow([division.title, _safe(row.name), _cell(row.people), *numbers])
    return out.getvalue()


def _cell(number: int | None) -> int | str:
    return "" if number is None else number


def _safe(name: str) -> str:
    # A spreadsheet takes what begins so for a formula.
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name
