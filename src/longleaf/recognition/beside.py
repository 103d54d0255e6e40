"""What a ledger tells beside its credits, ready for pages, certificates and exports. Plain values, no database.

A policy may give results (an exam replaced, an endorsement, a rank, a requirement met), ask for obligations with a day,
and know ladders such as lanes of pay; and credits that are left over lapse some day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from longleaf.engines.policy import Answer, Climb, Finding, Ledger, Rule, plain


@dataclass(frozen=True)
class Told:
    """A result or an obligation: what it is, whether it is met, why, by what, and what is missing.

    `by_day` is the day by which an obligation is due, and `is_late` says that it passed unmet.
    """

    rule: Rule
    what: str
    met: bool
    reasons: tuple[str, ...]
    missing: str
    credits: tuple[str, ...]
    by_day: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Lapse:
    """Credits that are left over, and what becomes of them after a day."""

    title: str
    sentence: str
    day: date


@dataclass(frozen=True)
class Beside:
    given: tuple[Told, ...] = ()
    asked: tuple[Told, ...] = ()
    climbs: tuple[Climb, ...] = ()
    left_over: tuple[Lapse, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.given or self.asked or self.climbs or self.left_over)


def beside(ledger: Ledger | None) -> Beside:
    """What a ledger tells beside its credits: results that are met first, obligations by their days."""
    if ledger is None:
        return Beside()
    titles = {line.credit_id: line.title for line in ledger.lines}
    found = ledger.answers
    given = [_told(each, titles, ledger.on) for each in found.results]
    asked = [_told(each, titles, ledger.on) for each in found.obligations]
    return Beside(
        given=tuple(sorted(given, key=lambda each: not each.met)),
        asked=tuple(sorted(asked, key=lambda each: each.by_day or date.max)),
        climbs=found.climbs,
        left_over=tuple(Lapse(titles[each.credit_id], each.sentence, each.day) for each in ledger.expiring),
    )


def is_late(answer: Answer, on: date) -> bool:
    """Whether the day by which something was due has passed and it is not met."""
    return answer.due is not None and answer.due < on and not answer.met


def rules_beside(ledger: Ledger) -> Iterator[Rule]:
    """Every rule that gives or asks something beside credits, and those that the rungs of ladders rest on."""
    yield from (each.rule for each in (*ledger.answers.results, *ledger.answers.obligations))
    for climb in ledger.answers.climbs:
        yield climb.rule
        yield from (rung.rule for rung in climb.rungs if rung.counted)


def as_json(ledger: Ledger | None) -> dict[str, list[dict[str, Any]]]:
    """The same as plain values: `results`, `obligations`, `ladders` and `left_over`, days in ISO form."""
    found = beside(ledger)
    gifts = {each.rule.id: _gift(each) for each in ledger.answers.results} if ledger else {}
    return {
        "results": [{**_told_as_json(each), "gives": gifts[each.rule.id]} for each in found.given],
        "obligations": [
            {**_told_as_json(each), "due": each.by_day.isoformat() if each.by_day else None, "late": each.is_late}
            for each in found.asked
        ],
        "ladders": [_climb_as_json(each) for each in found.climbs],
        "left_over": [
            {"title": each.title, "day": each.day.isoformat(), "reason": each.sentence} for each in found.left_over
        ],
    }


def _told(answer: Answer, titles: dict[str, str], on: date) -> Told:
    return Told(
        answer.rule,
        answer.gives.told if answer.gives else answer.rule.title,
        answer.met,
        tuple(each.says for each in _leaves(answer.finding)),
        answer.finding.missing,
        tuple(dict.fromkeys(titles[id] for id in answer.finding.credit_ids if id in titles)),
        answer.due,
        is_late(answer, on),
    )


def _leaves(finding: Finding) -> Iterable[Finding]:
    """What a finding rests on in the end: its parts without the sentences that only gather them."""
    if not finding.parts:
        return [finding]
    return [leaf for part in finding.parts for leaf in _leaves(part)]


def _gift(answer: Answer) -> dict[str, str] | None:
    return {"kind": answer.gives.kind, **answer.gives.data} if answer.gives else None


def _told_as_json(told: Told) -> dict[str, Any]:
    return {
        "rule": told.rule.id,
        "title": told.rule.title,
        "standing": told.rule.standing.value,
        "sources": list(told.rule.source_ids),
        "met": told.met,
        "reasons": list(told.reasons),
        "missing": told.missing or None,
        "credits": list(told.credits),
    }


def _climb_as_json(climb: Climb) -> dict[str, Any]:
    return {
        "rule": climb.rule.id,
        "title": climb.rule.title,
        "standing": climb.rule.standing.value,
        "sources": list(climb.rule.source_ids),
        "amount": plain(climb.amount),
        "reached": list(climb.reached),
        "next_step": climb.next_step or None,
        "missing": plain(climb.missing),
    }
