"""The licensure export: one line for each educator's cycle, as CSV and as JSON, line by line.

Its columns are described in docs/reference/licensure-export.md; a column that is there keeps its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from longleaf.engines import policy as engine
from longleaf.engines.policy import plain
from longleaf.kit import spreadsheets
from longleaf.recognition import overlays, policies
from longleaf.recognition.beside import as_json, beside
from longleaf.recognition.roster import queries
from longleaf.recognition.roster.lines import RosterLine

if TYPE_CHECKING:
    from longleaf.directory.models import Organisation

FORMAT = "longleaf-licensure-export/1"
COLUMNS = (
    "educator",
    "name",
    "synthetic",
    "licence_kind",
    "licence_title",
    "role",
    "cycle_start",
    "cycle_end",
    "as_of",
    "policy_version",
    "rule_standing",
    "required",
    "counted",
    "missing",
    "standing",
    "from_time",
    "from_competency",
    "problem",
)
OF_A_CATEGORY = ("required", "counted", "missing")
# These came later, and stand behind those of the categories so that no column moved.
BESIDE = ("results_met", "results_open", "obligations_met", "obligations_open", "ladders")

UNIT = "unit"


def csv_of(units: Sequence[Organisation], *, on: date) -> Iterator[str]:
    """The export as CSV: the fixed columns, three for each category of the policy, then what stands beside credits.

    Behind them come three for each category that one of the units asks for on its own, and the unit.
    """
    policy = policies.renewal_policy(on)
    categories = [category.code for category in policy.categories] if policy else []
    own = sorted({code for unit in units for code in _categories_of(unit, on)} - set(categories))
    columns = [*COLUMNS, *_columns(categories), *BESIDE, *_columns(own), UNIT]
    rows = (
        [*_cells(line, on), *_cells_of(line, categories), *_cells_beside(line), *_cells_of(line, own), line.unit]
        for line in queries.lines_of([unit.pk for unit in units], on=on)
    )
    return spreadsheets.csv_lines(columns, rows)


def _categories_of(unit: Organisation, on: date) -> list[str]:
    policy = overlays.policy_for(unit, on)
    return [category.code for category in policy.categories] if policy else []


def _columns(categories: Iterable[str]) -> list[str]:
    return [f"{code}_{what}" for code in categories for what in OF_A_CATEGORY]


def json_of(units: Sequence[Organisation], *, on: date) -> Iterator[str]:
    """The export as one JSON object whose `educators` come one by one, each with every line of its ledger."""
    policy = policies.renewal_policy(on)
    head = {
        "format": FORMAT,
        "as_of": on.isoformat(),
        "units": [unit.code for unit in units],
        "policy": {"id": policy.id, "title": policy.rule.title, "standing": policy.rule.standing} if policy else None,
        "unit_of_credit": policy.unit.plural if policy else None,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "educators": ['
    for number, line in enumerate(queries.lines_of([unit.pk for unit in units], on=on)):
        yield (",\n" if number else "\n") + json.dumps(_as_json(line, on), ensure_ascii=False)
    yield "\n]}\n"


def _cells(line: RosterLine, on: date) -> list[str]:
    told = _told(line, on)
    return ["" if told[name] is None else str(told[name]) for name in COLUMNS]


def _cells_of(line: RosterLine, categories: Iterable[str]) -> list[str]:
    found = {part.code: part for part in line.ledger.categories} if line.ledger else {}
    return [plain(getattr(found[code], what)) if code in found else "" for code in categories for what in OF_A_CATEGORY]


def _cells_beside(line: RosterLine) -> list[str]:
    found = beside(line.ledger)
    return [
        _listed(each.rule.id for each in found.given if each.met),
        _listed(each.rule.id for each in found.given if not each.met),
        _listed(each.rule.id for each in found.asked if each.met),
        _listed(f"{each.rule.id}={each.by_day or ''}" for each in found.asked if not each.met),
        _listed(f"{each.rule.id}={plain(each.amount)}" for each in found.climbs),
    ]


def _listed(words: Iterable[str]) -> str:
    return " ".join(words)


def _told(line: RosterLine, on: date) -> dict[str, Any]:
    version = line.ledger.version if line.ledger else None
    reckoned = line.ledger is not None
    return {
        "educator": line.ref,
        "name": line.name,
        "synthetic": "yes" if line.is_synthetic else "no",
        "licence_kind": line.licence_kind or None,
        "licence_title": line.licence_title or None,
        "role": line.role or None,
        "cycle_start": line.cycle_start.isoformat() if line.cycle_start else None,
        "cycle_end": line.cycle_end.isoformat() if line.cycle_end else None,
        "as_of": on.isoformat(),
        "policy_version": version.id if version else None,
        "rule_standing": version.rule.standing.value if version else None,
        "required": plain(line.required) if reckoned else None,
        "counted": plain(line.counted) if reckoned else None,
        "missing": plain(line.missing) if reckoned else None,
        "standing": line.standing.value,
        "from_time": plain(line.spent.time) if reckoned else None,
        "from_competency": plain(line.spent.competency) if reckoned else None,
        "problem": line.problem or None,
    }


def _as_json(line: RosterLine, on: date) -> dict[str, Any]:
    ledger = line.ledger
    return {
        **_told(line, on),
        "synthetic": line.is_synthetic,
        UNIT: line.unit,
        "categories": [
            {"code": part.code, "title": part.title, **{what: plain(getattr(part, what)) for what in OF_A_CATEGORY}}
            for part in (ledger.categories if ledger else ())
        ],
        "lines": [_line_with_sources(each) for each in (ledger.lines if ledger else ())],
        **as_json(ledger),
    }


def _line_with_sources(line: engine.LedgerLine) -> dict[str, Any]:
    """The same with what the two rules rest on and how sure each is."""
    return {
        **ledger_line_as_json(line),
        "standing": line.rule.standing.value,
        "sources": list(line.rule.source_ids),
        "value_standing": line.value_rule.standing.value,
        "value_sources": list(line.value_rule.source_ids),
    }


def ledger_line_as_json(line: engine.LedgerLine) -> dict[str, Any]:
    """A line of a ledger with the rule that decided it and the one that gave it its value."""
    return {
        "title": line.title,
        "kind": line.kind,
        "earned_on": line.earned_on.isoformat(),
        "amount": _number(line.amount),
        "category": line.category,
        "counted": plain(line.counted),
        "rule": line.rule.id,
        "value_rule": line.value_rule.id,
        "reason": line.reason,
        "why_not": line.why_not,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
