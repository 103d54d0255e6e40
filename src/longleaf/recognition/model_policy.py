"""What studies and guides ask of a state's policy, and by which rule in force this state's own meets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from longleaf.kit import standing
from longleaf.recognition.models import PolicyText
from longleaf.recognition.policies import RENEWAL, text_in_force

if TYPE_CHECKING:
    from longleaf.directory.models import State

# How far a point is met: a word, and the shape by which pages draw it.
HOW_FAR = {
    "met": ("Met", "good"),
    "partly": ("Met in part", "attention"),
    "planned": ("Planned", "waiting"),
    "not_met": ("Not met", "ended"),
    "unknown": ("Not known", "calm"),
}


@dataclass(frozen=True)
class Cited:
    """A rule that a point names; `in_force` is false where the policy of the day no longer has it."""

    id: str
    title: str
    standing: str
    in_force: bool


@dataclass(frozen=True)
class Point:
    """A point with what this state has on it: two statements, each with its own standing and sources."""

    code: str
    title: str
    asks: str
    standing: str
    note: str
    sources: Sequence[Mapping[str, str]]
    met: str
    because: str
    rules: Sequence[Cited]
    here_standing: str
    here_note: str
    here_sources: Sequence[Mapping[str, str]]

    @property
    def word(self) -> str:
        return HOW_FAR[self.met][0]

    @property
    def kind(self) -> str:
        return HOW_FAR[self.met][1]


@dataclass(frozen=True)
class Compared:
    """The points of a state's pack beside the policy that is in force on a day."""

    introduction: str
    policy: str
    policy_standing: str
    day: date
    points: Sequence[Point]


def compared(state: State, on: date) -> Compared | None:
    """The points beside the renewal policy of a day, or None where the pack has none; three queries at most.

    A point names rules of the policy that the pack gives. Where officers published another text since, a rule that it
    no longer has is told as such: whether the point is still met is then for somebody to look at.
    """
    told = state.model_policy
    if not told:
        return None
    found = text_in_force(state.code, RENEWAL, on)
    text = PolicyText.objects.get(pk=found[0]) if found else None
    rules = rules_in(text.document if text else None)
    return Compared(
        introduction=told["introduction"],
        policy=text.title if text else "",
        policy_standing=str(text.document.get("standing", "")) if text else "",
        day=on,
        points=[_point(each, rules, state.sources) for each in told["points"]],
    )


def rules_in(document: object) -> dict[str, Mapping[str, Any]]:
    """Every rule of a policy document by its id, wherever in the document it stands; none where there is none."""
    return {str(each["id"]): each for each in _named(document)}


def as_json(found: Compared) -> dict[str, Any]:
    """The same for programs (docs/reference/addresses.md)."""
    return {
        "introduction": found.introduction,
        "policy": found.policy,
        "policy_standing": found.policy_standing,
        "as_of": found.day.isoformat(),
        "points": [_as_json(each) for each in found.points],
        "standings": {code: standing.told(code) for code in standing.STANDINGS},
    }


def _as_json(point: Point) -> dict[str, Any]:
    rules = [{"id": it.id, "title": it.title, "standing": it.standing, "in_force": it.in_force} for it in point.rules]
    return {
        "code": point.code,
        "title": point.title,
        "asks": point.asks,
        "standing": point.standing,
        "note": point.note,
        "sources": list(point.sources),
        "here": {
            "met": point.met,
            "because": point.because,
            "rules": rules,
            "standing": point.here_standing,
            "note": point.here_note,
            "sources": list(point.here_sources),
        },
    }


def _named(value: object) -> Iterator[Mapping[str, Any]]:
    """Whatever has an id and a title. Examples have ids of credits and no rules, so they are left out."""
    if isinstance(value, Mapping):
        if "id" in value and "title" in value:
            yield value
        for name, each in value.items():
            if name != "examples":
                yield from _named(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _named(each)


def _point(told: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]], sources: Mapping[str, Any]) -> Point:
    here = told["here"]
    return Point(
        code=told["code"],
        title=told["title"],
        asks=told["asks"],
        standing=told["standing"],
        note=told["note"],
        sources=_sources(told["sources"], sources),
        met=here["met"],
        because=here["because"],
        rules=[_cited(each, rules) for each in here["rules"]],
        here_standing=here["standing"],
        here_note=here["note"],
        here_sources=_sources(here["sources"], sources),
    )


def _cited(code: str, rules: Mapping[str, Mapping[str, Any]]) -> Cited:
    rule = rules.get(code)
    if rule is None:
        return Cited(code, code, "", in_force=False)
    return Cited(code, rule["title"], rule.get("standing", ""), in_force=True)


def _sources(codes: Sequence[str], known: Mapping[str, Any]) -> list[Mapping[str, str]]:
    found = ((code, known.get(code) or {}) for code in codes)
    return [{"code": code, "title": it.get("title") or code, "url": it.get("url") or ""} for code, it in found]
