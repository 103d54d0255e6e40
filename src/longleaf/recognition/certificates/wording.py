"""What a certificate says: plain values, so that it can be kept, hashed and shown alike on a page and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from longleaf.engines import policy as engine
from longleaf.engines.policy import plain
from longleaf.recognition import ledgers
from longleaf.recognition.beside import as_json
from longleaf.recognition.roster.exporting import ledger_line_as_json

if TYPE_CHECKING:
    from longleaf.directory.models import Person
    from longleaf.recognition.ledgers import Standing

FORMAT = "longleaf-credit-certificate/1"
GIVEN_OR_ASKED = ("results", "obligations", "ladders")


def document_of(person: Person, standing: Standing, employer: str) -> dict[str, Any]:
    """What is certified of somebody's ledger: the cycle, each category, each line with its rules, and the rules."""
    licence, policy, ledger = standing.licence, standing.policy, standing.ledger
    assert licence is not None
    assert policy is not None
    assert ledger is not None
    titles = {part.code: part.title for part in ledger.categories}
    return {
        "format": FORMAT,
        "name": person.name,
        "synthetic": person.is_synthetic,
        "employer": employer,
        "as_of": ledger.on.isoformat(),
        "licence": {
            "kind": policy.licence_type(licence.kind).title,
            "cycle_start": ledger.cycle.start.isoformat() if ledger.cycle else licence.issued.isoformat(),
            "cycle_end": licence.expires.isoformat(),
        },
        "policy": {"title": policy.rule.title, "version": ledger.version.rule.title if ledger.version else ""},
        "unit": {"one": policy.unit.title, "many": policy.unit.plural},
        "settled": ledger.settled or "",
        "required": plain(ledger.total_required),
        "counted": plain(ledger.total_counted),
        "missing": plain(ledger.total_missing),
        "categories": [
            {"title": part.title, "required": plain(part.required), "counted": plain(part.counted)}
            for part in ledger.categories
        ],
        "lines": [
            {**ledger_line_as_json(line), "category": titles.get(line.category or "", "")} for line in ledger.lines
        ],
        "rules": list(_rules(ledger)),
        **_beside(ledger),
    }


def _beside(ledger: engine.Ledger) -> dict[str, Any]:
    """What stands beside the credits. Left out where there is nothing, so that a ledger without it keeps its number."""
    told = as_json(ledger)
    kept = {name: told[name] for name in GIVEN_OR_ASKED}
    return {"beside": kept} if any(kept.values()) else {}


def _rules(ledger: engine.Ledger) -> Iterable[dict[str, Any]]:
    first = [ledger.version.rule] if ledger.version else []
    rules = {rule.id: rule for rule in [*first, *ledgers.rules_named(ledger)]}
    for rule in rules.values():
        yield {
            "id": rule.id,
            "title": rule.title,
            "standing": rule.standing.value,
            "sources": list(rule.source_ids),
        }
