"""A ledger told outside the pages: as text of which every line says why, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from longleaf.engines.policy import (
    Answer,
    CategoryLine,
    Climb,
    Ledger,
    LedgerLine,
    PlanLine,
    Policy,
    Rule,
    plain,
    spoken,
)

INDENT = "  "


def in_words(policy: Policy, ledger: Ledger) -> str:
    """The whole ledger as text: what is needed and counted, every line with its reason and rules, what is missing."""
    blocks = [
        _head(policy, ledger),
        *(_category(policy, line) for line in ledger.categories),
        _block("Not counted", [text for line in ledger.lines if not line.counted for text in _line(policy, line)]),
        _block("Missing", ledger.missing),
        _block("Next", [ledger.next_date.sentence] if ledger.next_date else []),
        _block("Left over", [each.sentence for each in ledger.expiring]),
        *(_plan(policy, line) for line in ledger.plans),
        _block("Given", [text for each in ledger.answers.results for text in _answer(each)]),
        _block("Asked", [text for each in ledger.answers.obligations for text in _answer(each)]),
        *(_climb(policy, each) for each in ledger.answers.climbs),
        _block("Notices", [text for each in ledger.notices for text in (each.text, f"{INDENT}By {_by(each.rule)}")]),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def as_values(policy: Policy, ledger: Ledger) -> dict[str, Any]:
    """The whole ledger as JSON takes it: numbers as text, so that none is rounded, and days in ISO form."""
    found = {name: _plain(getattr(ledger, name)) for name in ("on", "settled", "categories", "lines", "missing")}
    rest = ("next_date", "fills", "expiring", "plans", "notices", "answers")
    return {
        "policy": _plain(policy.rule),
        "overlays": _plain(policy.overlays),
        "unit": policy.unit.code,
        "version": _plain(ledger.version.rule) if ledger.version else None,
        "cycle": _plain(ledger.cycle),
        "required": plain(ledger.total_required),
        "counted": plain(ledger.total_counted),
        "lacking": plain(ledger.total_missing),
        "complete": ledger.complete,
        **found,
        **{name: _plain(getattr(ledger, name)) for name in rest},
    }


def _head(policy: Policy, ledger: Ledger) -> list[str]:
    lines = [f"{policy.rule.title}, as of {spoken(ledger.on)}."]
    lines += [f"With {overlay.title}: {_by(overlay)}" for overlay in policy.overlays]
    if ledger.settled:
        lines.append(ledger.settled)
    if ledger.version and ledger.cycle:
        lines.append(f"By {ledger.version.rule.title}: {_by(ledger.version.rule)}")
        lines.append(f"Cycle from {spoken(ledger.cycle.start)} to {spoken(ledger.cycle.end)}.")
        amount = policy.unit.amount
        told = f"{amount(ledger.total_counted)} of {plain(ledger.total_required)} counted"
        lines.append(f"{told}, {plain(ledger.total_missing)} missing.")
    return lines


def _category(policy: Policy, category: CategoryLine) -> list[str]:
    aside = f", {plain(category.set_aside)} set aside by a plan" if category.set_aside else ""
    head = f"{category.title}: {plain(category.counted)} of {plain(category.required)}{aside}. By {_by(category.rule)}"
    return [head, *(f"{INDENT}{text}" for line in category.lines for text in _line(policy, line))]


def _line(policy: Policy, line: LedgerLine) -> Iterator[str]:
    yield f"{line.title}, {spoken(line.earned_on)}: {policy.unit.amount(line.counted)}"
    yield f"{INDENT}{line.reason}"
    if line.why_not:
        yield f"{INDENT}{line.why_not}"
    rules = {rule.id: rule for rule in (line.value_rule, line.rule)}
    yield from (f"{INDENT}By {_by(rule)}" for rule in rules.values())


def _plan(policy: Policy, line: PlanLine) -> list[str]:
    told = [f"{each.title}: {len(each.credit_ids)} of {each.at_least}" for each in line.outcomes]
    return _block(f"Plan “{line.plan.title}” of {line.plan.set_by}", [*told, f"By {_by(line.rule)}"])


def _answer(answer: Answer) -> Iterator[str]:
    due = f", by {spoken(answer.due)}" if answer.due else ""
    yield f"{answer.rule.title}{due}: {'met' if answer.met else 'not yet'}. {answer.finding.says}"
    if answer.finding.missing:
        yield f"{INDENT}{answer.finding.missing}"
    yield f"{INDENT}By {_by(answer.rule)}"


def _climb(policy: Policy, climb: Climb) -> list[str]:
    next_step = f" Next: {climb.next_step}, {plain(climb.missing)} to go." if climb.next_step else ""
    reached = f"{policy.unit.amount(climb.amount)}; steps reached: {', '.join(climb.reached) or 'none'}.{next_step}"
    return _block(climb.rule.title, [reached, *_rungs(climb), f"By {_by(climb.rule)}"])


def _rungs(climb: Climb) -> Iterator[str]:
    for rung in climb.rungs:
        yield f"{rung.title}: {plain(rung.counted)}"
        yield f"{INDENT}{rung.reason} By {_by(rung.rule)}"


def _by(rule: Rule) -> str:
    """A rule by its id, with how sure it is and what it rests on."""
    rests_on = f"; {', '.join(rule.source_ids)}" if rule.source_ids else ""
    note = f" {rule.note.rstrip('.')}." if rule.note else ""
    return f"{rule.id} ({rule.standing.value.replace('_', ' ')}{rests_on}).{note}"


def _block(title: str, lines: Any) -> list[str]:
    return [f"{title}:", *(f"{INDENT}{line}" for line in lines)] if lines else []


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
