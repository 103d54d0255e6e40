"""A lab as JSON and as CSV, with what may be told and nothing else. What is withheld is null, or empty."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from longleaf.engines.policy import plain
from longleaf.recognition.lab.costing import More
from longleaf.recognition.lab.pricing import Price
from longleaf.recognition.lab.telling import COLUMNS, Told

if TYPE_CHECKING:
    from longleaf.recognition.models import PolicyLab

HEAD = ("division", "group", "people", *COLUMNS)
ABOUT = (
    "Every educator with a license, reckoned under the policy in force and under a draft. A proposal: nothing of the "
    "draft is in force. Counted as each educator's own ledger counts, as of the day: with the values that school units "
    "set, the documents that they lay over the policy, local plans, and decisions as they stood. "
    "documents_that_do_not_fit are those of units that could not be laid over the draft; their educators are counted "
    "by the draft alone. Sums only; groups and numbers below smallest_told are withheld, and so is what holds under "
    "the draft where its difference would tell of fewer people. costs_more is what everybody who meets a rule would be "
    "given more than now; not_priced are rules for which a policy states no amount."
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
            "required_after": _plain(told.required_after),
            "counted_before": plain(told.counted_before),
            "counted_after": _plain(told.counted_after),
        },
        "divisions": {
            division.title: [
                {"group": row.name, "people": row.people, **row.numbers, "costs_more": _costs(row.costs)}
                for row in division.rows
            ]
            for division in told.divisions
        },
        "documents_that_do_not_fit": [{"unit": each.unit, "because": each.because} for each in told.misfits],
        "given": [
            {
                "title": cost.title,
                "people_before": cost.people_before,
                "people_after": cost.people_after,
                "each_before": _each(cost.before),
                "each_after": _each(cost.after),
                "priced": cost.is_priced,
                "costs_more": _costs(cost.more),
            }
            for cost in told.costs.rules
        ],
        "costs_more": _costs(dict(told.costs.in_all)),
        "not_priced": list(told.costs.not_priced),
    }


def _each(price: Price | None) -> dict[str, str | None] | None:
    if price is None:
        return None
    amount = None if price.each is None else plain(price.each)
    return {"amount": amount, "of": price.measure.of, "per": price.measure.per}


def _costs(more: More) -> list[dict[str, str | None]]:
    """What it costs more, by measure; null where that is withheld."""
    return [{"of": measure.of, "per": measure.per, "more": _plain(amount)} for measure, amount in more.items()]


def csv_of(told: Told) -> str:
    """One line for the whole, and one for each group."""
    out = io.StringIO()
    lines = csv.writer(out)
    measures = told.costs.measures
    lines.writerow([*HEAD, *(f"costs_more: {measure.told}" for measure in measures)])
    people = "" if told.too_few else told.whole.people
    in_all = (_amount(more) for _, more in told.costs.in_all)
    lines.writerow(["All", "All", people, *(_cell(told.numbers[column]) for column in COLUMNS), *in_all])
    for division in told.divisions:
        for row in division.rows:
            numbers = (_cell(row.numbers[column]) for column in COLUMNS)
            costs = (_amount(row.costs.get(measure)) for measure in measures)
            lines.writerow([division.title, _safe(row.name), _cell(row.people), *numbers, *costs])
    return out.getvalue()


def _cell(number: int | None) -> int | str:
    return "" if number is None else number


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _amount(more: Decimal | None) -> str:
    return "" if more is None else plain(more)


def _safe(name: str) -> str:
    # A spreadsheet takes what begins so for a formula.
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name
